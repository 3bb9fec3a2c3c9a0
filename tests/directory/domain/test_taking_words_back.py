"""Words go; who may see what stays as it was."""

from datetime import date
from uuid import uuid4

import pytest

from services.directory.domain import events as e
from services.directory.domain.care import EndCareRelation, StartCareRelation
from services.directory.domain.consents import GiveConsent, WithdrawConsent
from services.directory.domain.emergency import OpenEmergencyAccess
from services.directory.domain.notices import AgreeWayOfWorking
from services.directory.domain.restrictions import LiftRestriction, RestrictAccess
from services.directory.domain.rights import AnswerRight, RequestRight
from shared.coproduction import DisputeContribution, MisfileEntry, WithdrawWords
from shared.kernel import Denied, NotFound, Refused
from tests.directory.domain.story import AWA, KIM, MAY, NEL, NOON, PAT, ROY

TODAY = date(2030, 3, 1)
TO_MAY = {
    "audience": MAY.id,
    "tabs": ("plan",),
    "purpose": "care",
    "until": date(2030, 9, 1),
    "words": "Pour maman.",
}
BY_KIM = {
    "party": KIM.id,
    "role": "practitioner",
    "site": uuid4(),
    "programme": uuid4(),
    "words": "Kim vous accompagne.",
}


def test_a_restriction_outlives_the_reason_she_gave(awa):
    [kept] = awa.when(RestrictAccess, AWA, audience=ROY.id, reason="C'est mon voisin.")
    again, withdrawn = awa.when(WithdrawWords, AWA, entry=kept.id)
    assert (again.audience, again.reason) == (ROY.id, None)
    assert again.act.occurred == kept.act.occurred
    assert withdrawn.entry == kept.id
    [restriction] = awa.state.restrictions.current.values()
    assert (restriction.audience, restriction.reason) == (ROY.id, None)
    awa.when(LiftRestriction, AWA, restriction=again.id)
    assert not awa.state.restrictions.current


def test_an_ended_consent_stays_ended_when_its_words_go(awa):
    [given] = awa.when(GiveConsent, AWA, **TO_MAY)
    [ended] = awa.when(WithdrawConsent, AWA, consent=given.id, words="Je lui dirai moi-même.")
    awa.when(WithdrawWords, AWA, entry=ended.id)
    assert awa.state.consents_in_force(TODAY) == ()
    assert awa.state.consents.given[given.id].ended


def test_a_running_consent_runs_on_without_its_words(awa):
    [given] = awa.when(GiveConsent, AWA, **TO_MAY)
    awa.when(WithdrawWords, AWA, entry=given.id)
    [running] = awa.state.consents_in_force(TODAY)
    assert (running.audience, running.words) == (MAY.id, None)


def test_what_no_longer_holds_is_not_said_again(awa):
    [given] = awa.when(GiveConsent, AWA, **TO_MAY)
    awa.when(WithdrawConsent, AWA, consent=given.id)
    assert [type(f) for f in awa.when(WithdrawWords, AWA, entry=given.id)] == [e.WordsWithdrawn]
    assert awa.state.consents_in_force(TODAY) == ()


def test_an_open_request_stays_due_and_an_answered_one_stays_answered(awa):
    [asked] = awa.when(RequestRight, AWA, right="copy", words="Vite.")
    awa.when(WithdrawWords, AWA, entry=asked.id)
    [request] = awa.state.rights.requests.values()
    assert (request.right, request.due, request.words) == ("copy", asked.due, None)
    [other] = awa.when(RequestRight, AWA, right="access", words="Aussi.")
    awa.when(AnswerRight, NEL, request=other.id, outcome="granted")
    assert len(awa.when(WithdrawWords, AWA, entry=other.id)) == 1
    assert [r.right for r in awa.state.rights.requests.values()] == ["copy"]


