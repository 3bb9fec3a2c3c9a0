"""Counts are published once and for all: what may be said of whom, then and next to it later."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from services.reporting.domain.counting import FIGURES, WHOLE, Counting, count, figures_of
from services.reporting.domain.counts import Counts, PublishCounts
from services.reporting.domain.events import CountsPublished
from services.reporting.domain.intervention import whole
from services.reporting.domain.marks import Marks
from shared.kernel import Act, Invalid, Refused
from tests.reporting.cast import entries_of
from tests.reporting.told import TENANT, WHEN, party

QUAI, PHARE = UUID(int=1), UUID(int=2)
HOUSING, DAY = UUID(int=11), UUID(int=12)


def people(number, *figures, site=QUAI, programme=HOUSING):
    return [Counting((site, programme), frozenset({"persons", *figures}))] * number


def act(days=0):
    at = WHEN + timedelta(days=days)
    manager = party("patrick")
    return Act(
        tenant=TENANT, subject=TENANT, actor=manager, author=manager, at=at, occurred=at,
        command=uuid4(),
    )  # fmt: skip


def publish(state, persons, days=0, **more):
    command = PublishCounts(act=act(days), stream=state.id, counted=count(persons), **more)
    facts = state.decide(command)
    for fact in facts:
        state = state.follow(fact)
    return state, facts


@pytest.fixture
def nothing_yet():
    return Counts(uuid4())


def said(fact, level, site=None, programme=None):
    """The figures of one place."""
    for place in fact.places:
        if (place.level, place.site, place.programme) == (level, site, programme):
            return dict(zip(place.figures, place.values, strict=True))
    return {}


def test_a_release_says_how_many_are_served_where(nothing_yet):
    persons = [*people(12), *people(9, site=PHARE, programme=DAY)]
    _, (fact,) = publish(nothing_yet, persons)

    assert isinstance(fact, CountsPublished)
    assert said(fact, "everywhere") == {"persons": 21}
    assert said(fact, "site", QUAI) == {"persons": 12}
    assert said(fact, "programme", PHARE, DAY) == {"persons": 9}


def test_what_is_about_a_few_is_in_no_release(nothing_yet):
    persons = [
        *people(10, "with_plan"), *people(10),
        *people(10, "with_plan", site=PHARE), *people(3, site=PHARE),
    ]  # fmt: skip
    _, (fact,) = publish(nothing_yet, persons)

    assert said(fact, "everywhere")["with_plan"] == 20
    # all but three of the second house have one: it is not said of it, nor then of the first
    assert said(fact, "site", PHARE) == {"persons": 13}
    assert said(fact, "site", QUAI) == {"persons": 20}


def test_a_part_of_a_figure_that_is_withheld_is_withheld(nothing_yet):
    _, (fact,) = publish(nothing_yet, [*people(20, "with_plan", "set_goals.noted"), *people(2)])

    assert said(fact, "everywhere") == {"persons": 22}


def test_when_there_are_too_few_nothing_is_published(nothing_yet):
    with pytest.raises(Refused, match=r"counts\.nothing_to_say"):
        publish(nothing_yet, people(4))


def test_one_who_came_since_is_not_told_by_publishing_again(nothing_yet):
    state, _ = publish(nothing_yet, people(20))
    with pytest.raises(Refused, match=r"counts\.nothing_to_say"):
        publish(state, people(21), days=30)
    _, (fact,) = publish(state, people(26), days=60)

    assert said(fact, "everywhere") == {"persons": 26}


def test_the_same_published_again_is_recorded_once(nothing_yet):
    state, _ = publish(nothing_yet, people(20))

    assert publish(state, people(20), days=1) == (state, [])


@pytest.mark.parametrize(("outside", "k"), [(False, 4), (True, 10)])
def test_an_organisation_may_be_stricter_never_laxer(nothing_yet, outside, k):
    with pytest.raises(Invalid, match=r"counts\.k_too_small"):
        publish(nothing_yet, people(20), k=k, outside=outside)


def test_what_leaves_the_house_is_about_eleven_at_least(nothing_yet):
    with pytest.raises(Refused):
        publish(nothing_yet, people(10), k=11, outside=True)
    _, (fact,) = publish(nothing_yet, people(11), k=11, outside=True)

    assert (fact.k, fact.outside) == (11, True)


def test_what_left_the_house_counts_for_what_is_said_in_it_and_the_other_way_round(nothing_yet):
    state, _ = publish(nothing_yet, people(40), k=11, outside=True)
    with pytest.raises(Refused):
        publish(state, people(43), days=1)


# --- what counts ----------------------------------------------------------------------------------


def figures(story):
    person, entries = entries_of(story)
    return figures_of(whole(Marks.told(person.id, entries)))


def test_a_person_counts_in_what_the_degree_says():
    assert figures(4) == {
        "persons", "with_plan", "understand.noted", "understand.theirs", "prioritise.noted",
        "prioritise.theirs", "set_goals.noted", "set_goals.theirs", "act.noted", "act.theirs",
        "follow_up.noted", "follow_up.theirs",
    }  # fmt: skip
    assert figures(1) == {
        "persons", "understand.noted", "understand.theirs", "prioritise.noted",
        "prioritise.theirs", "evaluate.noted", "evaluate.theirs",
    }  # fmt: skip


@pytest.mark.parametrize("story", range(1, 10))
def test_whoever_counts_in_a_part_counts_in_the_whole(story):
    told = figures(story)
    assert all(WHOLE[name] in told for name in told if WHOLE[name])


def test_every_figure_comes_after_the_one_it_is_a_part_of():
    for number, name in enumerate(FIGURES):
        assert WHOLE[name] is None or WHOLE[name] in FIGURES[:number]
