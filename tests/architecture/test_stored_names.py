import json
import re

import pytest

from shared.contracts.changes import broken
from shared.contracts.schema import FOLDER, path_of, schema_of
from tests.architecture.freeze import frozen_names, grown, named
from tests.support.registry import every_fact

FACTS = every_fact()
KINDS = [pytest.param(kind, id=topic) for topic, kind in FACTS.items()]
FREEZE = "run `python -m tests.architecture.freeze` and commit what it adds"
HOW = "see docs/how-to/add-a-fact.md"


@pytest.mark.parametrize("kind", KINDS)
def test_a_stored_name_says_its_service_and_its_class(kind):
    service = kind.__module__.split(".")[1]
    snake = re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
    assert f"{service}.{snake}" == kind.TOPIC


def test_no_stored_name_is_ever_given_up():
    gone = sorted(set(frozen_names()) - set(FACTS))
    assert not gone, f"{gone} lie in databases: keep their classes, even if nothing records them"


@pytest.mark.parametrize("kind", KINDS)
def test_a_frozen_fact_only_grows(kind):
    was = frozen_names().get(kind.TOPIC)
    assert was, f"{kind.TOPIC} is not frozen yet: {FREEZE}"
    assert kind.class_version >= was["version"], f"{kind.TOPIC} lost a version: {HOW}"
    assert grown(was, named(kind)), (
        f"{kind.TOPIC} was frozen with {was['fields']}: a new meaning is a new fact; a field that "
        f"changes needs class_version {was['version'] + 1} and an upcast: {HOW}"
    )
    assert was == named(kind), f"{kind.TOPIC} has grown: {FREEZE}"


@pytest.mark.parametrize("kind", KINDS)
def test_a_published_contract_only_grows(kind):
    file = path_of(kind.TOPIC, kind.class_version)
    assert file.exists(), f"{kind.TOPIC} has no contract for v{kind.class_version}: {FREEZE}"
    was, now = json.loads(file.read_text("utf-8")), schema_of(kind)
    breaks = list(broken(was, now))
    assert not breaks, (
        f"{file.name}: {'; '.join(map(str, breaks))}. Within a version a field may only be added, and only "
        f"one that may be absent: {HOW}"
    )
    assert was == now, f"{file.name} has grown: {FREEZE}"


@pytest.mark.parametrize("kind", KINDS)
def test_the_contract_of_every_older_version_is_kept(kind):
    for version in range(1, kind.class_version):
        assert path_of(kind.TOPIC, version).exists(), f"{kind.TOPIC} v{version} still lies in logs"


def test_no_contract_stands_for_a_fact_that_is_not_there():
    known = {path_of(t, v) for t, k in FACTS.items() for v in range(1, k.class_version + 1)}
    assert not sorted(set(FOLDER.rglob("*.json")) - known)


# ── that the freeze bites ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("now", "fine"),
    [
        ({"version": 1, "fields": {"a": "str", "b": "int | None"}}, True),
        ({"version": 2, "fields": {"c": "str"}}, True),
        ({"version": 1, "fields": {"a": "int"}}, False),
        ({"version": 1, "fields": {}}, False),
    ],
)
def test_a_frozen_name_grows_or_rises_or_fails(now, fine):
    assert grown({"version": 1, "fields": {"a": "str"}}, now) is fine
