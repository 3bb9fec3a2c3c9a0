"""Waiting for each other: Sandrine fills everything in alone, and waits for the goals."""

from functools import partial

from tests.journeys.looking import party, place_of
from tests.journeys.told import Told, took_part, without_reads

at = partial(place_of, 4)
AGREED, STEP = at("goal_agreed"), at("action_added")
SWIM = "Retourner à la piscine une fois par semaine, avec quelqu’un."
TOGETHER = "J’attends pour les objectifs. Je veux qu’on les fixe ensemble."


def test_she_is_waiting_and_nothing_is_shown_before_she_shows_it(told: Told) -> None:
    assert told.saw("chantal_before") == {"assessments": []}
    invited = at("together_wanted")
    assert told.sentence("sandrine", invited) == (
        f"Vous préférez faire ceci avec Chantal Morissette : « mes objectifs ». « {TOGETHER} »"
    )
    kinds = {e["type"] for e in without_reads(told.saw("invitation_before_shown")["entries"])}
    assert kinds == {"directory.care_relation_started"}


def test_the_invitation_is_seen_by_both(told: Told) -> None:
    for look in ("invitation_to_her", "invitation_to_chantal"):
        (wanted,) = told.saw(look)["together"]
        assert wanted["with_party"] == party("chantal")
        assert wanted["words"] == TOGETHER
    for who in ("sandrine", "chantal"):
        kinds = {e["type"] for e in told.trail(who, "sandrine")}
        assert "assessment.together_wanted" in kinds


def test_a_goal_of_both_is_in_force_by_her_yes_and_not_before(told: Told) -> None:
    (proposed,) = told.saw("goal_proposed")["goals"]
    assert (proposed["words"], proposed["status"]) == (SWIM, "proposed")
    assert [s.partition(":")[0] for s in proposed["grown_from"]] == ["star", "strength", "tie"]
    (agreed,) = told.saw("goal_agreed")["goals"]
    assert (agreed["status"], agreed["agreement"]) == ("active", "own")
    answers = {a["party"]: (a["answer"], a["attestation"]) for a in agreed["answers"]}
    assert answers == {
        party("sandrine"): ("agreed", "own"),
        party("chantal"): ("agreed", "confirmed"),
    }


def test_both_proposed_it_and_both_said_yes(told: Told) -> None:
    proposed = took_part(told.entry("sandrine", at("goal_proposed")))
    assert {(name, part) for name, _, part, *_ in proposed} == {
        ("Sandrine Paquin", "proposed"),
        ("Chantal Morissette", "proposed"),
    }
    assert took_part(told.entry("chantal", AGREED, "sandrine")) == [
        ("Sandrine Paquin", "person", "agreed", ("experiential",), "own"),
        ("Chantal Morissette", "practitioner", "agreed", ("professional",), "confirmed"),
    ]
    assert told.sentence("chantal", AGREED, "sandrine") == (
        f"Sandrine Paquin a dit oui à l’objectif « {SWIM} » "
        "Ont pris part : vous (accompagnement, a dit oui). "
        "Noté par Sandrine Paquin, confirmé par vous le 11 mars 2026."
    )


def test_a_step_noted_by_the_other_is_hers_once_she_confirms_it(told: Told) -> None:
    step = told.entry("sandrine", STEP)
    assert took_part(step) == [
        ("Chantal Morissette", "practitioner", "wrote", ("professional",), "own"),
        ("Sandrine Paquin", "person", "agreed", ("experiential",), "confirmed"),
    ]
    (answer,) = step["answers"]
    assert (answer["kind"], answer["author"]["name"]) == (
        "contribution_confirmed",
        "Sandrine Paquin",
    )


def test_two_views_of_how_far_it_has_come_stand_side_by_side(told: Told) -> None:
    plan = told.life("sandrine").plan
    for who in ("sandrine", "chantal"):
        (goal,) = told.get(who, f"/plans/v1/persons/{party('sandrine')}/plans/{plan}")["goals"]
        seen = {p["author"]: (p["value"], p["stands"]) for p in goal["progress"]}
        assert seen == {party("sandrine"): (60, True), party("chantal"): (75, True)}
    hers = at("progress_rated", value=60)
    assert told.sentence("chantal", hers, "sandrine", "en") == (
        f"For the goal “{SWIM}”, Sandrine Paquin puts progress at 60%."
    )
    assert told.sentence("sandrine", at("progress_rated", value=75)) == (
        f"Pour l’objectif « {SWIM} », Chantal Morissette situe l’avancée à 75 %, "
        "selon son propre regard."
    )
