from datetime import UTC, datetime, timedelta

import pytest

from services.directory.domain import events as e
from services.directory.domain.erasure import (
    STATEMENT,
    BeginErasure,
    CallOffErasure,
    CertifyErasure,
    ErasePerson,
)
from services.directory.domain.relations import Relations, stream_of
from services.directory.domain.representation import StartRepresentation
from services.directory.domain.rights import AnswerRight, RequestRight
from shared.coproduction import WithdrawWords, replay, silent
from shared.kernel import Denied, Invalid, NotFound, Refused
from tests.directory.domain.story import AWA, KIM, NEL, PAT, REP

LATER = datetime(2030, 4, 1, 12, tzinfo=UTC)
LOGS = (e.ErasedLog("directory", 12, 9), e.ErasedLog("plans", 40, 31))


def asked_for(awa, **more):
    return awa.when(RequestRight, AWA, right="erasure", statement=STATEMENT, **more)[-1]


@pytest.fixture
def granted(awa):
    """All was asked to be erased, and a privacy officer said yes."""
    request = asked_for(awa)
    return awa.when(AnswerRight, NEL, request=request.id, outcome="granted", delay=7)[-1]


def test_she_says_that_she_has_read_what_goes_and_what_stays(awa):
    for statement in (None, "2020-01"):
        with pytest.raises(Invalid, match=r"erasure\.read_first"):
            awa.when(RequestRight, AWA, right="erasure", statement=statement)
    read, asked = awa.when(
        RequestRight, AWA, right="erasure", statement=STATEMENT, language="en", words="Tout."
    )
    assert (read.text, read.version, read.language) == ("erasing_all", STATEMENT, "en")
    assert (asked.right, asked.words) == ("erasure", "Tout.")


def test_granted_it_comes_after_the_days_in_which_she_may_change_her_mind(awa, granted):
    assert granted.after == granted.act.at + timedelta(days=7)
    assert awa.state.erasures.under_way.id == granted.id
    assert asked_for_nothing_more(awa)


def asked_for_nothing_more(awa):
    return awa.when(RequestRight, AWA, right="erasure", statement=STATEMENT) == []


@pytest.mark.parametrize("outcome", ["partly", "refused"])
def test_an_answer_that_does_not_grant_it_schedules_nothing(awa, outcome):
    request = asked_for(awa)
    reason = {"reason": "La loi nous fait garder…", "recourse": "CAI"}
    assert len(awa.when(AnswerRight, NEL, request=request.id, outcome=outcome, **reason)) == 1
    assert awa.state.erasures.under_way is None


def test_she_or_her_representative_calls_it_off_and_nobody_else(awa, granted):
    for other in (KIM, NEL, PAT, REP):
        with pytest.raises(Denied, match=r"relations\.hers"):
            awa.when(CallOffErasure, other, erasure=granted.id)
    assert len(awa.when(CallOffErasure, AWA, erasure=granted.id)) == 1
    assert awa.when(CallOffErasure, AWA, erasure=granted.id) == []
    with pytest.raises(Refused, match=r"erasure\.called_off"):
        awa.when(BeginErasure, NEL, at=LATER, erasure=granted.id)
    assert asked_for(awa).right == "erasure"


def test_a_representative_may_call_it_off(awa):
    until = datetime(2032, 3, 1, tzinfo=UTC).date()
    awa.when(StartRepresentation, party=REP.id, kind="tutelle", scope=("rights",), until=until)
    request = asked_for(awa)
    granted = awa.when(AnswerRight, NEL, request=request.id, outcome="granted")[-1]
    assert len(awa.when(CallOffErasure, REP, erasure=granted.id)) == 1


def test_it_begins_on_its_day_and_from_then_on_nobody_calls_it_off(awa, granted):
    with pytest.raises(Refused, match=r"erasure\.not_yet"):
        awa.when(BeginErasure, NEL, erasure=granted.id)
    assert len(awa.when(BeginErasure, NEL, at=LATER, erasure=granted.id)) == 1
    assert awa.when(BeginErasure, NEL, at=LATER, erasure=granted.id) == []
    with pytest.raises(Refused, match=r"erasure\.begun"):
        awa.when(CallOffErasure, AWA, erasure=granted.id)


def test_once_its_day_has_come_it_is_too_late_even_if_it_has_not_begun(awa, granted):
    with pytest.raises(Refused, match=r"erasure\.begun"):
        awa.when(CallOffErasure, AWA, at=LATER, erasure=granted.id)


def test_nothing_is_erased_that_has_not_begun(awa, granted):
    with pytest.raises(Refused, match=r"erasure\.not_begun"):
        awa.when(ErasePerson, NEL, at=LATER)


def test_a_restored_record_is_erased_again_from_the_list_alone(awa):
    assert len(awa.when(ErasePerson, NEL, listed=True)) == 1
    assert awa.state.erased


def erased(awa, granted):
    awa.when(BeginErasure, NEL, at=LATER, erasure=granted.id)
    awa.when(ErasePerson, NEL, at=LATER)


def test_nothing_more_is_recorded_of_an_erased_person_but_the_certificate(awa, granted):
    erased(awa, granted)
    assert awa.state.profile is None
    with pytest.raises(Refused, match=r"person\.erased"):
        awa.when(RequestRight, AWA, right="copy")
    [certified] = awa.when(CertifyErasure, NEL, at=LATER, erasure=granted.id, logs=LOGS)
    assert certified.logs == LOGS
    assert awa.when(CertifyErasure, NEL, at=LATER, erasure=granted.id, logs=LOGS) == []


def test_nothing_is_certified_before_it_is_done(awa, granted):
    assert awa.when(CertifyErasure, NEL, erasure=granted.id, logs=LOGS) == []


def test_with_the_key_gone_her_stream_still_says_that_she_was_erased(awa, granted):
    erased(awa, granted)
    left = [f if getattr(f, "sealed_for", "subject") == "tenant" else silent(f) for f in awa.facts]
    known = replay(Relations(stream_of(AWA.id)), left)
    assert known.erased
    assert known.erasures == awa.state.erasures
    assert known.version == awa.state.version


def test_how_far_an_erasure_is_cannot_be_taken_back(awa, granted):
    with pytest.raises(Refused, match=r"entry\.others_rest_on_it"):
        awa.when(WithdrawWords, NEL, entry=granted.id)


def test_an_erasure_nobody_granted_is_unknown(awa):
    with pytest.raises(NotFound, match=r"erasure\.unknown"):
        awa.when(CallOffErasure, AWA, erasure=AWA.id)
