"""Never a look at her record that she and the auditor cannot find again."""

import pytest

from tests.matrix import (  # noqa: F401 - each tells
    calls_answers,
    calls_delivery,
    calls_directory,
    calls_reporting,
)
from tests.matrix.calls import prepared
from tests.support.clients import ask
from tests.support.operations import every_operation

pytestmark = pytest.mark.xdist_group("matrix-two-houses")
LOOKERS = ("practitioner", "relative", "stand_in", "officer", "auditor", "administrator")
READS = [o for o in every_operation() if o.about_her and not o.changes]


@pytest.fixture(scope="module")
def looks(ours):
    """Everyone looks at all they may; who looked, in which service."""
    looked = set()
    for operation in READS:
        call = prepared(operation, ours)
        for who in LOOKERS:
            if ask(ours.client(who), operation, call).status_code == 200:
                looked.add((ours[who], f"{operation.service}.record_read"))
    ours.settled()
    return looked


def told(scene, who):
    """Every look that someone finds, page after page."""
    path, found = scene.her("/looks?limit=200&order=newest"), set()
    while path:
        answer = scene.ask(who, "reporting", path, method="GET")
        assert answer.status_code == 200, answer.text
        found |= {(e["actor"]["party"], e["type"]) for e in answer.json()["entries"]}
        link = answer.headers.get("Link", "")
        path = scene.her("/looks") + link.split(">")[0].strip("<") if link else None
    return found


@pytest.mark.parametrize("who", ["person", "auditor", "officer"])
def test_who_looked_is_found_again(who, looks, ours):
    assert len({looker for looker, _ in looks}) == len(LOOKERS)
    assert looks <= told(ours, who)
    assert not [party for party, _ in told(ours, who) if party == ours["person"]]
