"""The chart as a whole: it lints, fits Kubernetes' schemas, refuses nonsense, changes in a safe order."""

import json

import pytest
import yaml

from tests.support.arrows import matches
from tests.support.chart import (
    AROUND,
    CHART,
    EACH_ONCE,
    EVERY,
    SIZES,
    component,
    files,
    helm,
    misfits,
    of_kind,
    pods,
    rendered,
    template,
    text,
)

pytestmark = pytest.mark.xdist_group("chart")  # one worker renders what all of them look at

ONCE = pytest.mark.parametrize(("size", "around"), EACH_ONCE)
BOTH = pytest.mark.parametrize(("size", "around"), EVERY)
HOOK, WEIGHT = "helm.sh/hook", "helm.sh/hook-weight"


@ONCE
def test_helm_finds_nothing_amiss(size, around):
    found = helm("lint", "--strict", str(CHART), *files(size, around))
    assert found.returncode == 0, found.stdout


@BOTH
def test_every_object_fits_the_schema_of_its_kind(size, around):
    assert misfits(text(size, around)) == []


def test_a_field_that_kubernetes_does_not_know_is_found():
    [first, *_] = of_kind(rendered("small", "plain"), "Deployment")
    spoiled = json.loads(json.dumps(first))
    spoiled["spec"]["template"]["spec"]["containers"][0]["readinesProbe"] = {}
    [found] = misfits(yaml.safe_dump(spoiled))
    assert "readinesProbe" in found


def test_an_object_without_a_schema_is_found():
    assert misfits(yaml.safe_dump({"apiVersion": "example.org/v1", "kind": "Odd"}))


@pytest.mark.parametrize(
    "told",
    [
        "ulr=https://x.example",
        "url=http://cosigne.example.org",
        "image.digest=latest",
        "database.sslMode=disable",
        "database.credentials=shared",
        "database.hosts=pg-2.example.org",
        "cnpg.data.instances=2",
        "kafka.security=PLAINTEXT",
        "kafka.retentionHours=48",
        "processes.layout=both",
        "processes.web.replicas=0",
        "processes.web.replica=3",
        "processes.services.planning.web.replicas=3",
        "processes.web.resources.limits.memory=lots",
        "ingress.services[0]=portal",
        "networkPolicy.oidc[0].cidr=10.0.0.0/8",
        "networkPolicy.notPublic=null",
        "restoring=yes",
        "positions.schedule=often",
        "secrets.database=null",
        "secrets.databasePassword=hunter2",
        "telemetry.traced=2",
        "cnpg.keys.backup.enabled=true",
        "keysVolume.accessModes[0]=ReadWriteOncePod",
    ],
)
def test_what_makes_no_sense_is_refused_by_its_name(told):
    made = template(*files("small", "plain"), "--set", told)
    assert made.returncode != 0
    name = told.partition("=")[0].split(".")[-1].partition("[")[0]
    assert "values don't meet the specifications of the schema" in made.stderr
    assert name in made.stderr or name in ("replica", "replicas", "cidr", "enabled")


@pytest.mark.parametrize(
    "missing", ["image.repository", "url", "oidc.issuer", "database.host", "database.caSecret"]
)
def test_what_only_the_installation_knows_must_be_said(missing):
    made = template(*files("small", "plain"), "--set", f"{missing}=")
    assert made.returncode != 0
    assert missing in made.stderr


def test_what_pods_say_to_each_other_in_clear_must_be_taken_upon_a_mesh():
    made = template(*files("small", "plain"), "--set", "mesh=false")
    assert made.returncode != 0
    assert "mesh: the portal reaches the services by http" in made.stderr


def test_every_value_is_in_the_schema_and_the_schema_is_closed():
    schema = json.loads((CHART / "values.schema.json").read_text("utf-8"))

    def closed(told, path):
        if isinstance(told, dict):
            if told.get("type") == "object" and "properties" in told:
                assert told["additionalProperties"] is not True, path
            for name, value in told.items():
                closed(value, (*path, name))

    closed(schema, ())
    values = yaml.safe_load((CHART / "values.yaml").read_text("utf-8"))
    assert set(values) == set(schema["properties"]) - {"global"}


@BOTH
def test_selectors_find_the_pods_of_their_own_process_and_no_others(size, around):
    objects = rendered(size, around)
    every = pods(objects)
    for one in of_kind(objects, "Deployment", "PodDisruptionBudget", "Service"):
        told = one["spec"]["selector"]
        selector = told if one["kind"] != "Service" else {"matchLabels": told}
        found = [name for name, p in every.items() if matches(selector, p["metadata"]["labels"])]
        assert found == [one["metadata"]["labels"]["app.kubernetes.io/component"]]
    for one in of_kind(objects, "Deployment"):
        pod = one["spec"]["template"]
        for spread in pod["spec"]["topologySpreadConstraints"]:
            assert matches(spread["labelSelector"], pod["metadata"]["labels"])
    named = {one["metadata"]["name"]: one for one in of_kind(objects, "Deployment")}
    for one in of_kind(objects, "HorizontalPodAutoscaler"):
        assert "replicas" not in named[one["spec"]["scaleTargetRef"]["name"]]["spec"]
    ports = {one["metadata"]["name"] for one in of_kind(objects, "Service")}
    for one in of_kind(objects, "Ingress"):
        for path in one["spec"]["rules"][0]["http"]["paths"]:
            assert path["backend"]["service"]["name"] in ports


