"""Copies of a record: hers to make, and what is handed to her is noted by whoever hands it."""

from uuid import uuid4

import pytest

from services.reporting.domain.copies import (
    ASKED,
    MOST_PIECES,
    OWN,
    Copies,
    GiveCopy,
    MakeCopy,
    stream_of,
)
from services.reporting.domain.events import CopyGiven, ExportMade
from tests.reporting.summaries import ISABELLE, OLIVIER, act, noted, refusal

HERE = stream_of(OLIVIER)


def give(by=None, **more):
    told = {"audience": OLIVIER, "scope": "plan", "form": "paper", **more}
    return GiveCopy(act=by or act(ISABELLE), stream=HERE, **told)


def test_that_she_made_a_copy_is_told_and_for_whom():
    (hers,) = Copies(HERE).decide(MakeCopy(act=act(), stream=HERE))
    (asked,) = Copies(HERE).decide(MakeCopy(act=act(ISABELLE), stream=HERE))
    assert isinstance(hers, ExportMade)
    assert (hers.purpose, asked.purpose) == (OWN, ASKED)


def test_each_copy_is_one_of_its_own():
    state = Copies(HERE)
    for _ in range(2):
        (fact,) = state.decide(MakeCopy(act=act(), stream=HERE))
        state = state.follow(fact)
    assert state.version == 2


def test_a_paper_handed_over_or_read_aloud_is_told_with_what_was_on_it():
    piece = uuid4()
    (fact,) = Copies(HERE).decide(give(form="aloud", pieces=(piece,)))
    assert isinstance(fact, CopyGiven)
    assert (fact.audience, fact.form, fact.pieces) == (OLIVIER, "aloud", (piece,))


@pytest.mark.parametrize("right", ["access", "copy", "portability"])
def test_all_of_it_is_handed_over_because_it_was_asked_for(right):
    (fact,) = Copies(HERE).decide(give(scope="record", rights=(right,)))
    assert fact.scope == "record"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (MakeCopy(act=noted(), stream=HERE), "copy.own_sign_in"),
        (give(noted()), "copy.own_sign_in"),
        (give(form="smoke"), "value.not_in_list"),
        (give(scope="thoughts"), "value.not_in_list"),
        (give(scope="record"), "copy.not_asked"),
        (give(scope="record", rights=("erasure",)), "copy.not_asked"),
        (give(pieces=tuple(uuid4() for _ in range(MOST_PIECES + 1))), "length.too_large"),
    ],
)
def test_what_can_be_no_copy_is_refused(command, code):
    assert refusal(Copies(HERE), command) == code
