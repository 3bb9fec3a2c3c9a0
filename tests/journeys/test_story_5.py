"""Stars and strengths make goals: Hugo's stars, his bicycles, and what came of them."""

from functools import partial

from tests.journeys.looking import party, place_of
from tests.journeys.told import Told, took_part

at = partial(place_of, 5)
PROPOSED, STEP = at("goal_proposed", key="stage"), at("action_added")
ASIDE, CALM = at("goal_set_aside"), "Je garde mon calme quand les autres s’énervent."
CLAIRE = ("Claire Vasseur", "practitioner", "discussed", ("professional",), "confirmed")


def test_the_goal_says_which_star_and_which_strengths_it_grew_from(told: Told) -> None:
    assert told.sentence("hugo", PROPOSED).startswith(
        "Vous avez proposé un objectif : « Faire un stage à l’atelier vélo. » Vient de : "
        "l’étoile à « Mon travail ou mon occupation », la force « Je sais réparer les vélos. » "
        "et la force « L’atelier vélo de la rue des Forges. »"
    )
    life = told.life("hugo").entries
    causes = {"star:travail", "strength:Je sais réparer les vélos."}
    because = told.entry("hugo", PROPOSED)["because_of"]
    assert {life[name] for name in causes} <= set(because)
    assert len(because) == 3


def test_a_strength_that_the_other_saw_is_his_by_his_own_word(told: Told) -> None:
    named = told.entry("hugo", at("strength_named", words=CALM))
    assert took_part(named) == [
        ("Hugo Delmas", "person", "agreed", ("experiential",), "own"),
        ("Claire Vasseur", "practitioner", "proposed", ("professional",), "confirmed"),
    ]
    assert named["author"]["name"] == "Hugo Delmas"


def test_one_party_may_have_two_parts(told: Told) -> None:
    parts = [c[2] for c in took_part(told.entry("hugo", PROPOSED)) if c[0] == "Claire Vasseur"]
    assert parts == ["discussed", "wrote"]


def test_no_goal_is_in_force_before_he_says_yes(told: Told) -> None:
    before = {g["words"]: g["status"] for g in told.saw("goals_not_yet")["goals"]}
    after = {g["words"]: g["status"] for g in told.saw("goals_in_force")["goals"]}
    assert set(before.values()) == {"proposed"}
    assert set(after.values()) == {"active"}
    assert len(before) == len(after) == 2


def test_what_failed_for_want_of_means_is_said_to_have_failed_for_that(told: Told) -> None:
    assert told.sentence("hugo", ASIDE) == (
        "Vous avez mis l’objectif « Visiter trois appartements avant l’été. » de côté. "
        "Ce qui a bloqué : « Pas d’éducatrice disponible pour les visites avant septembre. » "
        "(les moyens : argent, temps, personnel). Ont pris part : Claire Vasseur (accompagnement, "
        "en a parlé). Noté par vous, confirmé par Claire Vasseur le 30 juin 2026."
    )
    assert told.sentence("claire", ASIDE, "hugo", "en").startswith(
        "Hugo Delmas set the goal “Visiter trois appartements avant l’été.” aside. "
        "What stood in the way: “Pas d’éducatrice disponible pour les visites avant septembre.” "
        "(means: money, time, staff)."
    )
    assert took_part(told.entry("claire", ASIDE, "hugo")) == [
        ("Hugo Delmas", "person", "proposed", ("experiential",), "own"),
        CLAIRE,
    ]


def test_a_step_done_a_goal_reached_and_a_change_that_he_judges_himself(told: Told) -> None:
    done, reached = at("action_done"), at("goal_achieved")
    assert told.sentence("hugo", done) == (
        "L’étape « Aller voir le responsable de l’atelier. » est faite, selon vous."
    )
    assert told.sentence("hugo", reached, language="en") == (
        "You say you have reached the goal “Faire un stage à l’atelier vélo.”"
    )
    assert told.sentence("hugo", at("change_judged")) == (
        "À propos de « Mon travail ou mon occupation », depuis le 7 avril 2026, vous dites : "
        "« C’est mieux qu’avant ». Ce qui a compté : « Ce que j’ai fait moi-même » et "
        "« Les gens autour de moi »."
    )
    days = [told.entry("claire", p, "hugo")["occurred_at"] for p in (STEP, done, reached)]
    assert days == ["2026-04-21", "2026-05-05", "2026-07-03"]


def test_how_both_goals_ended_is_in_the_plan(told: Told) -> None:
    plan = told.life("hugo").plan
    goals = told.get("claire", f"/plans/v1/persons/{party('hugo')}/plans/{plan}")["goals"]
    assert {g["words"]: g["status"] for g in goals} == {
        "Faire un stage à l’atelier vélo.": "achieved",
        "Visiter trois appartements avant l’été.": "set_aside",
    }


def test_whoever_runs_the_house_reads_nothing_of_it(told: Told) -> None:
    plan = told.life("hugo").plan
    for who in ("aurelie", "helene", "thomas", "isabelle", "yasmine"):
        for path in (
            f"/plans/v1/persons/{party('hugo')}/plans/{plan}",
            f"/assessment/v1/persons/{party('hugo')}/assessments",
            f"/reporting/v1/persons/{party('hugo')}/trail",
        ):
            assert told.ask(who, path).status_code in (403, 404), (who, path)
