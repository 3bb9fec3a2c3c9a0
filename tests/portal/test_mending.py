"""Whatever is to be mended on a page is said by its own field, and one is led there from the top.

`says_what_to_mend` looks at it on every page that any test is answered with; here are those where
a field was once left without it.
"""

import re
from uuid import uuid4

import pytest

from tests.assessment.api.portraits import begin, defaults
from tests.portal.mending import Marks
from tests.portal.test_history import address_of, keep
from tests.portal.test_network import MAP, place
from tests.portal.test_plan import plan_of
from tests.portal.test_summary import make
from tests.support.addresses import Life

GONE_BY = "2001-01-01"


@pytest.fixture
def hers(open_house, visiting):
    visit = visiting(open_house.person)
    keep(visit, "Je joue de la guitare.")
    open_house.installation.settled()
    return visit


def led_to(answer):
    """What the summary at the top leads to."""
    assert answer.status_code == 422
    return Marks(answer.text).leads


def test_words_too_long_said_about_a_tie_are_told_by_their_field(open_house, hers):
    at = f"{MAP}/{place(open_house, 'Simon')}"
    answer = hers.post(f"{at}/threads", words="x" * 5000, key=str(uuid4()))
    assert led_to(answer) == ["words-amiss"]
    later = hers.post(f"{at}/endings", day="2199-01-01", key=str(uuid4()))
    assert led_to(later) == ["day-amiss"]


@pytest.mark.parametrize("until", [GONE_BY, "demain"])
def test_a_last_day_gone_by_or_none_is_told_where_it_was_written(open_house, hers, until):
    place(open_house, "Simon")
    show = {"my_team": "yes", "until": until, "key": str(uuid4())}
    assert led_to(hers.post("/persons/{me}/together/show/network", **show)) == ["until-amiss"]


def test_of_two_ways_to_show_a_summary_the_one_tried_is_told_its_day(open_house, hers):
    at = f"{make(hers).url.path}/shares"
    answer = hers.post(at, means="link", until=GONE_BY, for_whom="Anne", key=str(uuid4()))
    assert led_to(answer) == ["until-amiss"]
    (field,) = Marks(answer.text).described["until-amiss"]
    assert field["id"] == "until-link"


def test_a_goal_that_grew_from_nothing_known_is_told_by_what_it_could_grow_from(open_house, hers):
    hers.send("/persons/{me}/plan/begin", key=str(uuid4()))
    open_house.installation.settled()
    plan = f"/persons/{hers.who.id}/plan/{plan_of(open_house)}"
    answer = hers.post(f"{plan}/goals", words="Reprendre l’école.", grown_from="rumeur:voisine")
    assert led_to(answer) == ["grown_from-amiss"]


def test_nobody_chosen_to_see_an_answer_is_told_by_those_to_choose(open_house, hers):
    portrait = begin(open_house, defaults(open_house)["default"])
    theme = Life.of(open_house.installation.settings, hers.who.id, portrait.id).theme("sommeil")
    assert led_to(hers.post(theme, answer="25", show="chosen")) == ["audience-amiss"]


def test_a_new_day_gone_by_for_a_request_is_told_in_the_form_that_asks_for_it(open_house, visiting):
    me, officer = open_house.person, visiting(open_house.officer)
    me.client.post(f"/directory/v1/persons/{me.id}/rights", json={"right": "explanation"})
    open_house.installation.settled()
    page = address_of(officer, "Lire et répondre", "/privacy")
    late = {"due": GONE_BY, "reason": "Il faut demander ailleurs.", "key": str(uuid4())}
    answer = officer.post(f"{page}/later", **late)
    assert led_to(answer) == ["due-amiss"]
    assert answer.text.count("Il faut demander ailleurs.") == 1


def test_nobody_to_show_it_to_is_told_where_one_can_be_written(hers):
    at = "/persons/{me}/together/relative"
    answer = hers.post(at, tabs="plan", until="2199-01-01", hold_against="no")
    assert led_to(answer) == ["code-amiss"]


def test_the_title_says_it_first_in_either_language(open_house, visiting):
    for language, first in (("fr", "À corriger"), ("en", "To mend: ")):
        answer = visiting(open_house.person, language).post("/persons/{me}/strengths", words="Vif.")
        assert re.search(f"<title>{first}", answer.text)
