"""To another organisation, what is here is what never was: every operation, every id, to the byte.

Generated from the OpenAPI of every service. Each call is made first with our ids by someone of the
other organisation, then with ids that nothing ever had; and at the end by us, so that we know it
was worth asking.
"""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.matrix import (  # noqa: F401 - each tells
    calls_answers,
    calls_delivery,
    calls_directory,
    calls_reporting,
)
from tests.matrix.calls import meant, prepared
from tests.support.clients import Call, ask, seen
from tests.support.operations import Slot, every_operation

pytestmark = pytest.mark.xdist_group("matrix-two-houses")
EVERY = [pytest.param(o, id=str(o)) for o in every_operation()]
KEY = "Idempotency-Key"
# kept as they are said: all three are tried in one call first
SAID = (("act", "because_of", "[]"), ("act", "site"), ("act", "programme"))


def asker(call: Call) -> str:
    """Who asks from elsewhere: the same role; an operator belongs nowhere."""
    return "administrator" if call.who == "operator" else call.who


def fine(answer) -> bool:
    return 200 <= answer.status_code < 300


def answered(call: Call, answer) -> bool:
    """As whoever may is answered; or refused by a rule that knows what it speaks of."""
    if call.refused:
        return (answer.status_code, answer.json()["code"]) == (409, call.refused)
    return fine(answer)


def shining(scene, text, asked=()) -> list[str]:
    """The things of this scene that a text tells of, besides those that it was asked about."""
    known = {name: value for name, value in scene.ids.items() if not name.startswith("spare_")}
    return [name for name, value in known.items() if value in text and value not in asked]


def same(scene, foreign, never, made) -> bool:
    """What a foreign id and one that never was must have in common; `made` pairs them."""
    if fine(foreign) and fine(never):
        # about their own things only: none of ours may shine through
        return shining(scene, foreign.text, made) == []
    return seen(foreign, [(id_, "id") for id_ in made]) == seen(
        never, [(id_, "id") for id_ in made.values()]
    )


@pytest.mark.parametrize("operation", EVERY)
def test_with_our_ids_they_hear_what_is_said_of_ids_that_never_were(operation, ours, theirs):
    call = prepared(operation, ours)
    never, made = call.never(operation)
    if not made:  # asked again with nothing of ours in it: what can be said but once is said anew
        never = prepared(operation, ours)
    client = theirs.client(asker(call))
    foreign, nothing = ask(client, operation, call), ask(client, operation, never)
    assert same(ours, foreign, nothing, made), (foreign.text, nothing.text)
    answer = ask(ours.client(call.who), operation, call)
    assert answered(call, answer), f"nor may {call.who}: {answer.status_code} {answer.text}"


def tried(operation) -> Iterator[tuple[Slot, ...]]:
    """Which ids are ours in one call of theirs: those that are only kept at once, others alone."""
    said = tuple(slot for slot in operation.slots if slot.way in SAID)
    yield from ((slot,) for slot in operation.slots if slot not in said)
    if said:
        yield said


@pytest.mark.parametrize("operation", [o for o in EVERY if o.values[0].slots])
def test_one_id_of_ours_in_a_call_of_theirs_is_an_id_that_never_was(operation, ours, theirs):
    our_call, call = prepared(operation, ours), prepared(operation, theirs)
    waiting = list(tried(operation))
    while waiting:
        slots = waiting.pop(0)
        made = {our_call.at(slot) or ours[meant(operation, slot)]: str(uuid4()) for slot in slots}
        answers = []
        for ids in (made.values(), made.keys()):
            asked = call
            for slot, value in zip(slots, ids, strict=True):
                asked = asked.put(operation, slot, value)
            answers.append(ask(theirs.client(asker(call)), operation, asked))
            if fine(answers[-1]):
                call = prepared(operation, theirs)
        never, foreign = answers
        assert same(ours, foreign, never, made), ([str(s) for s in slots], foreign.text, never.text)
        if len(slots) > 1 and not fine(foreign):
            waiting += [(slot,) for slot in slots]


@pytest.mark.parametrize("operation", [o for o in EVERY if o.values[0].changes])
def test_the_same_key_in_two_organisations_is_two_commands(operation, ours, theirs):
    if operation.path == "/organisations":
        pytest.skip("an operator belongs to no organisation")
    key = {KEY: str(uuid4())}
    call, our_call = prepared(operation, theirs), prepared(operation, ours)
    mine = ask(ours.client(our_call.who), operation, our_call, key)
    answer = ask(theirs.client(call.who), operation, call, key)
    assert answered(our_call, mine), mine.text
    assert answered(call, answer), answer.text
    assert shining(ours, answer.text) == []
    entries = mine.json().get("entries", [])
    assert not [entry for entry in entries if entry in answer.text]


@pytest.mark.parametrize("operation", [o for o in EVERY if "cursor" in o.values[0].query])
def test_a_cursor_of_ours_is_a_cursor_nobody_ever_gave(operation, ours, theirs):
    call, their_call = prepared(operation, ours), prepared(operation, theirs)
    first = ask(ours.client(call.who), operation, call)
    assert 'rel="next"' in first.headers.get("Link", ""), f"there is no second page: {first.text}"
    cursor = first.headers["Link"].split("cursor=")[1].split(">")[0].split("&")[0]
    answers = []
    for given in (cursor, "A" * len(cursor)):
        query = {**their_call.query, "cursor": given}
        asked = Call(their_call.who, their_call.places, query=query)
        answers.append(seen(ask(theirs.client(asked.who), operation, asked)))
    assert answers[0] == answers[1]
    assert answers[0].status == 422
    mine = Call(call.who, call.places, query={**call.query, "cursor": cursor})
    assert fine(ask(ours.client(call.who), operation, mine))
