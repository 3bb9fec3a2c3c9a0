"""Opening doors: a theme lets Yasmine speak, in her own time, and to whom she chooses."""

from functools import partial

import pytest

from tests.journeys.looking import place_of
from tests.journeys.told import Told, plain, themes_of, took_part, values_of

at = partial(place_of, 6)
TO_MARC = at("assessment_shared", audience=["marc"])
PEER = at("theme_discussed", words="Au GEM, j’ai appris à parler en commençant par une phrase.")
ASKED = "Vous vous situez là. Voulez-vous m’en parler? Vous pouvez dire non."
WROTE = "Ma fille vit chez sa grand-mère. J’aimerais la voir plus souvent."
SATURDAY = "Passer un samedi par mois avec ma fille."


def test_not_today_is_an_answer_and_stays_on_its_theme(told: Told) -> None:
    thread = themes_of(told.saw("not_today"))["role-parent"]["thread"]
    assert [(t["words"], t["put_off"]) for t in thread] == [
        (ASKED, False),
        ("Pas aujourd’hui.", True),
    ]
    others = [t for name, t in themes_of(told.saw("not_today")).items() if name != "role-parent"]
    assert all(t["thread"] == [] for t in others)
    put_off = at("discussion_put_off")
    assert told.sentence("yasmine", put_off) == (
        "Vous préférez parler de « Mon rôle de parent » un autre jour. « Pas aujourd’hui. »"
    )
    assert told.sentence("thomas", put_off, "yasmine", "en").startswith(
        "Yasmine Benali would rather"
    )


def test_two_weeks_later_she_writes(told: Told) -> None:
    wrote = told.entry("thomas", at("theme_discussed", words=WROTE), "yasmine")
    assert wrote["setting"] == "remote"
    assert wrote["occurred_at"] == "2026-03-03"
    assert plain(wrote["sentence"]) == (
        f"À propos de « Mon rôle de parent », Yasmine Benali a écrit : « {WROTE} »"
    )
    assert took_part(wrote) == [("Yasmine Benali", "person", "wrote", ("experiential",), "own")]


def test_the_peer_sees_nothing_before_and_then_all_but_what_she_excepts(told: Told) -> None:
    assert told.refused("marc_before") == (404, "stream.unknown")
    assert set(values_of(told.saw("marc_after"))) == {
        "dire-ce-que-je-pense",
        "place-communaute",
        "respect",
        "valeurs-croyances",
        "logement",
    }
    assert told.refused("marc_opens_that_door") == (409, "theme.not_shown")


@pytest.mark.parametrize("look", ["marc_after", "marc_after_trail", "marc_plan", "marc_decisions"])
def test_nothing_marc_is_told_names_the_excepted_theme(told: Told, look: str) -> None:
    text = str(told.saw(look))
    assert "role-parent" not in text
    assert "rôle de parent" not in plain(text)


def test_nor_does_his_trail_to_this_day_in_either_language(told: Told) -> None:
    for language, title in (("fr", "Mon rôle de parent"), ("en", "Being a parent")):
        said = told.sentences("marc", "yasmine", language)
        assert len(said) > 10
        assert all(title not in s and "grand-mère" not in s for s in said)
    assert not any(
        e["type"] == "assessment.discussion_put_off" for e in told.trail("marc", "yasmine")
    )


def test_that_something_is_excepted_is_told_to_her_alone(told: Told) -> None:
    assert told.sentence("yasmine", TO_MARC) == (
        "Vous avez choisi de montrer ce portrait à Marc Lemoine. "
        "Ce qui est montré : la qualité de vie. Sauf : « Mon rôle de parent »."
    )
    assert told.sentence("marc", TO_MARC, "yasmine") == (
        "Yasmine Benali a choisi de montrer ce portrait à Marc Lemoine. "
        "Ce qui est montré : la qualité de vie."
    )
    assert all(
        "Sauf" not in s for who in ("marc", "thomas") for s in told.sentences(who, "yasmine")
    )
    assert told.saw("marc_after")["sharings"][0]["except_themes"] == []


def test_the_peers_knowledge_is_of_his_own_life_and_hers_is_only_noted(told: Told) -> None:
    entry = told.entry("yasmine", PEER)
    assert took_part(entry) == [
        ("Marc Lemoine", "peer_worker", "discussed", ("experiential",), "own"),
        ("Yasmine Benali", "person", "discussed", ("experiential",), "claimed"),
    ]
    assert plain(entry["sentence"]) == (
        "À propos de « Dire ce que je pense », Marc Lemoine a écrit : "
        "« Au GEM, j’ai appris à parler en commençant par une phrase. »"
    )


def test_the_goal_that_thomas_proposed_is_in_force_by_her_yes(told: Told) -> None:
    (goal,) = told.saw("thomas_plan")["goals"]
    assert (goal["words"], goal["status"], goal["agreement"]) == (SATURDAY, "active", "own")
    assert goal["grown_from"] == ["star:role-parent"]
    proposed = told.entry("yasmine", at("goal_proposed"))
    assert took_part(proposed) == [
        ("Thomas Guérin", "practitioner", "proposed", ("professional",), "own")
    ]
    assert plain(proposed["sentence"]) == (
        f"Thomas Guérin a proposé un objectif : « {SATURDAY} » "
        "Vient de : l’étoile à « Mon rôle de parent »."
    )
    assert told.sentence("yasmine", at("goal_agreed"), language="en") == (
        f"You said yes to the goal “{SATURDAY}” Who took part: Thomas Guérin (support worker, said "
        "yes). Recorded by you, confirmed by Thomas Guérin on 2 April 2026."
    )


def test_the_child_has_no_name_anywhere(told: Told) -> None:
    (goal,) = told.saw("marc_plan")["goals"]
    assert goal["words"] == SATURDAY
    assert goal["grown_from"] != ["star:role-parent"]
