"""Left out of the plan: Noémie says no to a theme, and her own aspirations make the goals."""

from functools import partial

import pytest

from tests.journeys.looking import place_of
from tests.journeys.told import Told, took_part

at = partial(place_of, 3)
DECLINED, RECONSIDERED = at("theme_declined"), at("theme_reconsidered")
ISABELLE_CONFIRMED = (
    "Isabelle Fortin", "practitioner", "agreed", ("professional",), "confirmed",
)  # fmt: skip
EVERY_ROUTE = [
    "by_its_name",
    "by_its_french_title",
    "by_its_english_title",
    "by_another_spelling",
    "by_words_beside",
    "by_its_star",
    "by_its_rating",
    "by_the_theme",
    "among_others",
    "because_of_her_answer",
    "because_it_was_considered",
    "in_the_goals_words",
    "in_her_name",
    "by_rewording",
    "by_rewording_because",
    "by_action",
    "by_action_because",
]


@pytest.mark.parametrize("route", EVERY_ROUTE)
def test_what_she_left_out_comes_back_by_no_route(told: Told, route: str) -> None:
    assert told.refused(route) == (409, "theme.declined")


@pytest.mark.parametrize("route", ["reconsidered_by_isabelle", "reconsidered_in_her_name"])
def test_nobody_else_takes_it_up_again(told: Told, route: str) -> None:
    assert told.refused(route) == (403, "action.not_yours")


def test_nor_does_another_plan_beside_hers(told: Told) -> None:
    assert told.refused("another_plan") == (409, "plan.already_open")


def test_nothing_of_all_these_tries_is_in_her_record(told: Told) -> None:
    kinds = [e["type"] for e in told.trail("noemie")]
    assert kinds.count("plans.theme_considered") == 1
    assert kinds.count("plans.goal_proposed") == 3
    assert kinds.count("plans.action_added") == 1
    assert "plans.goal_reworded" not in kinds


def test_the_refusal_is_said_without_blame(told: Told) -> None:
    problem = told.seen["by_its_star"].json()
    assert problem["title"] == "Une règle s’y oppose"
    assert "Seule la personne peut choisir d’en reparler." in problem["detail"]


def test_leaving_out_is_a_decision_of_hers_on_record(told: Told) -> None:
    entry = told.entry("noemie", DECLINED)
    assert entry["decision"]
    assert took_part(entry) == [
        ("Noémie Sauvageau", "person", "declined", ("experiential",), "own"),
        ("Isabelle Fortin", "practitioner", "discussed", ("professional",), "confirmed"),
    ]
    left_out = told.saw("plan_without_theme")["themes"]["left_out"]
    assert [t["theme"] for t in left_out] == ["comprendre-medicaments"]
    assert told.saw("plan_without_theme")["themes"]["considered"] == []


def test_it_is_said_as_her_right_and_never_as_a_refusal(told: Told) -> None:
    assert told.sentence("noemie", DECLINED).startswith(
        "Vous avez choisi de laisser « Comprendre mes médicaments » hors de votre plan. "
        "C’est votre droit. "
        "Raison donnée : « Mes objectifs, c’est pour ma vie. Pas pour mes médicaments. »"
    )
    assert told.sentence("isabelle", DECLINED, "noemie", "en").startswith(
        "Noémie Sauvageau chose to leave “Understanding my medication” out of the plan. "
        "That is a right. "
        "Reason given: “Mes objectifs, c’est pour ma vie. Pas pour mes médicaments.”"
    )
    for text in (*told.sentences("isabelle", "noemie"), *told.sentences("noemie")):
        assert "refus" not in text.lower()


def test_to_isabelle_the_plan_is_not_hers(told: Told) -> None:
    considered = at("theme_considered")
    assert told.sentence("isabelle", considered, "noemie").startswith(
        "Vous avez proposé de parler de « Comprendre mes médicaments » pour le plan."
    )
    assert took_part(told.entry("noemie", considered)) == [
        ("Isabelle Fortin", "practitioner", "proposed", ("professional",), "own"),
        ("Noémie Sauvageau", "person", "discussed", ("experiential",), "confirmed"),
    ]


def test_her_goals_are_in_her_words_and_say_where_they_grew_from(told: Told) -> None:
    chemistry = told.sentence("noemie", at("goal_proposed", key="chimie"))
    assert chemistry.startswith(
        "Vous avez proposé un objectif : « Terminer ma chimie du secondaire. » Vient de : "
        "l’étoile à « Mes études » et ce qui compte : "
        "« Étudier, avoir mon chez-moi, être moins dure avec moi. »"
    )
    wolf = told.sentence("noemie", at("goal_proposed", key="loup"), language="en")
    assert wolf.startswith("You proposed a goal: “Nourrir le loup blanc qui est en moi.”")


def test_isabelle_is_told_of_the_goal_and_not_of_the_aspiration_she_was_not_shown(
    told: Told,
) -> None:
    text = told.sentence("isabelle", at("goal_proposed", key="chimie"), "noemie")
    assert "« Terminer ma chimie du secondaire. »" in text
    assert "mots gardés privés" in text
    assert all("être moins dure" not in s for s in told.sentences("isabelle", "noemie"))


@pytest.mark.parametrize("goal", ["chimie", "aide", "loup"])
def test_both_said_yes_each_by_her_own_sign_in(told: Told, goal: str) -> None:
    agreed = told.entry("isabelle", at("goal_agreed", goal=goal), "noemie")
    assert took_part(agreed) == [
        ("Noémie Sauvageau", "person", "agreed", ("experiential",), "own"),
        ISABELLE_CONFIRMED,
    ]


def test_what_stood_in_the_way_is_the_programme_and_not_her(told: Told) -> None:
    assert told.sentence("isabelle", at("goal_paused"), "noemie", "en").startswith(
        "Noémie Sauvageau paused the goal “Faire ma demande d’aide sociale.” What stood in the way: "
        "“Il faut une adresse à moi pour faire la demande.” (the programme’s rules)."
    )


def test_she_alone_brings_it_back_ten_months_later(told: Told) -> None:
    before = told.saw("plan_before_reconsidered")["themes"]
    after = told.saw("plan_after_reconsidered")["themes"]
    assert [t["theme"] for t in before["left_out"]] == ["comprendre-medicaments"]
    assert after["left_out"] == []
    assert [t["theme"] for t in after["considered"]] == ["comprendre-medicaments"]
    # and now nobody is refused to talk about it; it is on the table already
    assert told.seen["considered_again"].status_code == 201
    assert told.seen["considered_again"].json()["entries"] == []
    assert told.sentence("noemie", RECONSIDERED) == (
        "Vous avez choisi de reparler de « Comprendre mes médicaments » pour votre plan. "
        "Raison donnée : « Là, c’est moi qui veux savoir. »"
    )


def test_the_record_of_the_decision_tells_before_and_after(told: Told) -> None:
    record = told.decision("noemie", "declined:comprendre-medicaments")
    came_from = [(s["steps"], s["entry"]["type"]) for s in record["came_from"]]
    led_to = [(s["steps"], s["entry"]["type"]) for s in record["led_to"]]
    assert came_from == [(1, "plans.theme_considered"), (2, "assessment.theme_rated")]
    assert led_to == [(1, "plans.theme_reconsidered")]
    assert record["decision"]["occurred_at"].startswith("2025-11-10")
    assert record["led_to"][0]["entry"]["occurred_at"].startswith("2026-09-14")
