"""How a dispute stands after each thing that was said of it, and where it is answered."""

from uuid import UUID, uuid4

import pytest

from services.reporting.domain.disputes import (
    ANSWERED,
    DISPUTED,
    ONE_PLACE,
    PLACES,
    SETTLED,
    Dispute,
    Said,
    address,
)
from tests.support.operations import every_operation


def told(*said: tuple[str, str | None]) -> Dispute:
    dispute = Dispute()
    for kind, outcome in said:
        dispute = dispute.hear(Said(uuid4(), kind, outcome))
    return dispute


DISPUTES, KEEPS = (DISPUTED, None), (ANSWERED, "kept")


@pytest.mark.parametrize(
    ("said", "state", "outcome"),
    [
        ([DISPUTES], "open", None),
        ([DISPUTES, KEEPS], "answered", None),
        ([DISPUTES, KEEPS, DISPUTES], "not_agreed", None),
        ([DISPUTES, KEEPS, DISPUTES, DISPUTES], "not_agreed", None),
        ([DISPUTES, (ANSWERED, "accepted")], "agreed", "accepted"),
        ([DISPUTES, KEEPS, (SETTLED, "kept")], "settled", "kept"),
        ([DISPUTES, (SETTLED, "accepted")], "settled", "accepted"),
        ([DISPUTES, (SETTLED, "kept"), DISPUTES], "open", None),
    ],
)
def test_it_stands_as_was_said_last(said, state, outcome):
    dispute = told(*said)
    assert (dispute.state, dispute.outcome) == (state, outcome)


def test_a_second_dispute_of_the_same_is_not_a_new_beginning():
    dispute = told(DISPUTES, KEEPS, DISPUTES)
    assert dispute.begun == dispute.said[0].entry
    again = told(DISPUTES, KEEPS, (SETTLED, "kept"), DISPUTES)
    assert again.begun == again.said[3].entry


def test_an_answer_whose_words_are_gone_decides_what_it_decided():
    dispute = told(DISPUTES, (ANSWERED, None))
    assert dispute.state == "answered"
    dispute = dispute.with_outcome(dispute.said[1].entry, "accepted")
    assert (dispute.state, dispute.outcome) == ("agreed", "accepted")


def test_what_was_taken_back_waits_for_nobody():
    dispute = Dispute(told(DISPUTES, KEEPS).said, taken_back=True)
    assert (dispute.state, dispute.outcome) == ("taken_back", None)


def test_every_place_where_entries_are_answered_is_told():
    ids = dict.fromkeys(("person", "stream"), "{}")
    told = {(service, place.format(**ids)) for (service, _), place in PLACES.items()}
    told |= {(service, place.format(**ids)) for service, place in ONE_PLACE.items()}
    end = "/entries/{entry}/dispute-settlements"
    there = set()
    for one in every_operation():
        path = one.path.removeprefix("/v1")
        if path.endswith(end):
            parts = path.removesuffix(end).split("/")
            there.add((one.service, "/".join("{}" if p.startswith("{") else p for p in parts)))
    assert told == there


def test_it_names_the_person_the_stream_and_the_entry():
    person, stream, entry = (UUID(int=n) for n in (1, 2, 3))
    at = address("plans", "plan_opened", person=person, stream=stream, entry=entry)
    assert at == f"/plans/v1/persons/{person}/plans/{stream}/entries/{entry}"
    assert address("reporting", "", person=person, stream=stream, entry=entry) is None
