"""The manifests render, are what Kubernetes and KEDA accept, say the same as docker-compose.yml, and give no more rights."""

from __future__ import annotations

import copy
import re
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate
import pytest
import yaml

from kliping.commands.secrets import make as make_secrets
from kliping_shared.contracts.streams import ARTICLE, CONSUMERS
from tests.support.kustomize import FOLDER, Object, crd_schema, keda_source, need, pods, rendered
from tests.support.shared import ROOT

#: The oldest that is supported upstream, and the newest known.
VERSIONS = ("1.32", "1.37")
OVERLAYS = ("base", "overlays/production", "tools/cli", "tools/security")
OWN = {"ingest", "extract", "link", "index", "alert", "search", "setup"}
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
#: Compose needs them for what Kubernetes does by itself, or has them in the folder tools.
COMPOSE_ONLY = {"snapshots", "setup-dashboards", "secrets", "cli", "security"}


@pytest.fixture(scope="module")
def all_objects() -> dict[str, list[Object]]:
    """What each kustomization renders to."""
    return {name: rendered(name) for name in OVERLAYS}


@pytest.fixture(scope="module")
def base(all_objects: dict[str, list[Object]]) -> list[Object]:
    return all_objects["base"]


@pytest.fixture(scope="module")
def keda() -> Path:
    return keda_source()


def by_name(objects: list[Object], *kinds: str) -> dict[str, Object]:
    return {item["metadata"]["name"]: item for item in objects if item["kind"] in kinds}


def container(template: Object) -> Object:
    (only,) = template["spec"]["containers"]
    made: Object = only
    return made


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("overlay", OVERLAYS)
def test_kubernetes_accepts_every_object(all_objects: dict[str, list[Object]], overlay: str, version: str) -> None:
    """Each object fits its published schema, with no field that the schema does not name."""
    checked = [item for item in all_objects[overlay] if not item["apiVersion"].startswith("keda.sh/")]
    assert checked
    for item in checked:
        kubernetes_validate.validate(item, version, strict=True)


@pytest.mark.parametrize("overlay", ["base", "overlays/production"])
def test_keda_accepts_its_objects(all_objects: dict[str, list[Object]], overlay: str, keda: Path) -> None:
    """They fit the CRDs of the pinned version, and the trigger's metadata are names that the scaler reads."""
    objects = [item for item in all_objects[overlay] if item["apiVersion"] == "keda.sh/v1alpha1"]
    assert {item["kind"] for item in objects} == {"ScaledObject", "TriggerAuthentication"}
    for item in objects:
        jsonschema.validate(item, crd_schema(keda, item["kind"]))
    scalers = (keda / "pkg" / "scalers" / name for name in ("redis_streams_scaler.go", "redis_scaler.go"))
    known = set(re.findall(r'keda:"name=(\w+)', "".join(path.read_text(encoding="utf-8") for path in scalers)))
    (scaled,) = by_name(objects, "ScaledObject").values()
    (trigger,) = scaled["spec"]["triggers"]
    (access,) = by_name(objects, "TriggerAuthentication").values()
    assert set(trigger["metadata"]) | {item["parameter"] for item in access["spec"]["secretTargetRef"]} <= known


@pytest.mark.parametrize(
    ("kind", "spoil"),
    [
        ("Deployment", lambda item: item["spec"]["template"]["spec"].pop("containers")),
        ("Deployment", lambda item: item["spec"].update(replica=2)),
        ("NetworkPolicy", lambda item: item["spec"].update(podSelector="all")),
        ("ScaledObject", lambda item: item["spec"].update(minReplicas=1)),
        ("ScaledObject", lambda item: item["spec"]["triggers"][0].pop("metadata")),
    ],
)
def test_the_check_finds_what_a_cluster_would_refuse(
    base: list[Object], kind: str, spoil: Callable[[Object], object], keda: Path
) -> None:
    """No container, a mistyped field, a wrong type, a missing one: each is told."""
    item = copy.deepcopy(next(iter(by_name(base, kind).values())))
    before = copy.deepcopy(item)
    spoil(item)
    if item == before:
        pytest.fail("nothing was spoilt")
    with pytest.raises(jsonschema.ValidationError):
        check(item, keda)


def check(item: Object, keda: Path) -> None:
    """Raise jsonschema's ValidationError when the newest version known would refuse the object."""
    if item["apiVersion"].startswith("keda.sh/"):
        jsonschema.validate(item, crd_schema(keda, item["kind"]))
    else:
        kubernetes_validate.validate(item, VERSIONS[-1], strict=True)


