from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from services.assessment.api.comparing import sentences
from services.assessment.domain.answers import CHOICES
from services.assessment.domain.assessment import Assessment
from services.assessment.domain.change import JUDGEMENTS, as_hoped
from services.assessment.domain.commands import JudgeChange, SkipTheme
from services.assessment.domain.comparison import Side, compare
from services.assessment.domain.portrait import seen_by
from shared.kernel import Refused
from tests.assessment.given import (
    KARIM,
    LUC,
    MARC,
    SITTING,
    act,
    eyes,
    opened,
    rate,
    share,
    told,
)
from tests.support.manner import faults

SAME = {"travail": "travail", "sommeil": "sommeil", "famille": "famille", "intimite": "intimite"}


def side(*commands, meanings=SAME, party=LUC, **changes):
    state = told(Assessment(SITTING), opened(**changes), *commands)
    return Side(seen_by(state, eyes(party)), meanings)


def points(before, after):
    return {d.meaning: (d.points, d.reason) for d in compare(before, after)}


def test_the_difference_of_one_theme_is_in_points():
    assert points(side(rate(value=20)), side(rate(value=55))) == {"travail": (35, None)}


def test_a_theme_that_was_renamed_is_compared_by_what_it_asks():
    renamed = {"emploi": "travail"}
    after = side(rate("emploi", 55), meanings=renamed, themes=("emploi",))
    (difference,) = compare(side(rate(value=20)), after)
    assert (difference.theme_before, difference.theme_after) == ("travail", "emploi")
    assert difference.points == 35


def test_a_theme_that_was_redefined_is_not_compared():
    redefined = {**SAME, "travail": "travail-paye"}
    assert points(side(rate(value=20)), side(rate(value=55), meanings=redefined)) == {
        "travail-paye": (None, "not_asked_before"),
        "travail": (None, "not_asked_after"),
    }


def test_what_cannot_be_said_says_why():
    skip = SkipTheme(act=act(), stream=SITTING, theme="travail", choice="rather_not_say")
    assert points(side(rate()), side()) == {"travail": (None, "no_answer_after")}
    assert points(side(), side(rate())) == {"travail": (None, "no_answer_before")}
    assert points(side(skip), side(rate())) == {"travail": (None, "rather_not_say_before")}
    assert points(side(rate()), side(rate(value=5), highest=10)) == {
        "travail": (None, "other_scale")
    }
    assert points(side(), side()) == {}


def test_a_reader_compares_what_was_shown_and_nothing_else():
    before, after = side(rate(), share(KARIM), party=KARIM), side(rate(), party=KARIM)
    assert points(before, after) == {"travail": (None, "no_answer_after")}


def test_two_people_or_two_kinds_are_not_compared():
    with pytest.raises(Refused, match=r"comparison.of_two_kinds"):
        points(side(rate()), side(rate(), kind="process"))
    theirs = told(Assessment(SITTING), opened(act=act(MARC, subject=MARC)))
    with pytest.raises(Refused, match=r"comparison.of_two_people"):
        points(side(rate()), Side(seen_by(theirs, eyes(KARIM)), SAME))


def test_what_the_person_says_has_changed_stands_beside_the_points():
    judged = JudgeChange(
        act=act(), stream=SITTING, theme="travail", judgement="better", since=date(2026, 1, 16)
    )
    before, after = side(rate(value=20)), side(rate(value=20), judged)
    after = replace(after, portrait=replace(after.portrait, id=uuid4()))
    (difference,) = compare(before, after)

    assert difference.points == 0
    assert [f.judgement for f in difference.judged] == ["better"]


def test_holding_on_to_what_one_has_is_as_hoped_and_too_early_says_nothing_of_it():
    assert {judgement: as_hoped(judgement) for judgement in JUDGEMENTS} == {
        "better": True,
        "maintained_as_i_wish": True,
        "same_hoped_for_more": False,
        "up_and_down": False,
        "harder": False,
        "too_early": None,
        "not_for_me": None,
        "rather_not_say": None,
    }


def test_a_side_says_how_many_themes_were_answered_of_how_many():
    skip = SkipTheme(act=act(), stream=SITTING, theme="sommeil", choice="not_concerned")
    one = side(rate(), skip)

    assert (one.answered, one.offered) == (1, 3)


def test_to_a_reader_only_what_is_shown_was_answered():
    assert side(rate(), rate("sommeil", 30), party=KARIM).answered == 0


@pytest.mark.parametrize("locale", ["fr-CA", "fr-FR", "en"])
@pytest.mark.parametrize(
    "reason",
    [
        *(
            f"{why}_{when}"
            for why in ("not_asked", "no_answer", *CHOICES)
            for when in ("before", "after")
        ),
        "other_scale",
    ],
)
def test_why_there_is_no_difference_is_said_in_the_manner_of_the_house(reason, locale):
    said = sentences().say(f"comparison.{reason}", locale)

    assert said != f"comparison.{reason}"
    assert faults(said, locale.partition("-")[0]) == []
