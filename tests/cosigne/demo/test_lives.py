"""The lives of the real size before anyone tells them: plausible, in order, the same every time."""

from collections import Counter, defaultdict
from datetime import datetime
from itertools import pairwise

import pytest

from cosigne.crowd import Crowd, find
from cosigne.demo.scale import staff
from cosigne.demo.scale.days import BEGUN, LAST
from cosigne.demo.scale.life import LONG, Life
from cosigne.demo.scale.lives import life_of, lives
from cosigne.demo.scale.process import STATEMENTS
from cosigne.demo.scale.research import research
from cosigne.demo.scale.sittings import sittings
from cosigne.demo.scale.summaries import summaries
from cosigne.demo.scale.words import bank, themes
from services.assessment.api.installing import all_ready

HOUSE = Crowd(2021, 50).houses[0]
LIVES = [Life(HOUSE, number) for number in range(1, HOUSE.persons + 1)]
LARGER = Crowd(2021, 300).houses[0]
MANY = [Life(LARGER, number) for number in range(1, LARGER.persons + 1)]


@pytest.fixture(scope="module")
def told():
    """Everything that happens in a house of seventy persons."""
    return list(lives(HOUSE))


def of(told, place):
    return [m for m in told if m.how != "GET" and m.path.endswith(place)]


def test_the_same_seed_gives_the_same_lives(told):
    assert list(lives(Crowd(2021, 50).houses[0])) == told


def test_another_seed_gives_others(told):
    assert list(lives(Crowd(7, 50).houses[0])) != told


def test_days_follow_each_other_within_the_two_years(told):
    assert all(before.at <= after.at for before, after in pairwise(told))
    days = [(moment.at.date() - BEGUN).days for moment in told]
    assert days[0] == 0
    assert LAST - 14 < days[-1] <= LAST + 1


def test_a_moment_has_a_name_of_its_own_and_rests_on_earlier_ones_of_its_life(told):
    known = defaultdict(dict)
    for moment in told:
        mine = known[moment.life]
        assert moment.name not in mine, (moment.life, moment.name)
        for name in moment.names:
            assert mine[name].kept, (moment.name, name)
        mine[moment.name] = moment


def test_practitioners_act_only_while_they_are_in_the_house(told):
    came, left = {}, {}
    for number in range(1, HOUSE.practitioners + 1):
        worker = HOUSE.one("i", number)
        came[worker.key] = staff.comes(HOUSE, number)
        left[worker.key] = staff.leaving(HOUSE, number)
    acting = [m for m in told if m.who in came]
    assert acting
    for moment in acting:
        day = (moment.at.date() - BEGUN).days
        assert came[moment.who] <= day < left[moment.who], moment


def test_nobody_looks_into_or_writes_about_a_person_they_do_not_accompany_but_in_an_emergency(told):
    of_key = {life.person.key: life for life in LIVES}
    for moment in told:
        urgent = moment.name.startswith("urgent/")
        if find(moment.who).role in ("practitioner", "peer_worker") and not urgent:
            day = (moment.at.date() - BEGUN).days
            cares = of_key[moment.life].cares
            assert any(c.worker.key == moment.who and c.at(day) for c in cares), moment


def test_staff_leave_and_someone_takes_over():
    assert any(staff.goes(HOUSE, n) is not None for n in range(1, HOUSE.practitioners + 1))
    assert any(care.why == "handing_over" for life in LIVES for care in life.cares)


def test_some_people_move_to_another_programme():
    moved = [life for life in LIVES if any(care.why == "moving" for care in life.cares)]
    assert moved
    for life in moved:
        assert len({care.programme for care in life.cares}) > 1


def test_for_some_the_service_ends_and_some_come_late():
    assert any(life.goes is not None for life in LIVES)
    assert any(life.comes > 200 for life in LIVES)


def test_ratings_move_both_ways():
    moves = Counter()
    for life in LIVES:
        for before, after in pairwise(sittings(life)):
            for theme in before.values.keys() & after.values.keys():
                went = after.answer(theme) - before.answer(theme)
                moves[(went > 0) - (went < 0)] += 1
    assert min(moves.values()) > sum(moves.values()) / 12


def test_stars_change_and_some_stay():
    both = [pair for life in LIVES for pair in pairwise(sittings(life)) if not life.is_long]
    assert any(set(before.stars) != set(after.stars) for before, after in both)
    assert any(set(before.stars) & set(after.stars) for before, after in both)
    assert all(1 <= len(s.stars) <= 3 for life in LIVES for s in sittings(life))