def test_the_services_are_those_of_compose(base: list[Object]) -> None:
    """Each long-running service and the setup, with the same image and the same command."""
    found = dict(pods(base))
    assert set(found) == set(COMPOSE) - COMPOSE_ONLY
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    for name, template in found.items():
        image = COMPOSE[name]["image"].replace("${KLIPING_IMAGE:-kliping}", "kliping")
        assert container(template)["image"] == image.replace("${KLIPING_VERSION:-0.1.0}", version)
        if name in OWN:
            assert container(template)["args"][: len(COMPOSE[name]["command"])] == COMPOSE[name]["command"]


def environment(template: Object, objects: list[Object]) -> dict[str, str]:
    """What the container is told, out of ConfigMaps and its own list."""
    maps = by_name(objects, "ConfigMap")
    told: dict[str, str] = {}
    for source in container(template).get("envFrom", []):
        told |= maps[source["configMapRef"]["name"]]["data"]
    return told | {item["name"]: item["value"] for item in container(template).get("env", [])}


def test_services_are_told_the_same_as_by_compose(base: list[Object]) -> None:
    """Names are equal; values are Compose's defaults, but for where and how people reach the page, and the inbox."""
    elsewhere = {"KLIPING_ALLOWED_HOSTS", "KLIPING_PAGE_URL", "KLIPING_INBOX", "KLIPING_INBOX_NAME", "KLIPING_LEDGER"}
    elsewhere |= {f"KLIPING_TRUST_PROXY_{name}" for name in ("USER_HEADER", "GROUPS_HEADER", "ROLES", "ADDRESSES")}
    for name, template in pods(base):
        if name not in OWN:
            continue
        compose = COMPOSE[name]["environment"] | (COMPOSE["setup-dashboards"]["environment"] if name == "setup" else {})
        defaults = {key: re.sub(r"\$\{\w+:-(.*)\}", r"\1", value) for key, value in compose.items()}
        told = environment(template, base)
        missing = {key for key in defaults.keys() - told.keys() if key not in elsewhere}
        assert missing == set()
        assert {key for key in told.keys() - defaults.keys() if told[key] and key not in elsewhere} == set()
        for key in told.keys() & defaults.keys() - elsewhere:
            assert told[key] == defaults[key], (name, key)


def test_each_service_gets_its_own_secrets_only(base: list[Object]) -> None:
    """The files below /run/secrets are those that Compose mounts, from the secrets of the same names."""
    for name, template in pods(base):
        if name not in OWN:
            continue
        (volume,) = [one for one in template["spec"]["volumes"] if one["name"] == "secrets"]
        given = {
            source["secret"]["name"]: source["secret"]["items"][0]["path"] for source in volume["projected"]["sources"]
        }
        wanted = {
            (one if isinstance(one, str) else one["source"]): (one if isinstance(one, str) else one["target"])
            for one in COMPOSE[name]["secrets"]
        }
        assert given == wanted


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_no_secret_is_written_down(all_objects: dict[str, list[Object]], overlay: str) -> None:
    """Secrets are named, never defined; no variable holds a password."""
    objects = all_objects[overlay]
    assert by_name(objects, "Secret") == {}
    for _, template in pods(objects):
        for name in environment(template, objects):
            assert not re.search("PASSWORD|REDIS_URL|TOKEN", name) or name.endswith("_FILE")


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_pod_is_as_restricted_as_can_be(all_objects: dict[str, list[Object]], overlay: str) -> None:
    """Not root, no capabilities, no way to gain any, seccomp, no token of the cluster, bounded memory; read-only root for
    all but OpenSearch and Dashboards, which write beside their programs (as in Compose).
    """
    for name, template in pods(all_objects[overlay]):
        spec, one = template["spec"], container(template)
        assert spec["automountServiceAccountToken"] is False
        assert spec["enableServiceLinks"] is False
        assert spec["securityContext"]["runAsNonRoot"] is True
        assert spec["securityContext"]["runAsUser"] >= 999
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        rights = one["securityContext"]
        assert (rights["allowPrivilegeEscalation"], rights["capabilities"]) == (False, {"drop": ["ALL"]})
        assert rights.get("readOnlyRootFilesystem", False) == (name not in ("opensearch", "dashboards", "security"))
        assert {"cpu", "memory"} <= set(one["resources"]["requests"])
        assert "memory" in one["resources"]["limits"]


