"""The maps of the cast: Luc's, alone first; and Sandrine's, with whom a tie is taken up again."""

from functools import partial

from cosigne.people import id_of
from tests.journeys.looking import party, place_of
from tests.journeys.told import Told

SHOP, CHILDHOOD, GANG = (
    "Le gars du magasin de musique", "Mon amie d’enfance", "Mon ancienne gang",
)  # fmt: skip


def map_of(person: str, resource: str = "") -> str:
    return f"/network/v1/persons/{party(person)}/network{resource}"


def names(ties):
    return [tie["name"] for tie in ties]


def test_luc_put_two_people_on_his_map_and_rated_one(told: Told) -> None:
    found = told.get("luc", map_of("luc"))
    assert [(t["name"], t["circle"], t["relation"]) for t in found["ties"]] == [
        ("Simon", 1, "frère"),
        (SHOP, 3, "connaissance"),
    ]
    simon = found["ties"][0]
    assert (simon["rating"]["quality"], simon["rating"]["closeness"]) == ("bonne", "très proche")
    assert (simon["support"]["received"], simon["support"]["given"]) == (
        ["emotional", "practical"],
        ["companionship"],
    )
    place = place_of(1, "tie_rated", alter="Simon")
    assert told.sentence("luc", place) == (
        "Vous avez décrit le lien avec « Simon » : « bonne », « très proche »."
    )


def test_he_showed_a_portrait_and_not_his_map(told: Told) -> None:
    for who in ("karim", "chantal", "etienne", "patrick"):
        for resource in ("", "/evolution", "/measures"):
            assert told.ask(who, map_of("luc", resource)).status_code in (403, 404), who
        trail = told.ask(who, f"/reporting/v1/persons/{party('luc')}/trail", limit=200).text
        # Simon's name is in a strength that he did show
        assert SHOP not in trail
        assert who == "etienne" or "network.tie_" not in trail


def test_a_tie_that_had_ended_is_taken_up_again(told: Told) -> None:
    at = partial(place_of, 4)
    before = told.get("sandrine", map_of("sandrine"), as_of="2026-03-05")
    assert {t["name"]: t["ended"] for t in before["ties"]} == {CHILDHOOD: True, GANG: True}
    now = told.get("sandrine", map_of("sandrine"))
    assert {t["name"]: t["ended"] for t in now["ties"]} == {CHILDHOOD: False, GANG: True}
    found = told.get(
        "sandrine", map_of("sandrine", "/evolution"), since="2026-03-05", until="2026-03-20"
    )
    assert names(found["gained"]) == [CHILDHOOD]
    assert found["back"] == [str(id_of("tie", f"sandrine/{CHILDHOOD}"))]
    assert names(found["lost"]) == names(found["passed"]) == []
    assert told.sentence("sandrine", at("tie_resumed")) == (
        f"Vous avez indiqué la reprise du lien avec « {CHILDHOOD} »."
    )


def test_the_goal_that_grew_from_a_tie_names_it_to_her_and_not_to_whom_she_shows_no_map(
    told: Told,
) -> None:
    proposed = place_of(4, "goal_proposed")
    assert CHILDHOOD in told.sentence("sandrine", proposed)
    assert CHILDHOOD not in told.sentence("chantal", proposed, "sandrine")
    (tie,) = (told.life("sandrine").entries[f"tie:{CHILDHOOD}"],)
    assert tie in told.entry("sandrine", proposed)["because_of"]


def test_figures_are_hers_and_null_where_nobody_asked(told: Told) -> None:
    found = told.get("luc", map_of("luc", "/measures"))
    assert found["kinds"][0]["size"]["value"] == 2
    for figure in found["among_people"]:
        assert (figure["value"], figure["reason"]) == (None, "not_collected")