@BOTH
def test_every_process_may_lose_one_pod_at_a_time_and_not_more(size, around):
    objects = rendered(size, around)
    budgets = {
        component({"metadata": b["metadata"]}) for b in of_kind(objects, "PodDisruptionBudget")
    }
    assert budgets == set(pods(objects)) - {"migrate", "positions"}
    for one in of_kind(objects, "PodDisruptionBudget"):
        assert one["spec"]["maxUnavailable"] == 1


@ONCE
def test_an_upgrade_migrates_before_anything_rolls_out(size, around):
    objects = rendered(size, around, "--is-upgrade")
    hooks = [one for one in objects if HOOK in one["metadata"].get("annotations", {})]
    weight = {one["kind"]: int(one["metadata"]["annotations"][WEIGHT]) for one in hooks}
    assert {one["metadata"]["annotations"][HOOK] for one in hooks} == {"pre-install,pre-upgrade"}
    assert set(weight) == {"ServiceAccount", "NetworkPolicy", "Job"}
    assert weight["Job"] > weight["ServiceAccount"] == weight["NetworkPolicy"]
    [job] = of_kind(objects, "Job")
    # what it needs exists: the account and the policy come before it, secrets stand already
    names = {one["metadata"]["name"] for one in hooks}
    assert job["spec"]["template"]["spec"]["serviceAccountName"] in names
    volumes = [
        v for v in job["spec"]["template"]["spec"]["volumes"] if "persistentVolumeClaim" in v
    ]
    assert volumes == []
    assert job["spec"]["backoffLimit"] <= 3
    assert "helm.sh/hook-failed" not in str(job)


def test_a_first_install_that_makes_its_databases_migrates_beside_the_pods():
    objects = rendered("medium", "operators")
    [job] = of_kind(objects, "Job")
    assert HOOK not in job["metadata"].get("annotations", {})
    later = of_kind(rendered("medium", "operators", "--is-upgrade"), "Job")[0]
    assert job["metadata"]["name"] != later["metadata"]["name"]
    first = of_kind(rendered("medium", "plain"), "Job")[0]
    assert first["metadata"]["annotations"][HOOK] == "pre-install,pre-upgrade"


def test_whatever_holds_what_was_said_survives_an_uninstall():
    objects = rendered("large", "operators")
    holds = of_kind(objects, "PersistentVolumeClaim", "Cluster", "Kafka", "KafkaNodePool")
    assert len(holds) == 7
    for one in holds:
        assert one["metadata"]["annotations"]["helm.sh/resource-policy"] == "keep"


def test_databases_acknowledge_what_two_servers_have_and_keys_are_backed_up_apart():
    objects = rendered("medium", "operators")
    clusters = {one["metadata"]["name"]: one["spec"] for one in of_kind(objects, "Cluster")}
    assert set(clusters) == {"cosigne-data", "cosigne-keys"}
    for spec in clusters.values():
        assert spec["instances"] >= 3
        told = {"method": "any", "number": 1, "dataDurability": "required"}
        assert spec["postgresql"]["synchronous"] == told
        assert "synchronous_commit" not in spec["postgresql"]["parameters"]
    stores = {
        one["spec"]["configuration"]["destinationPath"] for one in of_kind(objects, "ObjectStore")
    }
    assert len(stores) == 2
    assert len(of_kind(objects, "ScheduledBackup")) == 2


def test_a_relay_may_write_its_own_topic_and_a_consumer_none():
    users = {
        one["metadata"]["name"]: one["spec"]["authorization"]["acls"]
        for one in of_kind(rendered("large", "operators"), "KafkaUser")
    }
    writes = {
        name: {acl["resource"]["name"] for acl in acls if "Write" in acl["operations"]}
        for name, acls in users.items()
    }
    assert writes["cosigne-relay-plans"] == {"cosigne.plans", "cosigne.published"}
    assert writes["cosigne-consume-plans"] == writes["cosigne-console"] == set()
    groups = [
        acl["resource"]["name"]
        for acl in users["cosigne-consume-plans"]
        if acl["resource"]["type"] == "group"
    ]
    assert groups == ["cosigne.plans."]


@pytest.mark.parametrize("around", AROUND)
def test_a_larger_size_asks_for_more(around):
    def asked(size):
        objects = rendered(size, around)
        return sum(
            megabytes(
                pod["spec"]["template"]["spec"]["containers"][0]["resources"]["requests"]["memory"]
            )
            * pod["spec"].get("replicas", 2)
            for pod in of_kind(objects, "Deployment")
        )

    small, medium, large = map(asked, SIZES)
    assert small < medium < large


def megabytes(told):
    return int(told[:-2]) * {"Mi": 1, "Gi": 1024}[told[-2:]]
