"""What is watched: each alert leads to a page that helps, and asks for metrics that there are."""

import json
import re

import pytest
import yaml

from shared.store.combiner import LEADERS
from tests.support.chart import (
    CHART,
    ROOT,
    SIZES,
    component,
    environment,
    of_kind,
    rendered,
)

pytestmark = pytest.mark.xdist_group("chart")

RUNBOOKS = ROOT / "docs" / "runbooks"
ALERTS = yaml.safe_load((CHART / "alerts.yaml").read_text("utf-8"))["alerts"]
DASHBOARDS = sorted((CHART / "dashboards").glob("*.json"))
# of others: what Kubernetes says of a job
FOREIGN = {"kube_job_status_failed"}
METRIC = re.compile(r"\b(?:cosigne|http|db|messaging|kube)_[a-z0-9_]+\b")
POOL = 8  # connections at most, shared/postgres/pool.py


def metrics_of(query):
    """What stands before a selector; labels stand within braces or behind `by`."""
    bare = re.sub(r"\{[^}]*\}|\bby \([^)]*\)", "", query)
    return {re.sub(r"_(bucket|sum|count)$", "", name) for name in METRIC.findall(bare)}


def exported():
    """The names that Prometheus gives them, and those that stay when `_count` is taken from a name."""
    page = (ROOT / "docs" / "reference" / "telemetry.md").read_text("utf-8")
    names = set(re.findall(r"^\| `[a-z_.]+` \| `([a-z0-9_]+)` \|", page, re.MULTILINE))
    assert len(names) > 30
    return names | {re.sub(r"_(bucket|sum|count)$", "", name) for name in names}


@pytest.mark.parametrize("alert", ALERTS, ids=lambda a: a["alert"])
def test_an_alert_leads_to_a_runbook_and_asks_for_metrics_that_there_are(alert):
    page = (RUNBOOKS / f"{alert['runbook']}.md").read_text("utf-8")
    assert page.startswith("*Runbook.*")
    assert "**What people notice.**" in page
    assert alert["severity"] in ("page", "ticket")
    asked = metrics_of(alert["expr"])
    assert asked
    assert asked - FOREIGN <= exported()


def test_every_runbook_is_led_to():
    # nobody needs an alert to know that a restore is to be done
    pages = {page.stem for page in RUNBOOKS.glob("*.md")} - {"restore"}
    assert pages == {alert["runbook"] for alert in ALERTS}


def test_each_alert_is_in_the_rule_with_the_address_of_its_runbook():
    [rule] = of_kind(rendered("medium", "operators"), "PrometheusRule")
    [group] = rule["spec"]["groups"]
    found = {one["alert"]: one["annotations"]["runbook_url"] for one in group["rules"]}
    assert set(found) == {alert["alert"] for alert in ALERTS}
    assert found["CosigneSlow"] == "https://docs.example.org/runbooks/slow.md"


def test_who_serves_no_runbooks_is_told_which_page_it_is():
    made = rendered("medium", "operators", "--set", "alerts.runbooks=")
    [rule] = of_kind(made, "PrometheusRule")
    for one in rule["spec"]["groups"][0]["rules"]:
        assert (ROOT / one["annotations"]["runbook"]).is_file()
        assert "runbook_url" not in one["annotations"]


@pytest.mark.parametrize("file", DASHBOARDS, ids=lambda f: f.stem)
def test_a_dashboard_asks_for_metrics_that_there_are(file):
    board = json.loads(file.read_text("utf-8"))
    queries = [target["expr"] for panel in board["panels"] for target in panel.get("targets", ())]
    queries += [one["query"] for one in board["templating"]["list"] if one["type"] == "query"]
    assert len(queries) > 9
    for query in queries:
        asked = metrics_of(query.replace("cosigne_service)", ")"))
        assert asked, query
        assert asked <= exported(), query


@pytest.mark.parametrize("size", SIZES)
def test_the_databases_have_connections_for_all_pods_at_the_autoscalers_upper_end(size):
    objects = rendered(size, "operators")
    most = {
        one["spec"]["scaleTargetRef"]["name"]: one["spec"]["maxReplicas"]
        for one in of_kind(objects, "HorizontalPodAutoscaler")
    }
    data = keys = 0
    for one in of_kind(objects, "Deployment"):
        pod, name = one["spec"]["template"], one["metadata"]["name"]
        pods = most.get(name) or one["spec"]["replicas"]
        if component(pod) == "portal":
            continue
        web = int(environment(pod).get("COSIGNE_WEB_PROCESSES", 0))
        data += pods * (web * (POOL + LEADERS) if web else POOL)
        keys += pods * (web * POOL if web else 2)
    held = {
        one["metadata"]["name"]: int(one["spec"]["postgresql"]["parameters"]["max_connections"])
        for one in of_kind(objects, "Cluster")
    }
    assert held["cosigne-data"] >= data * 1.1
    assert held["cosigne-keys"] >= keys * 1.1
