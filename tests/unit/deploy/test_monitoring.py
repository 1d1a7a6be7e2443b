"""Alerts and dashboard speak of metrics that are there, by labels that they have, in PromQL that parses."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import promql_parser as promql
import pytest
import yaml

from kliping_shared.observability import METRICS, OUTCOMES, Metrics
from tests.support.shared import ROOT

RULES: dict[str, Any] = yaml.safe_load((ROOT / "deploy/prometheus/kliping.rules.yml").read_text(encoding="utf-8"))
ALERTS: list[dict[str, Any]] = [rule for group in RULES["groups"] for rule in group["rules"]]
DASHBOARD: dict[str, Any] = json.loads((ROOT / "deploy/grafana/kliping.json").read_text(encoding="utf-8"))
PANELS: list[dict[str, Any]] = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]

#: What Prometheus adds to every series, and the metrics of its own and of the client library.
TARGET = {"job", "instance"}
FOREIGN = {"up": set[str](), "process_cpu_seconds_total": set[str](), "process_resident_memory_bytes": set[str]()}


def known() -> dict[str, set[str]]:
    """Labels by series name, as Prometheus shows them: a histogram has three names."""
    series = {name: labels | TARGET for name, labels in FOREIGN.items()}
    for spec in METRICS:
        labels = {*spec.labels, *TARGET}
        if spec.kind == "histogram":
            series |= {f"{spec.name}_count": labels, f"{spec.name}_sum": labels, f"{spec.name}_bucket": labels | {"le"}}
        else:
            series[spec.name] = labels
    return series


SERIES = known()


@dataclass(frozen=True)
class Query:
    """One expression, and where it stands."""

    where: str
    text: str


def queries() -> Iterator[Query]:
    for rule in ALERTS:
        yield Query(rule["alert"], rule["expr"])
    for panel in PANELS:
        for target in panel["targets"]:
            yield Query(panel["title"], target["expr"].replace("$__rate_interval", "5m"))


def parts(node: Any) -> Iterator[Any]:
    """Every expression within an expression."""
    yield node
    for name in ("lhs", "rhs", "expr", "param", "vector_selector"):
        inner = getattr(node, name, None)
        if isinstance(inner, promql.Expr):
            yield from parts(inner)
    for argument in getattr(node, "args", None) or ():
        yield from parts(argument)


def selectors(node: Any) -> list[Any]:
    return [part for part in parts(node) if isinstance(part, promql.VectorSelector)]


def grouped_by(node: Any) -> Iterator[tuple[Any, list[str]]]:
    """Aggregations and the labels that they keep."""
    for part in parts(node):
        if isinstance(part, promql.AggregateExpr) and part.modifier is not None:
            yield part, list(part.modifier.labels)


@pytest.mark.parametrize("query", list(queries()), ids=lambda query: query.where)
def test_every_query_parses_and_asks_for_what_there_is(query: Query) -> None:
    """Series are in the list of metrics; matchers and groupings use labels that the series have."""
    tree = promql.parse(query.text)
    found = selectors(tree)
    assert found
    for selector in found:
        assert selector.name in SERIES
        matched = {matcher.name for matcher in selector.matchers.matchers}
        assert matched <= SERIES[selector.name]
    for aggregation, labels in grouped_by(tree):
        for selector in selectors(aggregation.expr):
            assert set(labels) <= SERIES[selector.name]


@pytest.mark.parametrize("query", list(queries()), ids=lambda query: query.where)
def test_counters_are_rated_and_gauges_are_not(query: Query) -> None:
    """A counter or a histogram's part is never shown as it is, a gauge never as a rate."""
    kinds = {name: spec.kind for spec in METRICS for name in SERIES if name.startswith(spec.name)}
    inside = {
        selector.name
        for part in parts(promql.parse(query.text))
        if isinstance(part, promql.Call) and part.func.name in ("rate", "increase")
        for selector in selectors(part)
    }
    for selector in selectors(promql.parse(query.text)):
        if selector.name in kinds:
            assert (selector.name in inside) == (kinds[selector.name] != "gauge")


@pytest.mark.parametrize("query", list(queries()), ids=lambda query: query.where)
def test_what_every_worker_shows_alike_is_not_added_up(query: Query) -> None:
    """Gauges of streams and broker are the same at every worker: a sum over workers would count them several times."""
    alike = ("kliping_stream_", "kliping_dead_letters", "kliping_broker_")
    for part in parts(promql.parse(query.text)):
        if isinstance(part, promql.AggregateExpr) and str(part.op).lower() == "sum":
            direct = part.expr
            if isinstance(direct, promql.VectorSelector):
                assert not str(direct.name).startswith(alike)


def test_outcomes_named_in_queries_are_outcomes() -> None:
    """A mistyped value of a label would match nothing, for ever."""
    values = {
        (matcher.name, matcher.value)
        for query in queries()
        for selector in selectors(promql.parse(query.text))
        for matcher in selector.matchers.matchers
    }
    assert {value for name, value in values if name == "outcome"} <= {*OUTCOMES, "unavailable", "refused", "stopped"}
    assert {value for name, value in values if name == "job"} <= {"kliping"}