def test_her_way_of_working_stays_without_her_words(awa):
    [agreed] = awa.when(AgreeWayOfWorking, AWA, first="alone", words="Seule d'abord.")
    awa.when(WithdrawWords, AWA, entry=agreed.id)
    assert (awa.state.notices.way.first, awa.state.notices.way.words) == ("alone", None)
    [older] = awa.when(AgreeWayOfWorking, AWA, first="together", words="Avec Kim.")
    awa.when(AgreeWayOfWorking, AWA, first="alone")
    awa.when(WithdrawWords, AWA, entry=older.id)
    assert awa.state.notices.way.first == "alone"


def test_an_ended_relation_stays_ended(awa):
    [started] = awa.when(StartCareRelation, **BY_KIM)
    [ended] = awa.when(EndCareRelation, relation=started.id, words="Kim part.")
    awa.when(WithdrawWords, PAT, entry=ended.id)
    assert awa.state.care.current == ()


def test_what_she_was_told_of_a_relation_cannot_be_taken_back(awa):
    [started] = awa.when(StartCareRelation, **BY_KIM)
    for entry in (started.id, awa.facts[0].id):
        with pytest.raises(Refused, match=r"entry\.others_rest_on_it"):
            awa.when(WithdrawWords, PAT, entry=entry)


def test_neither_can_why_someone_opened_emergency_access(awa):
    expires = NOON.replace(hour=20)
    [opened] = awa.when(OpenEmergencyAccess, ROY, reason="Danger", expires=expires)
    with pytest.raises(Refused, match=r"entry\.others_rest_on_it"):
        awa.when(WithdrawWords, ROY, entry=opened.id)


def test_nobody_takes_back_the_words_of_another(awa):
    [kept] = awa.when(RestrictAccess, AWA, audience=ROY.id, reason="C'est mon voisin.")
    with pytest.raises(Denied, match=r"entry\.not_written_by_you"):
        awa.when(WithdrawWords, ROY, entry=kept.id)
    with pytest.raises(NotFound, match=r"entry\.unknown"):
        awa.when(WithdrawWords, AWA, entry=uuid4())


def test_a_worker_cannot_lift_a_restriction_by_calling_it_misfiled(awa):
    [noted] = awa.when(RestrictAccess, ROY, author=AWA, audience=ROY.id)
    with pytest.raises(Denied, match=r"entry\.closes_access"):
        awa.when(MisfileEntry, ROY, entry=noted.id)
    with pytest.raises(Denied, match=r"entry\.closes_access"):
        awa.when(MisfileEntry, ROY, author=AWA, entry=noted.id)
    awa.when(MisfileEntry, NEL, entry=noted.id, reason="Autre dossier.")
    assert not awa.state.restrictions.current


def test_a_relation_noted_in_the_wrong_record_ends_when_it_is_called_misfiled(awa):
    [started] = awa.when(StartCareRelation, **BY_KIM)
    awa.when(MisfileEntry, PAT, entry=started.id)
    assert awa.state.care.current == ()


def test_a_registration_is_never_misfiled(awa):
    with pytest.raises(Refused, match=r"entry\.others_rest_on_it"):
        awa.when(MisfileEntry, NEL, entry=awa.facts[0].id)


def test_the_words_of_a_dispute_can_be_taken_back(awa):
    [noted] = awa.when(GiveConsent, KIM, author=AWA, **TO_MAY)
    [disputed] = awa.when(DisputeContribution, AWA, entry=noted.id, reason="Pas dit.")
    awa.when(WithdrawWords, AWA, entry=disputed.id)
    assert awa.state.consents_in_force(TODAY) == ()


def test_an_erased_person_s_record_takes_nothing_new(awa):
    awa.when(GiveConsent, AWA, **TO_MAY)
    stamp = awa.state.stamp(RequestRight(act=awa.facts[-1].act, stream=awa.state.id, right="copy"))
    awa.facts.append(e.PersonErased(*stamp))
    awa.state = awa.state.follow(awa.facts[-1])
    assert awa.state.profile is None
    with pytest.raises(Refused, match=r"person\.erased"):
        awa.when(RequestRight, AWA, right="copy")
