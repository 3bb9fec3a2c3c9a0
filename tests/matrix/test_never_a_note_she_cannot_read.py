"""Never a note about a person that she cannot read: whoever writes anything, she finds it again."""

from dataclasses import replace

import pytest

from tests.matrix.aiming import aimed, matched, tried
from tests.matrix.calls import once
from tests.matrix.quiet import Quiet, around, begun, free, rated, spared
from tests.matrix.scene import made_scene
from tests.support.operations import every_operation

pytestmark = pytest.mark.xdist_group("matrix-two-houses")
WRITERS = ("practitioner", "relative", "officer", "administrator", "stand_in", "representative")
TAKEN_BACK = ("/withdrawals", "/misfilings", "/closure")


@pytest.fixture(scope="module")
def notes(installation):
    """Everyone writes wherever words are taken, about her; each word and where it was written."""
    quiet = Quiet(made_scene(installation))
    for step in (begun, rated, around, spared):
        step(quiet)
    s = quiet.scene
    share = {"audience": [s["relative"]], "my_team": True, "parts": ["quality_of_life"]}
    s.made("person", "assessment", f"{quiet.path}/sharings", share)
    s.settled()
    written = {}
    for operation in every_operation():
        if not operation.changes or not operation.about_her or not free(operation):
            continue
        if operation.path.endswith(TAKEN_BACK):
            continue
        for who in WRITERS:
            written |= dict(written_by(who, operation, quiet))
    s.settled()
    yield s, written
    s.leave()


def written_by(who, operation, quiet):
    """The words that were kept, in one's own name and as noted for her."""
    s = quiet.scene
    call = aimed(operation, s, who, entry=quiet.entry(operation))
    alone = {name: value for name, value in call.body.items() if name != "act"}
    for act in ({}, {"act": s.noted()}):
        words = {name: once("mot") for name in free(operation)}
        asked = replace(call, body={**alone, **words, **act})
        answer = matched(operation, s, s.client(who), asked)
        if answer.status_code < 300 and answer.json().get("entries"):
            yield from ((word, f"{operation} by {who}") for word in words.values())


def test_she_reads_every_word_that_anyone_wrote_about_her(notes):
    s, written = notes
    assert len({where.split(" by ")[1] for where in written.values()}) >= 4
    client = s.client("person")
    read = "".join(
        answer.text
        for operation in every_operation()
        if not operation.changes and operation.about_her
        for answer in tried(operation, s, "person", client, entry=s["entry"])
    )
    assert {where for word, where in written.items() if word not in read} == set()