def test_users_are_those_of_the_images(base: list[Object]) -> None:
    """The number in the image recipe, and what Compose gives Redis."""
    (user,) = re.findall(r"^USER (\d+):", (ROOT / "deploy/docker/Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    for name, template in pods(base):
        run_as = str(template["spec"]["securityContext"]["runAsUser"])
        if name in OWN:
            assert run_as == user
        if name == "redis":
            assert COMPOSE["redis"]["user"].startswith(f"{run_as}:")


def test_probes_ask_what_the_services_serve(base: list[Object]) -> None:
    """Whatever runs for good is asked whether it lives and whether it is ready; search by a name that it knows."""
    health = re.findall(r"KLIPING_HEALTH_PORT=(\d+)", (ROOT / "deploy/docker/Dockerfile").read_text(encoding="utf-8"))
    for name, template in pods(base):
        if name == "setup":
            continue
        one = container(template)
        ports = {port["name"]: port["containerPort"] for port in one["ports"]}
        assert {"livenessProbe", "readinessProbe"} <= set(one)
        if name not in OWN:
            continue
        for probe, path in (("startupProbe", "live"), ("livenessProbe", "live"), ("readinessProbe", "ready")):
            asked = one[probe]["httpGet"]
            assert asked["path"] == f"/health/{path}"
            told = environment(template, base)
            assert str(ports[asked["port"]]) == (told["KLIPING_PORT"] if name == "search" else health[0])
            if name == "search":
                assert asked["httpHeaders"][0]["value"] in told["KLIPING_ALLOWED_HOSTS"].split(",")
        annotated = template["metadata"]["annotations"]
        assert int(annotated["prometheus.io/port"]) == ports["http" if name == "search" else "health"]
        grace = int(COMPOSE[name]["stop_grace_period"].removesuffix("s"))
        assert template["spec"]["terminationGracePeriodSeconds"] == grace


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_what_is_named_is_there(all_objects: dict[str, list[Object]], overlay: str, made: dict[str, set[str]]) -> None:
    """ConfigMaps, claims, mounts and secrets (with their keys) that pods name exist."""
    objects = all_objects[overlay]
    for name, template in pods(objects):
        volumes = {volume["name"]: volume for volume in template["spec"].get("volumes", [])}
        claims = {
            one["metadata"]["name"]
            for item in objects
            if item["kind"] == "StatefulSet" and item["metadata"]["name"] == name
            for one in item["spec"]["volumeClaimTemplates"]
        }
        for mount in container(template)["volumeMounts"]:
            assert mount["name"] in volumes.keys() | claims
        for volume in volumes.values():
            if "configMap" in volume:
                keys = by_name(objects, "ConfigMap")[volume["configMap"]["name"]]["data"]
                paths = {m.get("subPath") for m in container(template)["volumeMounts"] if m["name"] == volume["name"]}
                assert paths - {None} <= set(keys)
            if "persistentVolumeClaim" in volume:
                assert volume["persistentVolumeClaim"]["claimName"] in by_name(objects, "PersistentVolumeClaim")
            named = [source["secret"] for source in volume.get("projected", {}).get("sources", [])]
            if "secret" in volume:
                named.append({"name": volume["secret"]["secretName"], **volume["secret"]})
            for secret in named:
                assert {item["key"] for item in secret.get("items", [{"key": "value"}])} <= made[secret["name"]]
    for item in by_name(objects, "TriggerAuthentication").values():
        for reference in item["spec"]["secretTargetRef"]:
            assert reference["key"] in made[reference["name"]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Secrets and their keys, as deploy/kubernetes/secrets makes them of what `kliping secrets` has made."""
    need("kubectl", "whether the Secrets that are named are made is not tried")
    folder = tmp_path_factory.mktemp("secrets")
    make_secrets(folder, deploy=ROOT / "deploy")
    run = subprocess.run([FOLDER / "secrets", folder], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    documents = [document for document in yaml.safe_load_all(run.stdout) if document]
    assert all(document["metadata"]["namespace"] == "kliping" for document in documents)
    return {document["metadata"]["name"]: set(document["data"]) for document in documents}


def test_disruptions_and_scaling_name_what_is_there(base: list[Object]) -> None:
    """Budgets select the pods of one Deployment each; KEDA scales extract by the stream and group that extract reads."""
    labels = {name: template["metadata"]["labels"] for name, template in pods(base)}
    budgets = by_name(base, "PodDisruptionBudget")
    assert set(budgets) == {"extract", "link", "index", "alert", "search"}
    for name, budget in budgets.items():
        wanted = budget["spec"]["selector"]["matchLabels"].items()
        assert [pod for pod, has in labels.items() if wanted <= has.items()] == [name]
    scaled = by_name(base, "ScaledObject")["extract"]["spec"]
    assert scaled["scaleTargetRef"]["name"] in by_name(base, "Deployment")
    assert "replicas" not in by_name(base, "Deployment")["extract"]["spec"]
    (trigger,) = scaled["triggers"]
    assert (trigger["metadata"]["stream"], trigger["metadata"]["consumerGroup"]) in CONSUMERS
    assert trigger["metadata"]["stream"] == ARTICLE
    assert int(trigger["metadata"]["lagCount"]) > 0
    assert trigger["metadata"]["address"] == "redis.kliping.svc.cluster.local:6379"
    assert scaled["minReplicaCount"] <= scaled["fallback"]["replicas"] <= scaled["maxReplicaCount"]


def allowed(objects: list[Object], direction: str) -> dict[str, set[tuple[str, str]]]:
    """By pod: who may reach it (``ingress``) or whom it may reach (``egress``), within the namespace, and on which port."""
    labels = {name: template["metadata"]["labels"] for name, template in pods(objects)}
    side = "from" if direction == "ingress" else "to"
    found: dict[str, set[tuple[str, str]]] = {name: set() for name in labels}
    for policy in by_name(objects, "NetworkPolicy").values():
        for rule in policy["spec"].get(direction, []):
            peers = [
                name
                for peer in rule[side]
                if "podSelector" in peer and "namespaceSelector" not in peer
                for name, has in labels.items()
                if peer["podSelector"]["matchLabels"].items() <= has.items()
            ]
            for name, has in labels.items():
                if policy["spec"]["podSelector"].get("matchLabels", {"": ""}).items() <= has.items():
                    found[name] |= {(peer, str(port["port"])) for peer in peers for port in rule["ports"]}
    return found


def test_pods_reach_each_other_as_in_compose_and_no_more(base: list[Object]) -> None:
    """Redis is reached by those on Compose's network `broker`, OpenSearch by those on `store`, Dashboards by setup; both
    sides allow it, and nobody reaches anybody else.
    """
    networks = {name: set(service.get("networks", [])) for name, service in COMPOSE.items()}
    networks["setup"] |= networks["setup-dashboards"]
    edges = {(name, "redis", "redis") for name in OWN if "broker" in networks[name]}
    edges |= {(name, "opensearch", "https") for name in (*OWN, "dashboards") if "store" in networks[name]}
    edges |= {("setup", "dashboards", "http")}
    inward, outward = allowed(base, "ingress"), allowed(base, "egress")
    assert {(peer, name, port) for name, peers in inward.items() for peer, port in peers} == edges
    assert {(name, peer, port) for name, peers in outward.items() for peer, port in peers} == edges
    nothing = by_name(base, "NetworkPolicy")["nothing"]["spec"]
    assert nothing == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}


def test_ports_in_policies_and_services_are_ports_of_the_pods(base: list[Object]) -> None:
    """A mistyped name of a port would shut a door for good."""
    named = {port["name"] for _, template in pods(base) for port in container(template).get("ports", [])}
    for policy in by_name(base, "NetworkPolicy").values():
        for rule in (*policy["spec"].get("ingress", []), *policy["spec"].get("egress", [])):
            assert all(isinstance(port["port"], int) or port["port"] in named for port in rule["ports"])
    templates = dict(pods(base))
    for name, service in by_name(base, "Service").items():
        (port,) = service["spec"]["ports"]
        assert service["spec"]["selector"] == {"app.kubernetes.io/name": name}
        assert port["targetPort"] in {one["name"] for one in container(templates[name])["ports"]}


def test_production_differs_where_it_should(all_objects: dict[str, list[Object]]) -> None:
    """Images of a registry, several of what may be several, more room, another name; the same objects otherwise."""
    base, production = all_objects["base"], all_objects["overlays/production"]
    kinds = {(item["kind"], re.sub(r"-[a-z0-9]{10}$", "", item["metadata"]["name"])) for item in base}
    assert kinds == {(i["kind"], re.sub(r"-[a-z0-9]{10}$", "", i["metadata"]["name"])) for i in production}
    for name, template in pods(production):
        if name in OWN:
            assert container(template)["image"].startswith("registry.example.org/kliping/")
    deployments = by_name(production, "Deployment")
    assert all(deployments[name]["spec"]["replicas"] == 2 for name in ("link", "index", "search"))
    assert all("affinity" in deployments[n]["spec"]["template"]["spec"] for n in ("extract", "link", "index", "search"))
    assert (
        "kliping.example.org"
        in environment(deployments["search"]["spec"]["template"], production)["KLIPING_ALLOWED_HOSTS"]
    )
    scaled = by_name(production, "ScaledObject")["extract"]["spec"]
    assert scaled["minReplicaCount"] <= scaled["fallback"]["replicas"] <= scaled["maxReplicaCount"] == 16
