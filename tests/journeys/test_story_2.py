"""The person's 100 % stands: Réjean's answers, Karim's lower view, and whose view moves."""

from functools import partial

import pytest

from cosigne.people import find
from tests.journeys.looking import place_of
from tests.journeys.told import Told, themes_of, took_part, values_of, without_reads

at = partial(place_of, 2)
ALL_100, REVISED = at("theme_rated_many"), at("view_revised")
CHAIR = "Avant, je dormais avec une chaise contre la porte. Ici, je dors. Pour moi, c’est 100."
MINE = "Je comparais avec ma vie à moi. Lui compare avec la sienne."


def test_though_karim_was_beside_him_he_sees_nothing_before_it_is_shown(told: Told) -> None:
    assert told.refused("karim_before_100") == (404, "stream.unknown")
    assert told.refused("view_before_she_shows") == (409, "theme.not_shown")


def test_each_of_55_answers_is_an_entry_that_karim_confirmed_being_beside(told: Told) -> None:
    entries = told.teller.recorded[ALL_100][:55]
    trail = {e["entry"]: e for e in told.trail("rejean")}
    rated = [trail[entry] for entry in entries]
    assert {e["type"] for e in rated} == {"assessment.theme_rated"}
    for entry in rated:
        assert took_part(entry) == [
            ("Réjean Lavigne", "person", "wrote", ("experiential",), "own"),
            ("Karim Belhadj", "practitioner", "discussed", ("professional",), "confirmed"),
        ]
    assert len({e["sentence"] for e in rated}) == 55


@pytest.mark.parametrize("look", ["karim_rates", "karim_withdraws", "karim_rates_many"])
def test_nobody_overwrites_his_answer(told: Told, look: str) -> None:
    assert told.refused(look) == (403, "person.hers_alone")


def test_the_others_view_stands_beside_and_changes_nothing_of_his(told: Told) -> None:
    shown = told.saw("rejean_beside_views")
    assert set(values_of(shown).values()) == {100}
    assert len(values_of(shown)) == 55
    views = {name: view for name, t in themes_of(shown).items() for view in t["views"]}
    assert {name: (v["value"], v["perspective"]) for name, v in views.items()} == {
        "securite": (50, "practitioner"),
        "espoir": (55, "practitioner"),
    }


def test_it_is_the_others_view_that_moves_and_names_the_words_it_came_from(told: Told) -> None:
    words = told.life("rejean").entries["parole-chaise"]
    theme = themes_of(told.saw("rejean_after_talk"))["securite"]
    (view,) = theme["views"]
    assert (theme["answer"]["value"], view["value"]) == (100, 90)
    assert view["because_of"] == [words]
    assert [t["words"] for t in theme["thread"] if t["entry"] == words] == [CHAIR]
    assert told.entry("karim", REVISED, "rejean")["because_of"] == [words]


def test_the_inflexion_is_said_to_each(told: Told) -> None:
    assert told.sentence("rejean", REVISED) == (
        "Après l’échange avec vous, Karim Belhadj a revu son regard sur « Me sentir en sécurité » : "
        f"50 % avant, 90 % maintenant. Ce qui a compté : « {CHAIR} » « {MINE} » "
        "Noté par Karim Belhadj, confirmé par vous le 9 février 2026."
    )
    assert told.sentence("karim", REVISED, "rejean", "en") == (
        "After talking with Réjean Lavigne, you changed your view of “Feeling safe”: "
        f"50% before, 90% now. What mattered: “{CHAIR}” “{MINE}” "
        "Recorded by you, confirmed by Réjean Lavigne on 9 February 2026."
    )
    assert took_part(told.entry("rejean", REVISED)) == [
        ("Karim Belhadj", "practitioner", "wrote", ("professional",), "own"),
        ("Réjean Lavigne", "person", "discussed", ("experiential",), "confirmed"),
    ]


def test_months_later_a_lower_answer_is_his_to_give_and_to_explain(told: Told) -> None:
    lower = at("theme_rated", theme="sante-physique")
    assert told.sentence("rejean", lower) == (
        "Pour « Ma santé physique », vous avez mis 70 %. "
        "Commentaire : « Maintenant je peux le dire, le dos me fait mal. »"
    )
    judged = at("change_judged")
    assert told.sentence("rejean", judged, language="en") == (
        "About “My physical health”, since 2 February 2026, you say: “It goes up and down”."
    )
    assert told.entry("rejean", judged)["because_of"] == [told.entry("rejean", lower)["entry"]]
    shown = {e["entry"] for e in told.trail("karim", "rejean")}
    assert not {told.entry("rejean", place)["entry"] for place in (lower, judged)} & shown


def test_his_first_answers_stand_to_this_day(told: Told) -> None:
    portraits = told.get("rejean", f"/assessment/v1/persons/{find('rejean').id}/assessments")
    (first,) = [p for p in portraits["assessments"] if len(values_of(p)) == 55]
    assert set(values_of(first).values()) == {100}
    noted = {e["author"]["name"] for e in rated(told)}
    assert noted == {"Réjean Lavigne"}


def rated(told: Told) -> list[dict]:
    entries = without_reads(told.trail("rejean"))
    return [e for e in entries if e["type"] == "assessment.theme_rated"]