def test_few_have_a_very_long_history():
    assert [life.number for life in LIVES if life.is_long] == [LONG]
    whole = Life(Crowd().houses[0], LONG)
    assert sum(len(m.body.get("items", [0])) for m in life_of(whole)) > 5000


def test_goals_are_reached_set_aside_paused_and_declined(told):
    for place in ("achievements", "settings-aside", "pauses", "declines", "disagreements"):
        assert of(told, f"/{place}"), place


def test_disputes_are_opened_answered_and_settled_by_someone_else(told):
    assert of(told, "/disputes")
    assert of(told, "/dispute-answers")
    settled = of(told, "/dispute-settlements")
    assert settled
    assert {find(m.who).role for m in settled} == {"privacy_officer"}


def test_an_emergency_access_is_checked_by_the_privacy_officer_who_did_not_open_it(told):
    opened, checked = of(told, "/emergency-accesses"), of(told, "/reviews")
    checked = [m for m in checked if "/emergency-accesses/" in m.path]
    assert [m.life for m in opened] == [m.life for m in checked] != []
    assert {find(m.who).role for m in checked} == {"privacy_officer"}
    looked = [m for m in told if m.name == "urgent/look"]
    for opening, look in zip(opened, looked, strict=True):
        assert opening.who == look.who
        assert opening.at < look.at < datetime.fromisoformat(opening.body["expires"])


def test_a_parent_agrees_for_whoever_is_under_the_age_of_consent_and_nobody_else_does(told):
    minors = {life.person.key: life for life in LIVES if life.is_minor}
    assert minors
    assert {m.life for m in of(told, "/representations")} == minors.keys()
    consents = [m for m in of(told, "/consents") if m.life in minors]
    assert {m.life for m in consents} == minors.keys()
    for moment in consents:
        assert find(moment.who).role == "representative"
        life = minors[moment.life]
        of_age = life.born.replace(year=life.born.year + HOUSE.told["age_of_consent"]["age"])
        assert moment.at.date() < of_age


def test_research_has_a_consent_of_its_own_and_some_end_it():
    asked = [m for life in MANY for m in research(life)]
    given, ended = of(asked, "/consents"), of(asked, "/withdrawals")
    assert len(MANY) / 15 < len(given) < len(MANY) / 10
    assert 0 < len(ended) < len(given) / 2
    assert all(m.body["purpose"] == "research" and m.body["ethics"] for m in given)


def test_some_show_a_summary_by_a_link_and_some_end_that_before_its_day():
    told = [m for life in MANY for m in summaries(life)]
    by_link = [m for m in of(told, "/shares") if m.body["means"] == "link"]
    assert len(MANY) / 15 < len(by_link) < len(MANY) / 7
    assert 0 < len(of(told, "/endings")) < len(by_link) / 2
    assert of(told, "/openings")


def test_one_plan_in_ten_at_least_holds_a_no_or_a_dispute(told):
    plans, holding = set(), set()
    for moment in told:
        if moment.path.startswith("/plans/") and moment.how == "POST":
            plan = (moment.life, moment.name.partition("/")[0])
            plans.add(plan)
            if moment.path.endswith(("/themes-declined", "/declines", "/disputes")):
                holding.add(plan)
    assert len(plans) > 40
    assert len(holding) / len(plans) >= 0.1


def test_a_theme_left_out_is_not_put_on_the_table_again(told):
    out = defaultdict(set)
    for moment in told:
        theme = moment.body.get("theme")
        if moment.path.endswith("/themes-declined"):
            out[moment.life].add(theme)
        if moment.path.endswith("/themes-reconsidered"):
            out[moment.life].discard(theme)
        if moment.path.endswith("/themes-considered"):
            assert theme not in out[moment.life]


def test_the_themes_are_those_of_the_questionnaire():
    life = next(one for one in all_ready() if one.key == "default")
    assert set(themes()) == {theme.theme for theme in life.content.themes}
    process = next(one for one in all_ready() if one.kind == "process")
    assert set(STATEMENTS) == {theme.theme for theme in process.content.themes}


def test_people_on_a_map_are_on_it_before_anything_is_said_of_them(told):
    known = defaultdict(set)
    lines = 0
    for moment in told:
        if moment.path.endswith("/network/ties"):
            known[moment.life].add(moment.body["tie"])
        if moment.path.endswith(("/lines", "/alter-ties-asked")):
            named = moment.body.get("ties") or [moment.body["one"], moment.body["other"]]
            assert set(named) <= known[moment.life]
            lines += 1
        if moment.path.endswith("/contact"):
            assert moment.path.split("/")[-2] in known[moment.life]
    assert lines


def test_what_they_say_is_said_to_be_invented():
    assert "Invented" in bank()["fictional"]
