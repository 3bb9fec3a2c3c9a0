"""An upgrade waits for its migration, whose log stays; secrets change; autoscalers begin where they can."""

import re

import pytest

from tests.support.chart import (
    AROUND,
    ROOT,
    files,
    of_kind,
    pods,
    rendered,
    template,
)

pytestmark = pytest.mark.xdist_group("chart")  # one worker renders what all of them look at


@pytest.mark.parametrize("around", AROUND)
def test_the_pod_of_a_migration_that_failed_stays_with_its_log(around):
    """Kubernetes takes away a pod that is started anew in its place, once it gives up."""
    [job] = of_kind(rendered("medium", around), "Job")
    assert job["spec"]["template"]["spec"]["restartPolicy"] == "Never"
    page = (ROOT / "docs" / "runbooks" / "migration-failed.md").read_text("utf-8")
    labels = job["spec"]["template"]["metadata"]["labels"]
    [asked] = re.findall(r"kubectl logs .*-l ([^\s`]+)", page)
    told = dict(one.split("=") for one in asked.replace("<release>", "cosigne").split(","))
    assert told.items() <= labels.items()


def test_helm_is_told_to_wait_for_longer_than_the_migration_may_take():
    [job] = of_kind(rendered("medium", "plain"), "Job")
    deadline = job["spec"]["activeDeadlineSeconds"]
    for page in ("deploy/helm/README.md", "docs/runbooks/migration-failed.md"):
        text = (ROOT / page).read_text("utf-8")
        commands = re.findall(r"^ *helm (?:install|upgrade) (?:.*\\\n)*.*$", text, re.MULTILINE)
        assert commands, page
        for command in commands:
            [minutes] = re.findall(r"--timeout (\d+)m", command)
            assert int(minutes) * 60 > deadline, command


def test_pods_start_anew_when_a_secret_is_said_to_have_changed():
    changed = pods(rendered("medium", "plain", "--set", "secrets.revision=second"))
    for name, pod in pods(rendered("medium", "plain")).items():
        assert "annotations" not in pod["metadata"], name
        assert changed[name]["metadata"]["annotations"] == {"cosigne.secrets/revision": "second"}, (
            name
        )


@pytest.mark.parametrize("of", ["web", "portal"])
def test_an_autoscaler_that_would_begin_above_its_end_is_refused(of):
    told = f"processes.{of}.replicas=8,processes.{of}.autoscaling.enabled=true"
    made = template(*files("small", "plain"), "--set", told)
    assert made.returncode != 0
    assert re.search(r"autoscaling.maxReplicas: (portal|directory) begins with 8", made.stderr)
    enough = template(
        *files("small", "plain"), "--set", f"{told},processes.{of}.autoscaling.maxReplicas=8"
    )
    assert enough.returncode == 0, enough.stderr


def test_a_port_in_the_address_of_the_house_is_none_of_the_ingress():
    told = "url=https://cosigne.example.org:8443"
    [ingress] = of_kind(rendered("small", "operators", "--set", told), "Ingress")
    assert ingress["spec"]["rules"][0]["host"] == "cosigne.example.org"
    assert ingress["spec"]["tls"][0]["hosts"] == ["cosigne.example.org"]
