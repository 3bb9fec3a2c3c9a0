"""Always together: Félix never uses it alone, and through two tabs a bond is woven."""

from functools import partial

from tests.journeys.looking import party, place_of
from tests.journeys.told import Told, took_part, values_of, without_reads

at = partial(place_of, 9)
WAY = at("way_of_working_agreed")
STRENGTH = at("strength_named")
KIND = "Je remarque quand quelqu’un ne va pas bien."
PROCESS = ("p-forces", "p-rythme")


def portraits(told: Told, who: str) -> list[dict]:
    path = f"/assessment/v1/persons/{party('felix')}/assessments"
    listed = told.get(who, path)["assessments"]
    return [told.get(who, f"{path}/{one['id']}") for one in listed]


def test_they_agreed_to_do_it_together_in_his_words(told: Told) -> None:
    assert told.sentence("felix", WAY) == (
        "Vous avez choisi une façon de travailler : ensemble. "
        "« Je le fais toujours avec Julie. Pas tout seul. » "
        "Ont pris part : Julie Robidoux (accompagnement, a écrit). "
        "Noté par vous, confirmé par Julie Robidoux le 15 septembre 2025."
    )
    assert took_part(told.entry("julie", WAY, "felix")) == [
        ("Félix Arsenault", "person", "agreed", ("experiential",), "own"),
        ("Julie Robidoux", "practitioner", "wrote", ("professional",), "confirmed"),
    ]


def test_nothing_of_it_was_done_alone(told: Told) -> None:
    his = [e for e in without_reads(told.trail("felix")) if e["author"]["party"] == party("felix")]
    assert len(his) > 10
    assert {e["setting"] for e in his} == {"together"}


def test_each_answer_is_his_and_both_took_part(told: Told) -> None:
    rated = told.entry("felix", at("theme_rated", theme="lien-intervenants", value=35))
    assert took_part(rated) == [
        ("Félix Arsenault", "person", "wrote", ("experiential",), "own"),
        ("Julie Robidoux", "practitioner", "discussed", ("professional",), "confirmed"),
    ]
    assert rated["author"]["name"] == "Félix Arsenault"


def test_a_strength_that_she_proposed_is_his_by_his_yes(told: Told) -> None:
    assert f"« {KIND} »" in told.sentence("felix", STRENGTH)
    named = took_part(told.entry("felix", STRENGTH))
    assert ("Félix Arsenault", "person", "agreed", ("experiential",), "own") in named
    assert ("Julie Robidoux", "practitioner", "proposed", ("professional",), "confirmed") in named


def test_over_six_months_he_is_more_at_ease_with_those_who_accompany_him(told: Told) -> None:
    found = [values_of(p) for p in portraits(told, "felix")]
    ease = sorted(p["lien-intervenants"] for p in found if "lien-intervenants" in p)
    trust = sorted(p["confiance-en-moi"] for p in found if "confiance-en-moi" in p)
    assert (ease, trust) == ([35, 50, 65], [25, 40, 55])


def test_what_he_says_of_how_it_goes_is_his_alone(told: Told) -> None:
    (his,) = [v for v in (values_of(p) for p in portraits(told, "felix")) if "p-forces" in v]
    assert his == {"p-forces": 90, "p-rythme": 95}
    for theme in PROCESS:
        place = at("theme_rated", theme=theme)
        entry = told.teller.recorded[place][0]
        for who in ("julie", "chantal", "karim"):
            answer = told.ask(who, f"/reporting/v1/persons/{party('felix')}/trail", limit=200)
            assert entry not in answer.text, (who, theme)
    for portrait in portraits(told, "julie"):
        assert not set(PROCESS) & set(values_of(portrait))


def test_the_house_the_relatives_of_others_and_another_house_read_nothing_of_it(told: Told) -> None:
    for who in ("chantal", "karim", "rejean", "claire", "luc-du-vallon"):
        for path in (
            f"/assessment/v1/persons/{party('felix')}/assessments",
            f"/reporting/v1/persons/{party('felix')}/trail",
            f"/network/v1/persons/{party('felix')}/network",
        ):
            assert told.ask(who, path).status_code in (403, 404), (who, path)
