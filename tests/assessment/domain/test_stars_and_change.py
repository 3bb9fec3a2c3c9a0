from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from services.assessment.domain.commands import (
    CloseAssessment,
    JudgeChange,
    PlaceStar,
    RemoveStar,
    ReopenAssessment,
    SkipTheme,
)
from services.assessment.domain.events import AssessmentClosed, AssessmentReopened
from services.assessment.domain.portrait import seen_by
from shared.coproduction import DisputeContribution
from shared.kernel import Denied, Invalid, Refused
from tests.assessment.given import (
    KARIM,
    LUC,
    SITTING,
    act,
    eyes,
    rate,
    share,
    sitting,
    telling,
    told,
)


def star(theme="travail", rank=None, by=None):
    return PlaceStar(act=by or act(), stream=SITTING, theme=theme, rank=rank)


def unstar(theme="travail", by=None):
    return RemoveStar(act=by or act(), stream=SITTING, theme=theme)


def test_up_to_three_stars_over_all_themes():
    state = sitting(star("travail", 1), star("sommeil", 2), star("famille"))
    assert set(state.stars) == {"travail", "sommeil", "famille"}
    with pytest.raises(Refused, match=r"star.at_most"):
        state.decide(star("intimite"))
    assert len(told(state, unstar("famille")).decide(star("intimite"))) == 1


def test_a_star_is_placed_and_taken_off_once():
    state = sitting(star())
    assert list(state.decide(star())) == []
    assert list(told(state, unstar()).decide(unstar())) == []


def test_the_order_of_stars_can_change_but_no_two_share_a_place():
    state = sitting(star("travail", 1), star("sommeil", 2))
    assert told(state, star("travail", 3)).stars["travail"].rank == 3
    with pytest.raises(Refused, match=r"star.rank_taken"):
        state.decide(star("sommeil", 1))
    for rank in (0, 4):
        with pytest.raises(Invalid, match=r"star.rank_out_of_range"):
            state.decide(star("famille", rank))


def test_stars_are_hers():
    with pytest.raises(Denied, match=r"person.hers_alone"):
        sitting().decide(star(by=act(KARIM)))
    hers = sitting(star())
    for command in (star(rank=1, by=act(KARIM, LUC)), unstar(by=act(KARIM, LUC))):
        with pytest.raises(Refused, match=r"star.hers"):
            hers.decide(command)
    noted = sitting(star(by=act(KARIM, LUC)))
    assert len(noted.decide(unstar(by=act(KARIM, LUC)))) == 1


def test_a_star_noted_for_her_that_she_disputes_is_none():
    state, (placed,) = telling(sitting(), star(by=act(KARIM, LUC)))
    disputed = DisputeContribution(act=act(), stream=SITTING, entry=placed.id)
    assert told(state, disputed).stars == {}


def test_no_star_on_a_closed_assessment():
    with pytest.raises(Refused, match=r"assessment.closed"):
        sitting(CloseAssessment(act=act(), stream=SITTING)).decide(star())


def judge(by=None, **fields):
    given = {"judgement": "maintained_as_i_wish", "since": date(2025, 1, 1), "theme": "travail"}
    return JudgeChange(act=by or act(), stream=SITTING, **{**given, **fields})


def test_she_judges_what_has_changed():
    state, facts = telling(
        sitting(), judge(thanks_to=("me", "people", "me"), expected="surprise", words="Oui.")
    )
    assert facts[0].thanks_to == ("me", "people")
    same = judge(thanks_to=("me", "people"), expected="surprise", words="Oui.")
    assert list(state.decide(same)) == []
    assert len(state.decide(judge(judgement="better"))) == 1


def test_what_was_noted_for_her_does_not_keep_her_from_saying_it():
    state = sitting(judge(act(KARIM, LUC)))
    assert list(state.decide(judge(act(KARIM, LUC)))) == []
    assert len(state.decide(judge())) == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"theme": None}, "change.of_nothing"),
        ({"theme": "bonheur"}, "theme.not_offered"),
        ({"judgement": "cured"}, "value.not_in_list"),
        ({"expected": "perhaps"}, "value.not_in_list"),
        ({"thanks_to": ("medication",)}, "value.not_in_list"),
        ({"since": date(2030, 1, 1)}, "change.since_later"),
    ],
)
def test_a_judgement_is_one_of_those_offered(fields, code):
    with pytest.raises(Invalid, match=code):
        sitting().decide(judge(**fields))


def test_a_day_that_is_tomorrow_already_in_universal_time_is_not_the_future():
    by = act()
    assert len(sitting().decide(judge(by, since=by.occurred.date() + timedelta(days=1)))) == 1


def test_a_change_shows_where_its_theme_shows_and_one_about_a_goal_with_the_whole_tab():
    goal = uuid4()
    state = sitting(
        judge(), judge(theme=None, goal=goal), judge(theme="famille", visibility="just_me")
    )
    assert len(seen_by(state, eyes(LUC)).changes) == 3
    assert seen_by(state, eyes(KARIM)).changes == ()
    shared = told(state, share(KARIM))
    assert [c.goal for c in seen_by(shared, eyes(KARIM)).changes] == [None, goal]
    only = told(state, share(KARIM, only_themes=("travail",)))
    assert [c.theme for c in seen_by(only, eyes(KARIM)).changes] == ["travail"]


def close(by=None):
    return CloseAssessment(act=by or act(), stream=SITTING)


def test_closing_counts_answers_and_not_what_she_skipped():
    skip = SkipTheme(act=act(), stream=SITTING, theme="famille", choice="not_concerned")
    state, facts = telling(sitting(rate(), skip), close())
    assert isinstance(facts[0], AssessmentClosed)
    assert (facts[0].answered, facts[0].offered) == (1, 4)
    assert state.closed
    assert list(state.decide(close())) == []


def test_a_closed_assessment_can_be_opened_again():
    def reopen(reason="J’ai oublié un thème."):
        return ReopenAssessment(act=act(), stream=SITTING, reason=reason)

    state, facts = telling(sitting(close()), reopen())
    assert isinstance(facts[0], AssessmentReopened)
    assert not state.closed
    assert list(state.decide(reopen())) == []
    assert len(state.decide(rate())) == 1


def test_only_she_closes_it():
    with pytest.raises(Denied, match=r"person.hers_alone"):
        sitting().decide(close(act(KARIM)))
