"""Alone first, then together: Luc fills three tabs by himself, shows them, and they meet."""

from functools import partial

import pytest

from cosigne.people import find
from tests.journeys.looking import place_of
from tests.journeys.told import Told, themes_of, took_part, values_of, without_reads

at = partial(place_of, 1)
MEETING = at("sharing_meeting_held")
ANSWERED = {
    "logement": 55,
    "sommeil": 30,
    "sante-mentale": 45,
    "confiance-en-moi": 35,
    "famille": 60,
    "compter-sur-quelquun": 70,
    "loisirs": 80,
    "travail": 20,
    "reves-projets": 65,
    "intimite": None,
    "role-parent": None,
}


def test_whoever_has_no_care_relation_meets_nobody(told: Told) -> None:
    for look in ("karim_a_stranger", "chantal_after", "namesake_after"):
        assert told.refused(look) == (404, "person.unknown")


def test_before_he_shows_anything_there_is_nothing_to_see(told: Told) -> None:
    assert told.saw("karim_before_list") == {"assessments": []}
    assert told.refused("karim_before") == (404, "stream.unknown")
    assert told.saw("karim_before_resources") == {"strengths": [], "aspirations": []}
    assert told.saw("karim_before_decisions") == {"entries": []}
    kinds = [e["type"] for e in without_reads(told.saw("karim_before_trail")["entries"])]
    assert kinds == [
        "directory.care_relation_started",
        "directory.way_of_working_agreed",
        "directory.contribution_confirmed",
    ]


def test_once_shown_all_of_it_is_seen_in_his_words_and_by_the_day(told: Told) -> None:
    assert values_of(told.saw("karim_after")) == ANSWERED
    travail = themes_of(told.saw("karim_after"))["travail"]
    assert travail["answer"]["comment"] == "Ça me manque de servir à quelque chose."
    assert travail["answer"]["occurred_at"] == "2026-01-16"
    assert travail["star"]["rank"] == 1
    strengths = told.saw("karim_after_resources")["strengths"]
    assert [s["words"] for s in strengths] == [
        "Je joue de la guitare depuis mes 12 ans.",
        "Je suis ponctuel quand je m’engage.",
        "Mon frère Simon croit en moi.",
    ]
    kinds = [e["type"] for e in told.saw("karim_after_trail")["entries"]]
    assert kinds.count("assessment.theme_rated") == 9
    assert kinds.count("assessment.theme_skipped") == 2
    assert kinds.count("assessment.star_placed") == 3


def test_not_concerned_and_rather_not_say_are_answers_without_a_figure(told: Told) -> None:
    themes = themes_of(told.saw("karim_after"))
    chosen = {name: t["answer"]["choice"] for name, t in themes.items() if t["answer"]["choice"]}
    assert chosen == {"intimite": "rather_not_say", "role-parent": "not_concerned"}


@pytest.mark.parametrize(
    ("place", "fr", "en"),
    [
        (
            at("theme_rated", theme="travail", value=20),
            "Pour « Mon travail ou mon occupation », vous avez mis 20 %. Commentaire : « Ça me manque de servir à quelque chose. »",
            "For “My work or occupation”, you put 20%. Comment: “Ça me manque de servir à quelque chose.”",
        ),
        (
            at("theme_skipped", theme="intimite"),
            "Pour « Ma vie intime », vous avez choisi : « J’aime mieux ne pas le dire ».",
            "For “My intimate life”, you chose: “I’d rather not say”.",
        ),
        (
            at("assessment_shared"),
            "Vous avez choisi de montrer ce portrait à Karim Belhadj. Ce qui est montré : la qualité de vie; les forces et les projets; le réseau.",
            "You chose to show this portrait to Karim Belhadj. What is shown: quality of life; strengths and projects; the network.",
        ),
        (
            at("theme_discussed", words="Ce n’est pas l’argent. C’est d’être attendu quelque part le matin."),
            "À propos de « Mon travail ou mon occupation », vous avez écrit : « Ce n’est pas l’argent. C’est d’être attendu quelque part le matin. »",
            "About “My work or occupation”, you wrote: “Ce n’est pas l’argent. C’est d’être attendu quelque part le matin.”",
        ),
        (
            at("change_judged", theme="loisirs"),
            "À propos de « Mes loisirs », depuis le 16 janvier 2026, vous dites : « Ça n’a pas bougé, et c’est ce que je veux ».",
            "About “What I do for fun”, since 16 January 2026, you say: “It has stayed the same, and that is what I want”.",
        ),
    ],
)  # fmt: skip
def test_his_trail_says_it_to_him(told: Told, place: str, fr: str, en: str) -> None:
    assert told.sentence("luc", place) == fr
    assert told.sentence("luc", place, language="en") == en


