"""The way back: nothing runs, then nobody signs in; databases restored beside those that were lost."""

import pytest

from tests.support.chart import (
    EVERY,
    container,
    environment,
    every_string,
    files,
    misfits,
    of_kind,
    pods,
    rendered,
    template,
    text,
)

pytestmark = pytest.mark.xdist_group("chart")  # one worker renders what all of them look at
RESTORED = (
    "cnpg.data.cluster=cosigne-data-2",
    "cnpg.data.recovery.from=cosigne-data",
    "cnpg.data.recovery.to=2026-11-28 07:30:00+00",
    "cnpg.keys.cluster=cosigne-keys-2",
    "cnpg.keys.recovery.from=cosigne-keys",
)


def how_many(objects):
    return {
        one["metadata"]["labels"]["app.kubernetes.io/component"]: one["spec"].get("replicas")
        for one in of_kind(objects, "Deployment")
    }


def as_told(phase, *more):
    sets = [word for one in (f"restoring={phase}", *more) for word in ("--set", one)]
    return ("--is-upgrade", *sets)


def restoring(size, around, phase, *more):
    return rendered(size, around, *as_told(phase, *more))


@pytest.mark.parametrize("phase", ["nothing-runs", "nobody-signs-in"])
@pytest.mark.parametrize(("size", "around"), EVERY)
def test_every_object_fits_the_schema_of_its_kind(size, around, phase):
    more = RESTORED if around == "operators" else ()
    assert misfits(text(size, around, *as_told(phase, *more))) == []


@pytest.mark.parametrize(("size", "around"), EVERY)
def test_at_first_only_the_console_runs(size, around):
    numbers = how_many(restoring(size, around, "nothing-runs"))
    assert {name for name, number in numbers.items() if number != 0} == {"console"}
    assert numbers["console"] == 1


@pytest.mark.parametrize(("size", "around"), EVERY)
def test_then_everything_but_what_people_and_partners_reach(size, around):
    usual = how_many(rendered(size, around))
    objects = restoring(size, around, "nobody-signs-in")
    reached = {
        name
        for name, pod in pods(objects).items()
        if container(pod).get("args", [""])[0] == "serve"
    }
    assert len(reached) == 7
    for name, number in how_many(objects).items():
        expected = 0 if name in reached else 1 if name == "console" else usual[name]
        assert number == expected, name


@pytest.mark.parametrize("phase", ["nothing-runs", "nobody-signs-in"])
@pytest.mark.parametrize(("size", "around"), EVERY)
def test_nothing_migrates_scales_or_writes_positions_meanwhile(size, around, phase):
    objects = restoring(size, around, phase)
    assert not of_kind(objects, "Job", "HorizontalPodAutoscaler")
    assert not [one for one in objects if "helm.sh/hook" in one["metadata"].get("annotations", {})]
    [timed] = of_kind(objects, "CronJob")
    assert timed["spec"]["suspend"] is True


def test_the_console_reads_the_list_of_positions_meanwhile_and_only_then():
    mounted = [
        {
            (mount["name"], mount.get("readOnly", False))
            for mount in container(pods(objects)["console"])["volumeMounts"]
            if mount["mountPath"] == "/var/lib/cosigne/positions"
        }
        for objects in (rendered("medium", "plain"), restoring("medium", "plain", "nothing-runs"))
    ]
    assert mounted == [set(), {("positions", True)}]


def test_a_lost_cluster_stays_and_everything_goes_to_the_one_beside_it():
    objects = restoring("medium", "operators", "nothing-runs", *RESTORED)
    clusters = {one["metadata"]["name"]: one["spec"] for one in of_kind(objects, "Cluster")}
    before = {
        one["metadata"]["name"]: one for one in of_kind(rendered("medium", "operators"), "Cluster")
    }
    assert set(clusters) == {"cosigne-data-2", "cosigne-keys-2"}
    for one in before.values():
        assert one["metadata"]["annotations"]["helm.sh/resource-policy"] == "keep"
    assert not [told for told in every_string(list(objects)) if "cosigne-data-rw" in told]
    urls = environment(pods(objects)["work-plans"])
    assert "@cosigne-data-2-rw:" in f"@{urls['COSIGNE_PLANS_DATABASE_URL'].partition('//')[2]}"
    assert "cosigne-keys-2-rw:" in urls["COSIGNE_KEYS_DATABASE_URL"]
    authorities = {
        volume["secret"]["secretName"]
        for pod in pods(objects).values()
        for volume in pod["spec"]["volumes"]
        if volume["name"].startswith("ca-")
    }
    assert authorities == {"cosigne-data-2-ca", "cosigne-keys-2-ca"}
    policies = str(of_kind(objects, "NetworkPolicy"))
    assert "'cnpg.io/cluster': 'cosigne-data-2'" in policies
    assert "'cnpg.io/cluster': 'cosigne-data'" not in policies


def test_what_is_restored_is_as_the_lost_one_was_and_never_writes_where_it_wrote():
    clusters = of_kind(restoring("medium", "operators", "nothing-runs", *RESTORED), "Cluster")
    before = of_kind(rendered("medium", "operators"), "Cluster")
    stores = {
        one["metadata"]["name"] for one in of_kind(rendered("medium", "operators"), "ObjectStore")
    }
    for restored, lost in zip(clusters, before, strict=True):
        spec, name = restored["spec"], lost["metadata"]["name"]
        differs = {key for key in spec if spec[key] != lost["spec"].get(key)}
        assert differs == {"bootstrap", "externalClusters", "plugins"}
        recovery = spec["bootstrap"]["recovery"]
        assert recovery["source"] == name
        assert recovery["database"] == recovery["owner"] == "cosigne_admin"
        [external] = spec["externalClusters"]
        told = {"barmanObjectName": name, "serverName": name}
        assert external == {
            "name": name,
            "plugin": {"name": "barman-cloud.cloudnative-pg.io", "parameters": told},
        }
        [archiver] = spec["plugins"]
        assert archiver["parameters"] == {**told, "serverName": f"{name}-2"}
        assert name in stores
    data, keys = (one["spec"]["bootstrap"]["recovery"] for one in clusters)
    assert data["recoveryTarget"] == {"targetTime": "2026-11-28 07:30:00+00"}
    assert "recoveryTarget" not in keys


@pytest.mark.parametrize(
    "told",
    [
        "cnpg.data.recovery.from=cosigne-data",
        "cnpg.data.recovery.from=other,cnpg.data.backup.enabled=false",
    ],
)
def test_a_cluster_is_restored_from_the_backups_of_another(told):
    made = template(*files("medium", "operators"), "--set", told)
    assert made.returncode != 0
    assert "cnpg.data.recovery.from: the name of another cluster" in made.stderr
