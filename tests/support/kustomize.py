"""Kubernetes' manifests as a cluster would be given them, and the schemas that hold them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.shared import ROOT

FOLDER = ROOT / "deploy" / "kubernetes"
#: What renders where there is neither kustomize nor kubectl (whose `kustomize` is the same), from the Go module proxy.
KUSTOMIZE_MODULE = "sigs.k8s.io/kustomize/kustomize/v5@v5.7.1"
KEDA_MODULE = "github.com/kedacore/keda/v2@v2.18.0"

Object = dict[str, Any]


def rendered(folder: str) -> list[Object]:
    """The objects of a kustomization below deploy/kubernetes."""
    command = next(
        (command for command in (("kustomize", "build"), ("kubectl", "kustomize")) if shutil.which(command[0])),
        ("go", "run", KUSTOMIZE_MODULE, "build"),
    )
    need(command[0], "Kubernetes' manifests are not rendered")
    run = subprocess.run([*command, str(FOLDER / folder)], capture_output=True, text=True, check=False, timeout=600)
    assert run.returncode == 0, run.stderr
    return [document for document in yaml.safe_load_all(run.stdout) if document]


def keda_source() -> Path:
    """KEDA's source, pinned and checked by Go; for its schemas and the names that its scaler reads."""
    need("go", "KEDA's schemas cannot be had")
    run = subprocess.run(
        ["go", "mod", "download", "-json", KEDA_MODULE],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd="/",
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return Path(json.loads(run.stdout)["Dir"])


def crd_schema(source: Path, kind: str) -> Mapping[str, Any]:
    """JSON schema of one of KEDA's kinds; fields that it does not name are refused, as by `kubectl --validate=strict`."""
    text = (source / "config" / "crd" / "bases" / f"keda.sh_{kind.lower()}s.yaml").read_text(encoding="utf-8")
    (version,) = yaml.safe_load(text)["spec"]["versions"]
    schema: Mapping[str, Any] = _strict(version["schema"]["openAPIV3Schema"])
    return schema


def _strict(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: _strict(value) for name, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema["properties"]:
        made.setdefault("additionalProperties", False)
    if schema.get("x-kubernetes-int-or-string"):
        made.pop("type", None)
    return made


def pods(objects: list[Object]) -> Iterator[tuple[str, Object]]:
    """Name and pod template of everything that runs pods."""
    for item in objects:
        if item["kind"] in ("Deployment", "StatefulSet", "Job"):
            yield item["metadata"]["name"], item["spec"]["template"]


def need(command: str, otherwise: str) -> None:
    """Skip the test without ``command``; fail it when the environment says that this is CI."""
    if shutil.which(command):
        return
    if os.environ.get("CI"):
        pytest.fail(f"CI is set, but there is no {command}")
    pytest.skip(f"no {command} here: {otherwise}")
