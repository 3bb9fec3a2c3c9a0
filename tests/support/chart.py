"""The chart as Helm renders it, for each size and each kind of surroundings."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
CHART = ROOT / "deploy" / "helm" / "cosigne"
SCHEMAS = ROOT / "deploy" / "helm" / "schemas"
SIZES = ("small", "medium", "large")
AROUND = ("plain", "outside", "operators")
EVERY = [(size, around) for size in SIZES for around in AROUND]
EACH_ONCE = list(zip(SIZES, AROUND, strict=True))
TOOLS = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "cosigne" / "tools"
HELM = TOOLS / "helm-v3.22.0" / "helm"
KUBECONFORM = TOOLS / "kubeconform-v0.8.0" / "kubeconform"
KUBERNETES = "1.34.2"
MISSING = "no Helm here, and no Go to build it with (make chart-tools): the chart is not tried"
Object = Mapping[str, Any]


def required(tool: Path) -> str:
    """Where it is; else the test is skipped, or fails where nothing may be skipped."""
    found = str(tool) if tool.exists() else shutil.which(tool.name)
    if found is None:
        if os.environ.get("COSIGNE_NO_SKIPS"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    return found


def files(size: str, around: str) -> list[str]:
    return [f"--values={CHART / f'values-{size}.yaml'}", f"--values={CHART / 'ci' / around}.yaml"]


def helm(*told: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [required(HELM), *told], capture_output=True, text=True, check=False, timeout=120
    )


def template(*told: str) -> subprocess.CompletedProcess[str]:
    return helm("template", "cosigne", str(CHART), f"--kube-version={KUBERNETES}", *told)


def misfits(rendered_text: str) -> list[str]:
    """What does not fit the schema of its kind; an object of which none is kept is one too."""
    schemas = f"{SCHEMAS}/{{{{.ResourceKind}}}}_{{{{.ResourceAPIVersion}}}}.json"
    told = ["-strict", "-output=json", f"-schema-location={schemas}"]
    found = subprocess.run(
        [required(KUBECONFORM), *told],
        input=rendered_text, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    amiss = [f"{r['kind']} {r['name']}: {r['msg']}" for r in json.loads(found.stdout)["resources"]]
    assert bool(amiss) == bool(found.returncode), found.stdout
    return amiss


@cache
def text(size: str, around: str, *more: str) -> str:
    made = template(*files(size, around), *more)
    assert made.returncode == 0, made.stderr
    return made.stdout


@cache
def rendered(size: str, around: str, *more: str) -> tuple[Object, ...]:
    every = yaml.load_all(text(size, around, *more), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return tuple(one for one in every if one)


def of_kind(objects: tuple[Object, ...], *kinds: str) -> list[Object]:
    return [one for one in objects if one["kind"] in kinds]


def pods(objects: tuple[Object, ...]) -> dict[str, Object]:
    """Each pod that may run, by its component."""
    timed = [one["spec"]["jobTemplate"] for one in of_kind(objects, "CronJob")]
    found = [*of_kind(objects, "Deployment", "Job"), *timed]
    return {component(one["spec"]["template"]): one["spec"]["template"] for one in found}


def component(pod: Object) -> str:
    told: str = pod["metadata"]["labels"]["app.kubernetes.io/component"]
    return told


def container(pod: Object) -> Object:
    [only] = pod["spec"]["containers"]
    return only


def environment(pod: Object) -> dict[str, str]:
    return {one["name"]: one["value"] for one in container(pod)["env"]}


def every_string(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        for value in told.values():
            yield from every_string(value)
    elif isinstance(told, list):
        for value in told:
            yield from every_string(value)
