"""Free in her rights: a yes noted too fast, put right without blame; and who may see what."""

from functools import partial
from typing import Any

import pytest

from tests.journeys.looking import party, place_of
from tests.journeys.told import Told, plain, themes_of, took_part, values_of, without_reads

at = partial(place_of, 8)
NOTED = at("goal_agreed", goal="courses")
BOOK = "Tenir un cahier de mes dépenses."
STALL = "Tenir un stand de couture au marché, comme je l’entends."
THINKING = "J’ai dit que j’y réfléchirais. Je n’ai pas dit oui."


def test_leila_sees_nothing_before_and_never_the_theme_kept_back(told: Told) -> None:
    assert told.refused("leila_before") == (404, "stream.unknown")
    kinds = {e["type"] for e in without_reads(told.saw("leila_before_trail")["entries"])}
    assert kinds == {"directory.care_relation_started"}
    assert values_of(told.saw("leila_after")) == {
        "defendre-mes-droits": 35,
        "mes-choix": 40,
        "budget": 70,
        "respect": 45,
    }
    assert themes_of(told.saw("leila_after"))["budget"]["answer"]["comment"] == (
        "Je dépense comme je veux, et ça se juge."
    )


def test_her_intimacy_shows_to_nobody_else_in_any_way(told: Told) -> None:
    kept = told.entry("beatrice", at("theme_rated", theme="intimite"))
    assert plain(kept["sentence"]) == "Pour « Ma vie intime », vous avez mis 50 %."
    for who in ("leila", "thomas", "sophie", "julien"):
        answer = told.ask(who, f"/reporting/v1/persons/{party('beatrice')}/trail", limit=200)
        assert "intim" not in answer.text
    for language in ("fr", "en"):
        told_to_leila = told.trail("leila", "beatrice", language)
        assert kept["entry"] not in {e["entry"] for e in told_to_leila}
        assert all("intim" not in e["sentence"].lower() for e in told_to_leila)
    assert "intimite" not in told.seen["leila_after"].text


def test_whom_she_did_not_show_it_sees_no_portrait(told: Told) -> None:
    assert told.refused("thomas_not_shown") == (404, "stream.unknown")


def goal_in(told: Told, look: str, words: str = BOOK) -> Any:
    (found,) = [g for g in told.saw(look)["goals"] if g["words"] == words]
    return found


def test_a_yes_noted_for_her_counts_and_says_that_it_is_only_noted(told: Told) -> None:
    assert goal_in(told, "courses_proposed")["status"] == "proposed"
    for look in ("courses_noted", "courses_noted_to_leila"):
        goal = goal_in(told, look)
        assert (goal["status"], goal["agreement"]) == ("active", "noted")
        assert goal["answers"][0]["noted_by"] == party("leila")


def test_the_noted_yes_tells_when_it_was_and_when_it_was_written(told: Told) -> None:
    entry = told.entry("beatrice", NOTED)
    assert entry["occurred_at"] == "2026-05-12T15:00:00+02:00"
    assert told.entry("leila", NOTED, "beatrice")["recorded_at"].startswith("2026-05-13")
    assert (entry["author"]["name"], entry["actor"]["name"]) == (
        "Béatrice Nollet",
        "Leïla Fontaine",
    )
    assert took_part(entry) == [
        ("Leïla Fontaine", "practitioner", "wrote", ("professional",), "own"),
        ("Béatrice Nollet", "person", "agreed", ("experiential",), "disputed"),
    ]
    assert [c["noted"] for c in entry["contributors"]] == ["own", "claimed"]
    assert plain(entry["sentence"]) == (
        f"Béatrice Nollet a dit oui à l’objectif « {BOOK} » "
        "Ont pris part : Leïla Fontaine (accompagnement, a écrit). Noté par Leïla Fontaine. "
        "Vous n’êtes pas d’accord depuis le 15 mai 2026. "
        "Arrivé le 12 mai 2026, écrit ici le 13 mai 2026."
    )


def test_by_life_it_stands_on_the_twelfth_and_by_recording_on_the_thirteenth(told: Told) -> None:
    person = f"/reporting/v1/persons/{party('beatrice')}"
    on_12 = {"occurred_from": "2026-05-12", "occurred_until": "2026-05-12"}
    by_life = told.get("beatrice", f"{person}/timeline", **on_12)["entries"]
    on_13 = {"recorded_from": "2026-05-13", "recorded_until": "2026-05-13"}
    by_recording = told.get("beatrice", f"{person}/trail", **on_13)["entries"]
    yes = told.entry("beatrice", NOTED)["entry"]
    assert yes in {e["entry"] for e in by_life}
    assert [e["entry"] for e in without_reads(by_recording)] == [yes]