def test_the_meeting_is_noted_by_one_and_confirmed_by_the_other(told: Told) -> None:
    assert told.sentence("luc", MEETING) == (
        "Rencontre de mise en commun le 21 janvier 2026, avec Karim Belhadj et vous. "
        "Thèmes abordés : « Mon travail ou mon occupation » et « Mon sommeil ». "
        "Noté par Karim Belhadj, confirmé par vous le 21 janvier 2026."
    )
    meeting = told.entry("karim", MEETING, "luc")
    assert meeting["setting"] == "meeting"
    assert took_part(meeting) == [
        ("Karim Belhadj", "practitioner", "wrote", ("professional",), "own"),
        ("Luc Gendreau", "person", "discussed", ("experiential",), "confirmed"),
    ]
    assert [c["noted"] for c in meeting["contributors"]] == ["own", "claimed"]


def test_he_alone_knows_at_which_hour_he_wrote(told: Told) -> None:
    rated = at("theme_rated", theme="travail", value=20)
    assert told.entry("luc", rated)["occurred_at"] == "2026-01-16T20:07:00-05:00"
    for key in ("occurred_at", "recorded_at"):
        assert told.entry("karim", rated, "luc")[key] == "2026-01-16"
        assert told.entry("etienne", rated, "luc")[key] == "2026-01-16"


def test_two_dates_compare_theme_by_theme_and_no_figure_stands_over_them(told: Told) -> None:
    compared = told.get("luc", comparisons(), **two_dates(told))
    assert set(compared) == {"before", "after", "method", "sides", "differences"}
    points = {d["theme_after"]: d["points"] for d in compared["differences"]}
    assert {theme: p for theme, p in points.items() if p is not None} == {
        "travail": 35,
        "sommeil": 20,
        "confiance-en-moi": 20,
        "loisirs": 0,
        "reves-projets": -5,
        "compter-sur-quelquun": 0,
    }
    reasons = {d["theme_after"]: d["reason"] for d in compared["differences"] if d["reason"]}
    assert reasons == {
        "logement": "no_answer_after",
        "sante-mentale": "no_answer_after",
        "famille": "no_answer_after",
        "intimite": "rather_not_say_before",
        "role-parent": "not_concerned_before",
        "mes-journees": "no_answer_before",
    }


def test_what_he_says_has_changed_stands_beside_the_points(told: Told) -> None:
    compared = told.get("luc", comparisons(), **two_dates(told))
    judged = {d["theme_after"]: (d["points"], d["judged"]) for d in compared["differences"]}
    points, (said,) = judged["loisirs"]
    assert (points, said["judgement"], said["as_hoped"]) == (0, "maintained_as_i_wish", True)
    points, (said,) = judged["travail"]
    assert (points, said["judgement"], said["as_hoped"]) == (35, "better", True)
    assert judged["sommeil"][1] == []
    assert compared["method"] == {"name": "theme.change", "version": 1}
    days = [(side["opened_at"], side["edition"]) for side in compared["sides"]]
    assert days == [("2026-01-16", 1), ("2026-05-20", 1)]
    because = {d["theme_after"]: d["reason_said"] for d in compared["differences"]}
    assert because["logement"] == "Il n’y a pas de réponse la seconde fois."
    assert because["travail"] is None


def comparisons() -> str:
    return f"/assessment/v1/persons/{find('luc').id}/comparisons"


def two_dates(told: Told) -> dict[str, str]:
    """His two portraits, by the answer on his work in each."""
    streams = (
        told.entry("luc", at("theme_rated", theme="travail", value=value))["stream"]
        for value in (20, 55)
    )
    return dict(zip(("before", "after"), streams, strict=True))


def test_the_second_portrait_is_his_alone_and_so_is_the_comparison(told: Told) -> None:
    dates = two_dates(told)
    shown = told.get("karim", f"/assessment/v1/persons/{find('luc').id}/assessments")
    seen = {p["id"]: values_of(p) for p in shown["assessments"]}
    # of the second, what he noted for Luc himself and nothing else
    assert seen == {dates["before"]: ANSWERED, dates["after"]: {"mes-journees": 60}}
    second = at("theme_rated", theme="travail", value=55)
    assert told.sentence("luc", second).startswith("Pour « Mon travail ou mon occupation »")
    entry = told.entry("luc", second)["entry"]
    assert entry not in {e["entry"] for e in told.trail("karim", "luc")}
    answer = told.ask("karim", comparisons(), **dates)
    assert "Deux matins par semaine" not in answer.text


def test_answers_are_counted_by_nobody(told: Told) -> None:
    """« 5 réponses », never « 5/55 »: no answer holds how many there might have been."""
    seen = [look.text for name, look in told.seen.items() if name.startswith("karim")]
    said = told.sentences("luc") + told.sentences("luc", language="en")
    for text in (*seen, *said):
        assert "/55" not in text
        assert "sur 55" not in text
        assert "of 55" not in text
    for portrait in (told.saw("karim_after"), told.saw("paper_to_luc")):
        assert not {"answered", "offered", "progress", "total", "mean"} & set(portrait)
