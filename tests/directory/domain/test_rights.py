from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from services.directory.domain.consents import GiveConsent
from services.directory.domain.representation import StartRepresentation
from services.directory.domain.rights import AnswerRight, ExtendRight, RequestRight
from shared.kernel import Denied, Invalid, NotFound, Refused
from tests.directory.domain.story import AWA, KIM, NEL, REP, act

LATER = date(2032, 3, 1)


def test_a_request_is_due_within_a_month(awa):
    [asked] = awa.when(RequestRight, AWA, right="copy")
    assert asked.due == date(2030, 3, 31)
    [sooner] = awa.when(RequestRight, AWA, right="access", due=date(2030, 3, 10))
    assert sooner.due == date(2030, 3, 10)


@pytest.mark.parametrize("due", [date(2030, 3, 1), date(2030, 4, 2)])
def test_a_request_is_never_due_at_once_nor_after_the_month(awa, due):
    with pytest.raises(Invalid, match=r"right\.due"):
        awa.when(RequestRight, AWA, right="copy", due=due)


def test_asking_the_same_twice_is_one_request_until_it_is_answered(awa):
    [asked] = awa.when(RequestRight, AWA, right="copy")
    assert awa.when(RequestRight, AWA, right="copy") == []
    awa.when(AnswerRight, NEL, request=asked.id, outcome="granted")
    assert len(awa.when(RequestRight, AWA, right="copy")) == 1


def test_she_or_her_representative_asks_and_nobody_else(awa):
    with pytest.raises(Denied, match=r"relations\.hers"):
        awa.when(RequestRight, KIM, right="copy")
    with pytest.raises(Denied, match=r"relations\.hers"):
        awa.when(RequestRight, REP, right="copy")
    one = {"party": REP.id, "kind": "tutelle", "until": LATER}
    awa.when(StartRepresentation, scope=("money",), **one)
    with pytest.raises(Denied, match=r"relations\.hers"):
        awa.when(RequestRight, REP, right="copy")
    awa.when(StartRepresentation, scope=("rights",), **one)
    assert len(awa.when(RequestRight, REP, right="copy")) == 1


def test_whoever_spoke_for_her_once_does_not_do_so_today_by_saying_it_was_then(awa):
    """Their authority over sharing has run out; over money, it goes on."""
    until = {"sharing": date(2030, 4, 1), "rights": date(2030, 4, 1), "money": LATER}
    for scope, day in until.items():
        awa.when(StartRepresentation, party=REP.id, kind="tutelle", scope=(scope,), until=day)
    then, now = datetime(2030, 3, 15, 15, tzinfo=UTC), datetime(2030, 5, 2, 15, tzinfo=UTC)
    dressed = replace(act(REP, at=now), occurred=then)
    consent = {"audience": KIM.id, "tabs": ("plan",), "purpose": "care", "until": LATER}
    for command in (
        RequestRight(act=dressed, stream=awa.state.id, right="copy"),
        GiveConsent(act=dressed, stream=awa.state.id, **consent),
    ):
        with pytest.raises(Denied, match=r"relations\.hers"):
            awa.state.decide(command)


def test_a_privacy_officer_answers_once(awa):
    [asked] = awa.when(RequestRight, AWA, right="copy")
    with pytest.raises(Denied, match=r"right\.by_privacy_officer"):
        awa.when(AnswerRight, KIM, request=asked.id, outcome="granted")
    [answered] = awa.when(AnswerRight, NEL, request=asked.id, outcome="granted")
    assert awa.state.rights.requests[asked.id].outcome == answered.outcome == "granted"
    assert awa.when(AnswerRight, NEL, request=asked.id, outcome="granted") == []
    with pytest.raises(Refused, match=r"right\.answered_already"):
        awa.when(
            AnswerRight,
            NEL,
            request=asked.id,
            outcome="refused",
            reason="Non",
            recourse="CAI",
        )


