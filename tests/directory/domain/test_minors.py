"""Who agrees for someone under the age that the law names, and how it stops by itself."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.directory.domain import events as e
from services.directory.domain.consents import GiveConsent, WithdrawConsent
from services.directory.domain.minority import birthday, minority
from services.directory.domain.organisation import Organisation, SetAgeOfConsent
from services.directory.domain.relations import RegisterPerson, Relations, stream_of
from services.directory.domain.representation import StartRepresentation
from services.directory.domain.restrictions import RestrictAccess
from shared.kernel import Denied, Invalid, Refused
from tests.directory.domain.story import AWA, HOUSE, KIM, MAY, NOON, REP, Story

FOURTEEN = 14
TO_MAY = {"audience": MAY.id, "tabs": ("plan",), "purpose": "care", "until": date(2031, 1, 1)}
PARENT = {
    "party": REP.id,
    "kind": "mère",
    "scope": ("sharing", "health"),
    "until": date(2040, 1, 1),
    "parental": True,
    "age_of_consent": FOURTEEN,
}


def told(**profile) -> Story:
    """Awa, registered on 1 March 2030 with what is known of her age."""
    story = Story(Relations(stream_of(AWA.id)), lambda: NOON)
    story.when(RegisterPerson, name="Awa", **profile)
    return story


def test_parental_authority_ends_on_the_eve_of_the_birthday_whatever_was_asked():
    awa = told(born=date(2017, 9, 10))
    [started] = awa.when(StartRepresentation, **PARENT)
    assert (started.parental, started.until) == (True, date(2031, 9, 9))
    (parent,) = awa.state.representations.known.values()
    assert parent.current(date(2031, 9, 9))
    assert not parent.current(date(2031, 9, 10))


def test_under_the_age_a_parent_agrees_for_her_until_the_same_eve():
    awa = told(born=date(2017, 9, 10))
    awa.when(StartRepresentation, **PARENT)
    [given_] = awa.when(GiveConsent, REP, age_of_consent=FOURTEEN, **TO_MAY)
    assert given_.until == date(2031, 1, 1)
    far = TO_MAY | {"until": date(2039, 1, 1), "tabs": ("network",)}
    [given_] = awa.when(GiveConsent, REP, age_of_consent=FOURTEEN, **far)
    assert given_.until == date(2031, 9, 9)


def test_from_the_birthday_on_she_decides_and_the_parent_no_more():
    awa = told(born=date(2017, 9, 10))
    awa.when(StartRepresentation, **PARENT)
    until = TO_MAY | {"until": date(2032, 1, 1), "age_of_consent": FOURTEEN}
    eve, day = (datetime(2031, 9, d, 12, tzinfo=UTC) for d in (9, 10))
    with pytest.raises(Refused, match=r"consent\.with_parent"):
        awa.when(GiveConsent, AWA, at=eve, **until)
    with pytest.raises(Denied, match=r"relations\.hers"):
        awa.when(GiveConsent, REP, at=day, **until)
    [given_] = awa.when(GiveConsent, AWA, at=day, **until)
    assert given_.until == date(2032, 1, 1)


def test_to_end_a_consent_or_to_keep_someone_out_is_hers_at_any_age():
    awa = told(born=date(2022, 9, 10))
    awa.when(StartRepresentation, **PARENT)
    [given_] = awa.when(GiveConsent, REP, age_of_consent=FOURTEEN, **TO_MAY)
    assert len(awa.when(WithdrawConsent, AWA, consent=given_.id)) == 1
    assert len(awa.when(RestrictAccess, AWA, audience=REP.id)) == 1


def test_without_sharing_in_the_scope_a_parent_agrees_to_nothing_for_her():
    awa = told(born=date(2017, 9, 10))
    awa.when(StartRepresentation, **PARENT | {"scope": ("health",)})
    with pytest.raises(Denied, match=r"relations\.hers"):
        awa.when(GiveConsent, REP, age_of_consent=FOURTEEN, **TO_MAY)


@pytest.mark.parametrize(
    ("profile", "code"),
    [
        ({"born": date(2015, 3, 1)}, "parental.of_age"),
        ({"born": date(2016, 3, 1)}, "parental.of_age"),  # it is her birthday
        ({"age": 15}, "parental.of_age"),
        ({}, "parental.age_unknown"),
    ],
)
def test_parental_authority_opens_nothing_where_it_is_over_or_nobody_knows(profile, code):
    with pytest.raises(Refused, match=code.replace(".", r"\.")):
        told(**profile).when(StartRepresentation, **PARENT)


def test_where_the_house_has_not_said_the_age_nobody_has_parental_authority_here():
    with pytest.raises(Refused, match=r"age_of_consent\.not_set"):
        told(born=date(2017, 9, 10)).when(StartRepresentation, **PARENT | {"age_of_consent": None})


def test_an_assistant_has_no_parental_authority():
    with pytest.raises(Invalid, match=r"parental\.representative"):
        told(born=date(2017, 9, 10)).when(StartRepresentation, **PARENT | {"role": "assistant"})


def test_an_age_noted_once_counts_no_longer_than_is_sure():
    """She was 12 on 1 March 2030, and may have turned 13 the day after: 14 on 2 March 2031."""
    [started] = told(age=12).when(StartRepresentation, **PARENT)
    assert started.until == date(2031, 3, 1)
    [started] = told(age=13).when(StartRepresentation, **PARENT)
    assert started.until == date(2030, 3, 1)


def test_born_on_29_february_she_is_fourteen_on_the_28th():
    assert birthday(date(2016, 2, 29), 14) == date(2030, 2, 28)
    assert birthday(date(2016, 2, 29), 16) == date(2032, 2, 29)


@given(
    born=st.dates(date(2000, 1, 1), date(2030, 2, 28)),
    threshold=st.integers(12, 18),
)
def test_an_age_never_lasts_longer_than_the_birthday_would(born, threshold):
    """Whatever her birthday is, the age noted that day ends no later than the birthday itself."""
    noted = NOON.date()
    age = noted.year - born.year - (birthday(born, noted.year - born.year) > noted)
    by_birth = told(born=born).state.profile
    by_age = told(age=age).state.profile
    exact, sure = minority(by_birth, threshold).eve, minority(by_age, threshold).eve
    assert exact is not None
    assert sure is not None
    assert sure <= exact


def test_a_worker_may_note_what_she_agrees_to_and_she_is_under_the_age_all_the_same():
    with pytest.raises(Refused, match=r"consent\.with_parent"):
        told(born=date(2017, 9, 10)).when(
            GiveConsent, KIM, author=AWA, age_of_consent=FOURTEEN, **TO_MAY
        )


def test_the_house_says_the_age_and_the_law_once():
    house = Story(Organisation(HOUSE), lambda: NOON)
    law = {"fr": "Code civil du Québec, art. 14", "en": "Civil Code of Québec, s. 14"}
    [set_] = house.when(SetAgeOfConsent, age=14, **law)
    assert isinstance(set_, e.AgeOfConsentSet)
    assert house.when(SetAgeOfConsent, age=14, **law) == []
    assert house.state.age_of_consent == (14, *law.values())
    for age in (11, 19):
        with pytest.raises(Invalid, match=r"age_of_consent\.range"):
            house.when(SetAgeOfConsent, age=age, **law)