@pytest.mark.parametrize("rule", ALERTS, ids=lambda rule: rule["alert"])
def test_every_alert_is_whole_and_explained(rule: dict[str, Any]) -> None:
    """It has a severity, a summary with labels that it keeps, and a section in the how-to that its runbook names."""
    assert set(rule) == {"alert", "expr", "for", "labels", "annotations"}
    assert re.fullmatch(r"\d+[smh]", rule["for"])
    assert rule["labels"]["severity"] in ("warning", "critical")
    page, _, anchor = rule["annotations"]["runbook"].partition("#")
    headings = re.findall(r"^### (.+)$", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)
    assert anchor in {name.strip().lower() for heading in headings for name in heading.split(",")}
    used = set(re.findall(r"\$labels\.(\w+)", rule["annotations"]["summary"]))
    kept = {label for _, labels in grouped_by(promql.parse(rule["expr"])) for label in labels} | TARGET
    assert used <= kept


def test_the_alerts_that_matter_are_there() -> None:
    """Dead letters, lag growing, nothing consumed, the store refusing, disks and Redis near their limits."""
    asked = {selector.name for rule in ALERTS for selector in selectors(promql.parse(rule["expr"]))}
    assert asked >= {
        "kliping_dead_letters",
        "kliping_stream_lag",
        "kliping_messages_total",
        "kliping_store_refusals_total",
        "kliping_broker_memory_bytes",
        "kliping_broker_disk_ok",
        "kliping_disk_free_bytes",
    }
    assert len({rule["alert"] for rule in ALERTS}) == len(ALERTS)


def test_every_metric_is_seen_by_somebody() -> None:
    """No metric is collected that neither an alert nor a panel asks for."""
    asked = {selector.name for query in queries() for selector in selectors(promql.parse(query.text))}
    unseen = {spec.name for spec in METRICS if not any(name.startswith(spec.name) for name in asked)}
    assert unseen == {"kliping_stream_length"}  # for a person who wonders what trimming does


def test_promtool_agrees() -> None:
    """Configuration and rules are sound, and alerts fire when kliping.rules.test.yml says, and only then."""
    for arguments in (("check", "config", "prometheus.yml"), ("test", "rules", "kliping.rules.test.yml")):
        run = subprocess.run(
            [promtool(), *arguments], cwd=ROOT / "deploy/prometheus", capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stdout + run.stderr


def test_what_services_show_is_what_prometheus_reads() -> None:
    """promtool finds nothing to say about names, types and help of /metrics."""
    metrics = Metrics()
    for spec in METRICS:
        labels = dict.fromkeys(spec.labels, "x")
        if spec.kind == "counter":
            metrics.count(spec.name, **labels)
        elif spec.kind == "gauge":
            metrics.gauge(spec.name, 1, **labels)
        else:
            metrics.took(spec.name, 0.1, **labels)
    run = subprocess.run([promtool(), "check", "metrics"], input=metrics.render(), capture_output=True, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"")


def promtool() -> str:
    """The command. Skips where there is none, fails there in CI."""
    found = shutil.which("promtool")
    if found is None and os.environ.get("CI"):
        pytest.fail("CI is set, but there is no promtool")
    if found is None:
        pytest.skip("no promtool here: Prometheus' own checks do not run (they do in CI)")
    return found


def test_panels_fit_side_by_side_and_have_words() -> None:
    """Ids are unique, panels do not overlap, each says what it shows."""
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        box = panel["gridPos"]
        assert box["x"] + box["w"] <= 24
        cells = {(x, y) for x in range(box["x"], box["x"] + box["w"]) for y in range(box["y"], box["y"] + box["h"])}
        assert not taken & cells
        taken |= cells
    assert all(panel["title"] and panel["description"] for panel in PANELS)
    legends = [(query["expr"], query["legendFormat"]) for panel in PANELS for query in panel["targets"]]
    for expression, legend in legends:
        tree = promql.parse(expression.replace("$__rate_interval", "5m"))
        kept = {label for _, labels in grouped_by(tree) for label in labels} | TARGET
        assert set(re.findall(r"\{\{(\w+)\}\}", legend)) <= kept


def test_prometheus_looks_where_compose_serves() -> None:
    """The names and ports in prometheus.yml are those of the services in docker-compose.yml and their images."""
    config = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text(encoding="utf-8"))
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    dockerfile = (ROOT / "deploy/docker/Dockerfile").read_text(encoding="utf-8")
    (job,) = config["scrape_configs"]
    assert config["rule_files"] == ["kliping.rules.yml"]
    ports = {name: target["port"] for target in job["dns_sd_configs"] for name in target["names"]}
    assert set(ports) == {"ingest", "extract", "link", "index", "alert", "search"} <= set(services)
    health = int(re.findall(r"KLIPING_HEALTH_PORT=(\d+)", dockerfile)[0])
    page = int(services["search"]["environment"]["KLIPING_PORT"])
    assert ports == {name: page if name == "search" else health for name in ports}
