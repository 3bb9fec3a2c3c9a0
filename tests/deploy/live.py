"""The chart on a real Kubernetes API server: `make chart-live`. Not in the suite: it needs an hour of Go."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

import pytest
import yaml

from tests.support.chart import AROUND, CHART, SIZES, container, files, of_kind, rendered
from tests.support.control_plane import ControlPlane, control_plane

# kinds that an operator brings; without it the server knows none of them
OPERATORS = (
    "barmancloud.cnpg.io/",
    "external-secrets.io/",
    "kafka.strimzi.io/",
    "monitoring.coreos.com/",
    "postgresql.cnpg.io/",
)
OLD, NEW = "image.tag=1.0.0", "image.tag=1.1.0"


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    with control_plane(tmp_path_factory.mktemp("kubernetes")) as made:
        yield made


@dataclass
class Release:
    """One release in a namespace of its own, which warns of any pod that is not held as it may be."""

    plane: ControlPlane
    name: str
    seen_by_job: list[frozenset[str]] = field(default_factory=list)

    def __post_init__(self):
        labels = {"pod-security.kubernetes.io/warn": "restricted"}
        namespace = {"metadata": {"name": self.name, "labels": labels}}
        self.plane.client.post("/api/v1/namespaces", json=namespace).raise_for_status()
        self.plane.fails = False
        self.plane.before = lambda: self.seen_by_job.append(self.images())

    def helm(self, verb, *told):
        # never --wait: there are no nodes, so nothing ever runs
        return self.plane.helm(verb, "cosigne", *told, f"--namespace={self.name}")

    def put(self, verb, *told):
        given = [*files("small", "plain"), *(word for one in told for word in ("--set", one))]
        return self.helm(verb, str(CHART), *given)

    def images(self):
        """Which versions are asked for now."""
        found = self.plane.get(f"/apis/apps/v1/namespaces/{self.name}/deployments")["items"]
        pods = (one["spec"]["template"] for one in found)
        return frozenset(container(pod)["image"].rpartition(":")[2] for pod in pods)


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("size", SIZES)
def test_the_server_takes_every_object_of_every_kind_it_knows(here, size, around, capsys):
    known = here.kinds()
    objects = rendered(size, around)
    taken = [one for one in objects if (one["apiVersion"], one["kind"]) in known]
    missing = [one for one in objects if (one["apiVersion"], one["kind"]) not in known]
    release = Release(here, f"dry-{size}-{around}")
    told = yaml.safe_dump_all(taken)
    said = here.kubectl(
        "apply", "--dry-run=server", f"--namespace={release.name}", "--filename=-", given=told
    )
    assert said.returncode == 0, said.stderr
    assert not said.stderr, "a warning, as of a pod that may do too much"
    assert len(said.stdout.splitlines()) == len(taken) > 20
    assert all(one["apiVersion"].startswith(OPERATORS) for one in missing)
    kinds = sorted({f"{one['kind']} ({one['apiVersion']})" for one in missing})
    with capsys.disabled():
        sys.stderr.write(f"\n{size}, {around}: {len(taken)} taken; unknown: {', '.join(kinds)}\n")


def test_it_is_installed_upgraded_after_its_migration_rolled_back_and_taken_away(here):
    release = Release(here, "whole")
    installed = release.put("install", OLD)
    assert installed.returncode == 0, installed.stderr
    assert release.seen_by_job == [frozenset()], "the job ends before anything is rolled out"
    assert release.images() == {"1.0.0"}
    upgraded = release.put("upgrade", NEW)
    assert upgraded.returncode == 0, upgraded.stderr
    assert release.seen_by_job[1:] == [{"1.0.0"}], "and again before the old ones go"
    assert release.images() == {"1.1.0"}
    back = release.helm("rollback")
    assert back.returncode == 0, back.stderr
    assert release.images() == {"1.0.0"}
    assert release.helm("uninstall").returncode == 0
    assert release.images() == frozenset()
    kept = here.get(f"/api/v1/namespaces/{release.name}/persistentvolumeclaims")["items"]
    claims = of_kind(rendered("small", "plain"), "PersistentVolumeClaim")
    assert {one["metadata"]["name"] for one in kept} == {c["metadata"]["name"] for c in claims}


@pytest.mark.parametrize(("mode", "told"), [("ReadWriteOnce", True), ("ReadWriteMany", False)])
def test_keys_on_a_disk_of_one_node_are_said_to_be_so(here, mode, told):
    release = Release(here, f"disks-{mode.lower()}")
    installed = release.put("install", f"keysVolume.accessModes={{{mode}}}")
    assert installed.returncode == 0, installed.stderr
    assert ("from one node at a time" in installed.stdout) is told


def test_nothing_rolls_out_over_a_migration_that_failed(here):
    release = Release(here, "over")
    assert release.put("install", OLD).returncode == 0
    here.fails = True
    upgraded = release.put("upgrade", NEW)
    assert upgraded.returncode != 0
    assert "pre-upgrade hooks failed" in upgraded.stderr
    assert release.images() == {"1.0.0"}
    here.fails = False
    assert release.put("upgrade", NEW).returncode == 0
    assert release.images() == {"1.1.0"}
