"""What an installation may choose besides: its looks, its language, who receives what is told."""

import pytest

from tests.support.chart import container, environment, pods, rendered

pytestmark = pytest.mark.xdist_group("chart")  # one worker renders what all of them look at
LOOKS, LANGUAGE, HEADERS = (
    "COSIGNE_PORTAL_LOOKS",
    "COSIGNE_LANG",
    "OTEL_EXPORTER_OTLP_HEADERS_FILE",
)


def standing(pod, path):
    """What stands in the pod's file system where a setting says a file or folder is."""
    named = {one["name"]: one for one in pod["spec"]["volumes"]}
    return next(
        named[mount["name"]]
        for mount in container(pod)["volumeMounts"]
        if path == mount["mountPath"] or path.startswith(f"{mount['mountPath']}/")
    )


def test_the_portal_alone_wears_the_looks_of_the_house():
    every = pods(rendered("medium", "outside"))
    assert {name for name, pod in every.items() if LOOKS in environment(pod)} == {"portal"}
    there = standing(every["portal"], environment(every["portal"])[LOOKS])
    assert there["configMap"]["name"] == "cosigne-looks"


def test_every_process_speaks_the_language_of_whoever_runs_it_and_sends_with_its_key():
    for name, pod in pods(rendered("medium", "outside")).items():
        if container(pod).get("args"):
            assert environment(pod)[LANGUAGE] == "fr", name
            there = standing(pod, environment(pod)[HEADERS])
            assert there["secret"]["secretName"] == "cosigne-collector", name


def test_who_chooses_none_of_it_is_told_none():
    for pod in pods(rendered("small", "plain")).values():
        assert not {LOOKS, LANGUAGE, HEADERS} & environment(pod).keys()
