"""A Luc Gendreau in each organisation: no list, no search and no id crosses the border."""

import json
from uuid import uuid4

import pytest

from cosigne.people import cast, find, id_of
from tests.journeys.looking import party
from tests.journeys.told import Told, without_reads

HERE, THERE = "luc", "luc-du-vallon"
ELSEWHERE = [p["id"] for p in cast()["people"] if p["organisation"] == "passerelles"]
PATHS = [
    "/directory/v1/persons/{}",
    "/assessment/v1/persons/{}/assessments",
    "/assessment/v1/persons/{}/resources",
    "/assessment/v1/persons/{}/themes/travail/answers",
    "/plans/v1/persons/{}/plans",
    "/plans/v1/persons/{}/waiting",
    "/reporting/v1/persons/{}/trail",
    "/reporting/v1/persons/{}/timeline",
    "/reporting/v1/persons/{}/decisions",
    "/reporting/v1/persons/{}/looks",
]


def test_they_have_the_same_name_and_nothing_else_in_common() -> None:
    assert find(HERE).name == find(THERE).name == "Luc Gendreau"
    assert find(HERE).tenant != find(THERE).tenant


def test_the_one_without_a_story_has_none_of_the_others(told: Told) -> None:
    happened = [e["type"] for e in without_reads(told.trail(THERE))]
    assert happened == ["directory.person_registered"]
    portraits = told.get(THERE, f"/assessment/v1/persons/{party(THERE)}/assessments")
    assert portraits == {"assessments": []}


@pytest.mark.parametrize("who", ELSEWHERE)
@pytest.mark.parametrize("path", PATHS)
def test_whoever_asks_from_elsewhere_hears_what_is_said_of_nobody(
    told: Told, who: str, path: str
) -> None:
    foreign = told.ask(who, path.format(party(HERE)))
    nobody = told.ask(who, path.format(uuid4()))
    assert (foreign.status_code, foreign.content) == (nobody.status_code, nobody.content)
    assert foreign.status_code == 404


@pytest.mark.parametrize(
    ("admin", "hers", "not_hers"), [("patrick", HERE, THERE), ("aurelie", THERE, HERE)]
)
def test_each_house_lists_its_own(told: Told, admin: str, hers: str, not_hers: str) -> None:
    for path in ("/directory/v1/persons", "/directory/v1/parties"):
        listed = json.dumps(told.get(admin, path, limit=200))
        assert (party(hers) in listed) == (path == "/directory/v1/persons")
        assert party(not_hers) not in listed
    persons = json.dumps(told.get(admin, "/directory/v1/persons", limit=200), ensure_ascii=False)
    assert persons.count("Luc Gendreau") == 1


@pytest.mark.parametrize(("auditor", "not_hers"), [("etienne", THERE), ("sophie", HERE)])
def test_nor_does_a_whole_trail_name_the_other(told: Told, auditor: str, not_hers: str) -> None:
    text = told.ask(auditor, "/reporting/v1/trail.ndjson").text
    assert party(not_hers) not in text
    assert "Luc Gendreau" in text


def test_nobody_takes_the_other_into_a_meeting_or_into_care(told: Told) -> None:
    """Refused as someone who does not exist: `contributor.unknown`, `person.unknown`."""
    said = {"theme": "travail", "words": "Avec Luc.", "act": {}}
    said["act"] = {"contributors": [{"party": party(THERE), "part": "discussed"}]}
    portrait = told.entry("luc", "1/11")["stream"]
    answer = told.client("karim").post(
        f"/assessment/v1/persons/{party(HERE)}/assessments/{portrait}/threads", json=said
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "contributor.unknown")
    answer = told.client("patrick").post(
        f"/directory/v1/persons/{party(THERE)}/care-relations",
        json={
            "party": party("karim"),
            "role": "practitioner",
            "site": str(id_of("site", "maison-du-quai")),
            "programme": str(id_of("programme", "hebergement")),
            "words": "?",
        },
    )
    assert (answer.status_code, answer.json()["code"]) == (404, "person.unknown")