@pytest.mark.parametrize("outcome", ["partly", "refused"])
def test_an_answer_that_does_not_grant_everything_says_why_and_where_to_go(awa, outcome):
    [asked] = awa.when(RequestRight, AWA, right="rectification", words="Tout, s'il vous plaît.")
    with pytest.raises(Invalid, match=r"right\.needs_reason"):
        awa.when(AnswerRight, NEL, request=asked.id, outcome=outcome, recourse="CAI")
    with pytest.raises(Invalid, match=r"right\.needs_recourse"):
        awa.when(AnswerRight, NEL, request=asked.id, outcome=outcome, reason="La loi.")
    awa.when(AnswerRight, NEL, request=asked.id, outcome=outcome, reason="La loi.", recourse="CAI")
    request = awa.state.rights.requests[asked.id]
    assert (request.outcome, request.reason, request.recourse) == (outcome, "La loi.", "CAI")


def test_a_request_nobody_made_has_no_answer(awa):
    with pytest.raises(NotFound, match=r"right\.unknown"):
        awa.when(AnswerRight, NEL, request=uuid4(), outcome="granted")


def extend(awa, request, due, country="FR", reason="Un dossier de vingt ans.", by=NEL):
    return awa.when(ExtendRight, by, request=request, due=due, country=country, reason=reason)


def test_an_answer_is_put_off_once_with_a_reason_and_as_far_as_the_law_goes(awa):
    [asked] = awa.when(RequestRight, AWA, right="copy")
    with pytest.raises(Denied, match=r"right\.by_privacy_officer"):
        extend(awa, asked.id, date(2030, 4, 30), by=KIM)
    with pytest.raises(Invalid, match=r"text\.empty"):
        extend(awa, asked.id, date(2030, 4, 30), reason=" ")
    with pytest.raises(Invalid, match=r"right\.due"):
        extend(awa, asked.id, date(2030, 6, 1))
    extend(awa, asked.id, date(2030, 5, 30))
    request = awa.state.rights.requests[asked.id]
    assert (request.due, request.extended) == (date(2030, 5, 30), "Un dossier de vingt ans.")
    assert extend(awa, asked.id, date(2030, 5, 30)) == []
    with pytest.raises(Refused, match=r"right\.extended_already"):
        extend(awa, asked.id, date(2030, 6, 10))


def test_each_country_has_its_own_longest_day_and_some_have_none(awa):
    [asked] = awa.when(RequestRight, AWA, right="copy")
    with pytest.raises(Refused, match=r"right\.never_extended"):
        extend(awa, asked.id, date(2030, 4, 5), country="BE")
    with pytest.raises(Invalid, match=r"right\.due"):
        extend(awa, asked.id, date(2030, 4, 11), country="CA-QC")
    assert len(extend(awa, asked.id, date(2030, 4, 10), country="CA-QC")) == 1


def test_what_is_overdue_or_answered_is_not_put_off(awa):
    [asked] = awa.when(RequestRight, AWA, right="copy")
    late = datetime(2030, 4, 2, 12, tzinfo=UTC)
    with pytest.raises(Refused, match=r"right\.overdue"):
        awa.when(
            ExtendRight, NEL, at=late, request=asked.id, due=date(2030, 4, 20), country="FR",
            reason="Trop tard.",
        )  # fmt: skip
    awa.when(AnswerRight, NEL, request=asked.id, outcome="granted")
    with pytest.raises(Refused, match=r"right\.answered_already"):
        extend(awa, asked.id, date(2030, 4, 20))


def test_a_request_may_name_the_look_that_worries_her(awa):
    look = uuid4()
    [asked] = awa.when(RequestRight, AWA, right="explanation", about=look)
    assert awa.state.rights.requests[asked.id].about == look
    assert awa.when(RequestRight, AWA, right="explanation", about=look) == []
    assert len(awa.when(RequestRight, AWA, right="explanation", about=uuid4())) == 1
