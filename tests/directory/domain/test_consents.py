from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from services.directory.domain import events as e
from services.directory.domain.consents import GiveConsent, WithdrawConsent
from services.directory.domain.representation import StartRepresentation
from shared.coproduction import ConfirmContribution, DisputeContribution
from shared.kernel import Denied, Invalid, NotFound
from tests.directory.domain.story import AWA, KIM, MAY, NEL, REP

TODAY = date(2030, 3, 1)
TO_MAY = {
    "audience": MAY.id,
    "tabs": ("plan", "quality_of_life"),
    "purpose": "care",
    "until": date(2030, 9, 1),
}


def test_a_consent_says_to_whom_which_tabs_what_for_and_until_when(awa):
    [given] = awa.when(GiveConsent, AWA, **TO_MAY)
    assert (given.audience, given.tabs) == (MAY.id, ("quality_of_life", "plan"))
    assert [c.id for c in awa.state.consents_in_force(TODAY)] == [given.id]
    assert awa.state.consents_in_force(date(2030, 9, 2)) == ()


def test_the_same_consent_twice_is_recorded_once_and_again_after_its_end(awa):
    [given] = awa.when(GiveConsent, AWA, **TO_MAY)
    assert awa.when(GiveConsent, AWA, **TO_MAY) == []
    awa.when(WithdrawConsent, AWA, consent=given.id)
    assert len(awa.when(GiveConsent, AWA, **TO_MAY)) == 1


def test_ending_a_consent_needs_no_reason_and_happens_once(awa):
    [given] = awa.when(GiveConsent, AWA, **TO_MAY)
    [withdrawn] = awa.when(WithdrawConsent, AWA, consent=given.id)
    assert (withdrawn.audience, withdrawn.words) == (MAY.id, None)
    assert awa.when(WithdrawConsent, AWA, consent=given.id) == []
    assert awa.state.consents_in_force(TODAY) == ()


def test_a_consent_noted_for_her_waits_until_she_confirms_it(awa):
    [noted] = awa.when(GiveConsent, KIM, author=AWA, **TO_MAY)
    assert awa.state.consents_in_force(TODAY) == ()
    awa.when(ConfirmContribution, AWA, entry=noted.id)
    assert [c.id for c in awa.state.consents_in_force(TODAY)] == [noted.id]


def test_giving_oneself_what_was_only_noted_is_recorded(awa):
    awa.when(GiveConsent, KIM, author=AWA, **TO_MAY)
    [given] = awa.when(GiveConsent, AWA, **TO_MAY)
    assert [c.id for c in awa.state.consents_in_force(TODAY)] == [given.id]


def test_a_consent_she_disputes_is_over_whatever_is_answered(awa):
    [noted] = awa.when(GiveConsent, KIM, author=AWA, **TO_MAY)
    awa.when(DisputeContribution, AWA, entry=noted.id, reason="Je n'ai pas dit oui.")
    assert awa.state.consents_in_force(TODAY) == ()
    assert awa.state.consents.given[noted.id].ended


def test_nobody_consents_in_her_place(awa):
    for someone in (KIM, MAY, NEL, REP):
        with pytest.raises(Denied, match=r"relations\.hers"):
            awa.when(GiveConsent, someone, **TO_MAY)


def test_a_representative_consents_only_within_a_scope_that_says_so(awa):
    until = date(2031, 1, 1)
    awa.when(StartRepresentation, party=REP.id, kind="tutelle", scope=("money",), until=until)
    with pytest.raises(Denied, match=r"relations\.hers"):
        awa.when(GiveConsent, REP, **TO_MAY)
    awa.when(StartRepresentation, party=REP.id, kind="tutelle", scope=("sharing",), until=until)
    assert len(awa.when(GiveConsent, REP, **TO_MAY)) == 1
    after = datetime(2031, 1, 2, tzinfo=UTC)
    later = TO_MAY | {"until": date(2031, 6, 1)}
    with pytest.raises(Denied, match=r"relations\.hers"):
        awa.when(GiveConsent, REP, at=after, **later)


def test_an_assistant_helps_and_does_not_consent(awa):
    awa.when(
        StartRepresentation,
        party=REP.id,
        kind="assistance reconnue",
        scope=("sharing",),
        until=date(2031, 1, 1),
        role="assistant",
    )
    with pytest.raises(Denied, match=r"relations\.hers"):
        awa.when(GiveConsent, REP, **TO_MAY)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"audience": None}, "audience.one"),
        ({"category": "relative"}, "audience.one"),
        ({"audience": None, "category": "neighbour"}, "value.not_in_list"),
        ({"audience": AWA.id}, "party.herself"),
        ({"tabs": ()}, "length.too_small"),
        ({"tabs": ("diary",)}, "value.not_in_list"),
        ({"purpose": "curiosity"}, "value.not_in_list"),
        ({"until": date(2030, 2, 28)}, "day.past"),
    ],
)
def test_a_consent_that_says_too_little_is_refused(awa, fields, code):
    with pytest.raises(Invalid) as refused:
        awa.when(GiveConsent, AWA, **TO_MAY | fields)
    assert refused.value.code == code


def test_a_consent_to_a_category_is_one_consent(awa):
    [given] = awa.when(GiveConsent, AWA, **TO_MAY | {"audience": None, "category": "peer_worker"})
    assert isinstance(given, e.ConsentGiven)
    assert (given.audience, given.category) == (None, "peer_worker")


def test_a_consent_nobody_gave_cannot_end(awa):
    with pytest.raises(NotFound, match=r"consent\.unknown"):
        awa.when(WithdrawConsent, AWA, consent=uuid4())


RESEARCH = {**TO_MAY, "purpose": "research", "ethics": "CÉR 2030-12"}


def test_research_is_a_consent_of_its_own_that_names_the_ethics_approval(awa):
    awa.when(GiveConsent, AWA, **TO_MAY)
    [given] = awa.when(GiveConsent, AWA, **RESEARCH)
    assert (given.purpose, given.ethics) == ("research", "CÉR 2030-12")
    for asked in ({**RESEARCH, "ethics": None}, {**TO_MAY, "ethics": "CÉR 2030-12"}):
        with pytest.raises(Invalid, match=r"consent\.ethics"):
            awa.when(GiveConsent, AWA, **asked)


@pytest.mark.parametrize(
    ("category", "purpose"),
    [("researcher", "care"), ("practitioner", "research"), ("partner", "care")],
)
def test_a_category_is_let_in_for_what_it_is_there_for(awa, category, purpose):
    asked = {**TO_MAY, "audience": None, "category": category, "purpose": purpose}
    with pytest.raises(Invalid, match=r"consent\.other_purpose"):
        awa.when(GiveConsent, AWA, **asked)


def test_who_speaks_for_her_ends_what_was_agreed_in_her_place_and_never_what_she_gave(awa):
    until = date(2030, 12, 1)
    one = {"party": REP.id, "kind": "tutelle", "scope": ("sharing",), "until": until}
    awa.when(StartRepresentation, NEL, **one)
    [hers] = awa.when(GiveConsent, AWA, **TO_MAY)
    [theirs] = awa.when(GiveConsent, REP, **TO_MAY | {"tabs": ("network",)})
    with pytest.raises(Denied, match=r"relations\.hers"):
        awa.when(WithdrawConsent, REP, consent=hers.id)
    assert len(awa.when(WithdrawConsent, REP, consent=theirs.id)) == 1
    assert len(awa.when(WithdrawConsent, AWA, consent=hers.id)) == 1
