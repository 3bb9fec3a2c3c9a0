"""The policy, tried: every operation of every service by everyone who may stand to a person.

What is expected is read from the table (`shared/access/policy.py`) and from which action each
route asks for; neither is written down a second time here. First come those who may not, so that
nothing has changed when it is tried whether anything of hers is told to them.
"""

import sys
from dataclasses import replace

import pytest

from cosigne.reference.actions import operation_actions
from shared.access.policy import ANYONE, MEMBER, POLICY, tab_of
from tests.matrix.aiming import aimed, matched
from tests.matrix.quiet import HELD_BACK
from tests.matrix.standing_scene import EVERYONE, made_standings
from tests.matrix.test_her_answer_stands import entries_for
from tests.support.clients import ask
from tests.support.operations import every_operation

pytestmark = pytest.mark.xdist_group("matrix-policy-table")
ACTIONS = {(o.service, o.method, o.path): o.action for o in operation_actions()}
# what lets someone in, ends a relation or closes her record is done last of all
LAST = ("/emergency-accesses", "/closures", "/reviews", "/closure", "/endings", "/withdrawals",
        "/misfilings", "/departures", "/role-revocations", "/retirement", "/publication")  # fmt: skip
EVERY = [
    pytest.param(o, id=str(o))
    for o in sorted(every_operation(), key=lambda o: (o.path.endswith(LAST), str(o)))
]
MAY, UNKNOWN, NOT_YOURS, NOT_KNOWN = "may", "person.unknown", "action.not_yours", "caller.unknown"
OUTSIDE = ("caller.without_organisation",)
tried = {"operations": 0, "refused": 0, "allowed": 0, "leaks": 0}


@pytest.fixture(scope="module")
def everyone(installation):
    made = made_standings(installation)
    yield made
    counts = ", ".join(f"{name} {n}" for name, n in tried.items())
    sys.stdout.write(f"\npolicy table: {counts}\n")
    made.scene.leave()


def expected(operation, who) -> str:
    """What the table says of this operation for someone who stands so."""
    allowed = POLICY[ACTIONS[operation.service, operation.method, operation.path]]
    stands = EVERYONE[who]
    if ANYONE in allowed:
        return MAY
    if who == "operator":
        return MAY if "operator" in allowed else OUTSIDE[0]
    if not stands.known:
        return NOT_KNOWN
    if not operation.about_her:
        return MAY if allowed & {MEMBER, *stands.offices} else NOT_YOURS
    tab = tab_of(ACTIONS[operation.service, operation.method, operation.path])
    kinds = {k for k, tabs in stands.kinds.items() if tab is None or tabs is None or tab in tabs}
    if allowed & kinds:
        return MAY
    return UNKNOWN if kinds <= {"worker"} else NOT_YOURS


def answers(operation, made, who):
    """The answer to this operation, with everything in it hers."""
    scene, client = made.scene, made.scene.client(who)
    for aim in entries_for(operation, made.quiet)[:1]:
        call = aimed(operation, scene, who, **aim)
        if "person" in operation.query:
            call = replace(call, query={**call.query, "person": scene["person"]})
        answer = asked(operation, scene, who, call)
        if answer.status_code == 422 and answer.json()["code"] == "request.invalid":
            # the example as it is told, where putting her things in makes it unreadable
            call = replace(call, body=operation.example)
            answer = ask(client, operation, call)
        yield call, answer


def asked(operation, scene, who, call):
    """Whoever may is told which version to name, and names it."""
    client = scene.client(who)
    if expected(operation, who) == MAY:
        return matched(operation, scene, client, call)
    return ask(client, operation, call)


def those(operation, may: bool) -> list[str]:
    return [who for who in EVERYONE if (expected(operation, who) == MAY) is may]


def leaked(made, call, text) -> list[str]:
    """Her words in an answer, and ids of the scene that it was not asked about."""
    asked = {*call.places.values(), str(call.body), *call.query.values()}
    ids = [
        name
        for name, value in made.scene.ids.items()
        if value in text and not any(value in one for one in asked)
    ]
    return [*made.quiet.found(text).values(), *ids]


def test_the_search_would_find_her_words_as_she_reads_them(everyone):
    reads = [o for o in every_operation() if o.about_her and not o.changes]
    told = [answer.text for o in reads for _, answer in answers(o, everyone, "person")]
    assert len(everyone.quiet.found("".join(told))) >= HELD_BACK // 2


@pytest.mark.parametrize("operation", EVERY)
def test_who_may_not_is_told_so_and_nothing_of_hers(operation, everyone):
    told, leaks = {}, {}
    for who in those(operation, may=False):
        for call, answer in answers(operation, everyone, who):
            tried["refused"] += 1
            code = answer.json()["code"]
            if answer.status_code not in (403, 404) or code != expected(operation, who):
                told[who] = (answer.status_code, code, expected(operation, who))
            if found := leaked(everyone, call, answer.text):
                leaks[who] = found
    tried["operations"] += 1
    tried["leaks"] += len(leaks)
    assert leaks == {}
    assert told == {}


@pytest.mark.parametrize("operation", EVERY)
def test_who_may_is_let_in_and_answered_by_the_rules_of_the_domain(operation, everyone):
    turned_away = {}
    for who in those(operation, may=True):
        for _, answer in answers(operation, everyone, who):
            tried["allowed"] += 1
            assert answer.status_code < 500, answer.text
            code = answer.json().get("code") if answer.status_code >= 400 else None
            if code in (UNKNOWN, NOT_YOURS, NOT_KNOWN, *OUTSIDE):
                turned_away[who] = (answer.status_code, code)
    assert turned_away == {}
