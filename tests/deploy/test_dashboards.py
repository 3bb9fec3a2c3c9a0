"""What dashboards and alerts ask for is what a real run tells, by name and by label."""

import json
import re
from pathlib import Path

import pytest
import yaml

from shared.telemetry import instruments

CHART = Path(__file__).parents[2] / "deploy" / "helm" / "cosigne"
pytestmark = pytest.mark.skipif(not CHART.exists(), reason="there is no chart to ask")
METRIC = re.compile(r"\b((?:cosigne|http|db|messaging|kube)_[a-z_]+)\b")
OF_KUBERNETES = {"kube_job_status_failed": {"job_name"}}
SELECTED = re.compile(r"\{([^}]*)\}")
LABEL = re.compile(r"([a-z_]+)\s*(?:=~|!~|!=|=)\s*\"")
GROUPED = re.compile(r"\b(?:by|without|on|ignoring)\s*\(([^)]*)\)")
WITH_ANY = {"le", "job", "instance", "namespace", "pod"}  # set by whoever collects


def of_dashboards():
    for file in sorted((CHART / "dashboards").glob("*.json")):
        for number, expression in enumerate(expressions(json.loads(file.read_text("utf-8")))):
            yield pytest.param(expression, id=f"{file.stem}-{number}")


def expressions(told):
    if isinstance(told, dict):
        if isinstance(told.get("expr"), str):
            yield told["expr"]
        for value in told.values():
            yield from expressions(value)
    if isinstance(told, list):
        for value in told:
            yield from expressions(value)


def of_alerts():
    if not CHART.exists():
        return []
    told = yaml.safe_load((CHART / "alerts.yaml").read_text("utf-8"))["alerts"]
    return [pytest.param(one["expr"], id=one["alert"]) for one in told]


def series():
    """Every name that Prometheus has, with the labels it may have."""
    found = dict(OF_KUBERNETES)
    for one in instruments.EVERY:
        labels = {a.name.replace(".", "_") for a in one.attributes} | WITH_ANY
        ends = ("_bucket", "_sum", "_count") if one.kind == "histogram" else ("",)
        found |= {one.prometheus + end: labels for end in ends}
    return found


def strange(expression):
    """What it asks for that nobody tells."""
    known, wrong = series(), []
    labels = {
        label
        for told in GROUPED.findall(expression)
        for label in re.split(r"[,\s]+", told)
        if label
    }
    labels |= {label for told in SELECTED.findall(expression) for label in LABEL.findall(told)}
    bare = GROUPED.sub("", SELECTED.sub("", expression))
    asked = METRIC.findall(bare)
    wrong += [name for name in asked if name not in known]
    wrong += [label for label in labels if not any(label in known.get(name, ()) for name in asked)]
    return wrong


@pytest.mark.parametrize("expression", [*of_dashboards(), *of_alerts()])
def test_a_query_asks_for_what_a_run_tells(expression):
    assert METRIC.search(expression)
    assert strange(expression) == []


@pytest.mark.parametrize(
    "expression",
    [
        "rate(cosigne_append_event_total[5m])",
        "cosigne_append_duration_seconds > 1",
        'cosigne_unsealed_age_seconds{cosigne_tenant="x"}',
        "sum by (cosigne_view) (cosigne_relay_lag_seconds)",
    ],
)
def test_one_that_asks_for_something_else_is_found(expression):
    assert strange(expression) != []


def test_every_metric_that_tells_of_trouble_has_an_alert():
    asked = {name for one in of_alerts() for name in METRIC.findall(one.values[0])}
    assert {
        "cosigne_unsealed_age_seconds", "cosigne_sealer_age_seconds", "cosigne_view_lag_seconds",
        "cosigne_view_parked", "cosigne_relay_lag_seconds", "cosigne_delivery_oldest_seconds",
        "cosigne_erasures", "cosigne_telemetry_withheld_total",
    } <= asked  # fmt: skip