def test_before_disputing_she_reads_who_looked(told: Told) -> None:
    looked = [plain(e["sentence"]) for e in told.saw("who_looked")["entries"]]
    assert "Leïla Fontaine (accompagnement) a consulté : le portrait, le 4 mai 2026." in looked
    assert "Thomas Guérin (accompagnement) a consulté : le portrait, le 4 mai 2026." in looked
    assert "Leïla Fontaine (accompagnement) a consulté : le plan, le 13 mai 2026." in looked
    assert not any("Béatrice" in sentence for sentence in looked)


def test_disputed_it_takes_the_goal_out_of_force(told: Told) -> None:
    for look in ("courses_disputed", "courses_disputed_to_leila", "courses_corrected"):
        goal = goal_in(told, look)
        assert (goal["status"], goal["agreement"]) == ("disagreed", None)
    assert told.refused("step_without_her_yes") == (409, "goal.not_agreed")


def test_dispute_answer_and_correction_are_told_in_the_same_voice(told: Told) -> None:
    assert told.sentence("beatrice", at("contribution_disputed")) == (
        "Vous n’êtes pas d’accord avec ce qui est écrit en votre nom : « Béatrice Nollet a dit oui "
        f"à l’objectif “{BOOK}” » Raison donnée : « {THINKING} »"
    )
    assert told.sentence("beatrice", at("dispute_answered"), language="en") == (
        "Leïla Fontaine answered this disagreement (“Béatrice Nollet said yes to the goal "
        f"‘{BOOK}’”): “Vous avez raison. J’ai noté trop vite.” Outcome: the entry no longer stands."
    )
    assert told.sentence("beatrice", at("correction_recorded")) == (
        "Leïla Fontaine a corrigé une note du 12 mai 2026. "
        "Maintenant : « Béatrice a voulu y réfléchir. »"
    )


def test_the_decision_keeps_all_that_was_said_of_it(told: Told) -> None:
    record = told.decision("beatrice", "agreed:courses")["decision"]
    assert record["dispute"] == "accepted"
    assert [(a["kind"], a["author"]["name"], a["words"]) for a in record["answers"]] == [
        ("contribution_disputed", "Béatrice Nollet", THINKING),
        ("dispute_answered", "Leïla Fontaine", "Vous avez raison. J’ai noté trop vite."),
        ("correction_recorded", "Leïla Fontaine", "Béatrice a voulu y réfléchir."),
    ]


def test_her_no_is_hers_and_her_own_goal_takes_its_place(told: Told) -> None:
    assert goal_in(told, "courses_declined")["status"] == "declined"
    assert told.refused("courses_again") == (409, "goal.declined")
    declined = told.entry("leila", at("goal_declined"), "beatrice")
    assert plain(declined["sentence"]) == (
        f"Béatrice Nollet a dit non à l’objectif « {BOOK} » Il n’est pas dans le plan. "
        "Raison donnée : « Mon argent, je le gère à ma façon. »"
    )
    stall = goal_in(told, "leila_still", STALL)
    assert (stall["status"], stall["agreement"]) == ("active", "own")
    assert told.sentence("beatrice", at("goal_proposed", key="atelier")) == (
        f"Vous avez proposé un objectif : « {STALL} » "
        "Vient de : ce qui compte : « Vivre de la couture, à ma façon. »"
    )


@pytest.mark.parametrize(
    "look",
    [
        "thomas_plan_after",
        "thomas_plans_after",
        "thomas_portraits_after",
        "thomas_resources_after",
        "thomas_trail_after",
        "thomas_decisions_after",
    ],
)
def test_restricted_thomas_sees_nothing_from_that_moment_on(told: Told, look: str) -> None:
    assert {g["words"] for g in told.saw("thomas_before")["goals"]} == {BOOK, STALL}
    assert told.refused(look) == (404, "person.unknown")


def test_her_restriction_is_on_record_and_shuts_out_nobody_else(told: Told) -> None:
    assert told.sentence("beatrice", at("access_restricted")) == (
        "Vous avez limité l’accès : Thomas Guérin ne peut plus voir quoi que ce soit. "
        "Raison donnée : « Il est mon voisin. »"
    )
    assert told.seen["leila_still"].status_code == 200
    still = told.ask("thomas", f"/reporting/v1/persons/{party('yasmine')}/trail")
    assert still.status_code == 200


def test_the_right_she_asked_for_was_answered_in_time(told: Told) -> None:
    assert told.sentence("beatrice", at("right_requested")) == (
        "Vous avez fait une demande : une copie du dossier. "
        "Réponse attendue au plus tard le 1er octobre 2026."
    )
    answered = told.entry("beatrice", at("right_answered"))
    assert plain(answered["sentence"]) == (
        "Réponse à la demande (une copie du dossier) : accordée. Par Julien Mercier."
    )
    assert answered["occurred_at"].startswith("2026-09-15")
    assert took_part(answered) == [("Julien Mercier", "privacy_officer", "wrote", (), "own")]
