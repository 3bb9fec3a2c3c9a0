"""To another organisation, what is here is what never was: every operation, every id, to the byte.

Generated from the OpenAPI of every service. Each call is made first with our ids by someone of the
other organisation, then with ids that nothing ever had; and at the end by us, so that we know it
was worth asking.
"""

from uuid import uuid4

import pytest

from tests.matrix import calls_answers, calls_directory, calls_reporting  # noqa: F401 - each tells
from tests.matrix.calls import meant, prepared
from tests.support.clients import Call, ask, seen
from tests.support.operations import every_operation

EVERY = [pytest.param(o, id=str(o)) for o in every_operation()]
KEY = "Idempotency-Key"


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


def foreign_ids(scene, text) -> list[str]:
    """The names of the things of this scene that a text tells of."""
    return [name for name, value in scene.ids.items() if value in text]


@pytest.mark.parametrize("operation", EVERY)
def test_with_our_ids_they_hear_what_is_said_of_ids_that_never_were(operation, ours, theirs):
    call = prepared(operation, ours)
    never, made = call.never(operation)
    client = theirs.client(asker(call))
    for wanted in (call, never):
        assert (wanted.who, bool(made)) == (call.who, bool(call.ids(operation)))
    echoed = [(mine, never_was) for mine, never_was in made.items()]
    hers, nothing = ask(client, operation, call), ask(client, operation, never)
    if fine(hers) and fine(nothing):
        # about their own things only: none of ours may shine through
        repeated = {name for name, value in ours.ids.items() if value in made}
        assert set(foreign_ids(ours, hers.text)) <= repeated
    else:
        assert seen(hers, echoed) == seen(nothing)
    answer = ask(ours.client(call.who), operation, call)
    assert answered(call, answer), f"nor may {call.who}: {answer.status_code} {answer.text}"


@pytest.mark.parametrize("operation", [o for o in EVERY if o.values[0].slots])
def test_one_id_of_ours_in_a_call_of_theirs_is_an_id_that_never_was(operation, ours, theirs):
    our_call, call = prepared(operation, ours), prepared(operation, theirs)
    who = asker(call)
    for slot in operation.slots:
        ours_here = our_call.at(slot) or ours[meant(operation, slot)]
        told = {}
        for value in (str(uuid4()), ours_here):
            answer = ask(theirs.client(who), operation, call.put(operation, slot, value))
            told[value] = seen(answer, [(value, "id")])
            if fine(answer):
                call = prepared(operation, theirs)
        never, foreign = told.values()
        if 200 <= foreign.status < 300 and 200 <= never.status < 300:
            repeated = {n for n, value in ours.ids.items() if value == ours_here}
            assert set(foreign_ids(ours, foreign.body)) <= repeated, slot
        else:
            assert foreign == never, slot


@pytest.mark.parametrize("operation", [o for o in EVERY if o.values[0].changes])
def test_the_same_key_in_two_organisations_is_two_commands(operation, ours, theirs):
    if operation.path == "/v1/organisations":
        pytest.skip("an operator belongs to no organisation")
    key = {KEY: str(uuid4())}
    call, our_call = prepared(operation, theirs), prepared(operation, ours)
    mine = ask(ours.client(our_call.who), operation, our_call, key)
    answer = ask(theirs.client(call.who), operation, call, key)
    assert answered(our_call, mine), mine.text
    assert answered(call, answer), answer.text
    assert foreign_ids(ours, answer.text) == []
    entries = mine.json().get("entries", [])
    assert not [entry for entry in entries if entry in answer.text]


@pytest.mark.parametrize("operation", [o for o in EVERY if "cursor" in o.values[0].query])
def test_a_cursor_of_ours_is_a_cursor_nobody_ever_gave(operation, ours, theirs):
    call = prepared(operation, ours)
    first = ask(ours.client(call.who), operation, call)
    assert 'rel="next"' in first.headers.get("Link", ""), "there is no second page to ask for"
    cursor = first.headers["Link"].split("cursor=")[1].split(">")[0].split("&")[0]
    their_call = prepared(operation, theirs)
    answers = []
    for given in (cursor, "A" * len(cursor)):
        query = {**their_call.query, "cursor": given}
        asked = Call(their_call.who, their_call.places, query=query)
        answers.append(seen(ask(theirs.client(asked.who), operation, asked)))
    assert answers[0] == answers[1]
    assert answers[0].status == 422
    mine = Call(call.who, call.places, query={**call.query, "cursor": cursor})
    assert fine(ask(ours.client(call.who), operation, mine))
