"""Counts by place over HTTP: published by a manager, from everyone served, with the small withheld."""

from uuid import uuid4

import pytest

from services.assessment.domain import events as a
from services.directory.domain import events as d
from services.plans.domain import events as p
from services.reporting.views.serving import SERVED
from shared.postgres.pool import connect
from tests.reporting.api.scene import CATALOGUE, Scene
from tests.support.installation import relations


@pytest.fixture
def scene(house):
    return Scene(house)


def serve(house, number, *, site=None, programme=None):
    """So many more people, served there by the practitioner."""
    served = []
    for _ in range(number):
        person = house.add(f"served-{uuid4().hex[:6]}", "person")
        house.tell(
            d.CareRelationStarted, relations(person.id), person.id, party=house.practitioner.id,
            role="practitioner", site=site or house.site, programme=programme or house.programme,
            words="Pour faire connaissance.",
        )  # fmt: skip
        served.append(person)
    return served


def with_goal(scene, person):
    """She opens a plan with someone and proposes a goal."""
    plan = uuid4()
    scene.tell(p.PlanOpened, plan, number=1, subject=person.id, by=person)
    scene.tell(
        p.GoalProposed, plan, goal=uuid4(), words="Jouer devant du monde", subject=person.id,
        by=person, part="proposed",
    )  # fmt: skip


def publish(house, who=None, **body):
    return (who or house.manager).client.post("/reporting/v1/counts", json=body)


def figures(release, level, **place):
    for one in release["places"]:
        if one["level"] == level and place.items() <= one.items():
            return {f["figure"]: f["value"] for f in one["figures"] if f["value"] is not None}
    return {}


def test_a_manager_publishes_how_many_have_a_part_in_which_step(scene, house):
    people = serve(house, 11)
    for person in people[:6]:
        with_goal(scene, person)
    scene.settled()
    answer = publish(house)

    assert answer.status_code == 201, answer.text
    release = answer.json()
    assert figures(release, "everywhere") == {"persons": 12, "with_plan": 6}
    assert figures(release, "site", site=str(house.site)) == {"persons": 12, "with_plan": 6}
    assert release["method"] == {"name": "coproduction.steps_counted", "version": 1}
    # all who have a plan have proposed a goal: that would tell it of each of them
    labels = [f["label"] for f in release["places"][0]["figures"] if f["value"] is None]
    assert "Fixer les objectifs\u00a0: la personne y a eu sa part" in labels


def test_what_was_published_is_read_again_as_it_was(scene, house):
    serve(house, 8)
    scene.settled()
    told = publish(house).json()
    found = house.manager.client.get("/reporting/v1/counts").json()["releases"]
    again = house.manager.client.get(f"/reporting/v1/counts/{told['release']}").json()

    assert [one["release"] for one in found] == [told["release"]]
    assert again["places"] == told["places"]


def test_a_house_with_few_says_nothing(house):
    answer = publish(house)

    assert (answer.status_code, answer.json()["code"]) == (409, "counts.nothing_to_say")
    assert house.manager.client.get("/reporting/v1/counts").json() == {"releases": []}


def test_one_more_who_is_served_is_not_told_by_asking_again(scene, house):
    serve(house, 8)
    scene.settled()
    publish(house)
    serve(house, 1)
    scene.settled()

    assert publish(house).json()["code"] == "counts.nothing_to_say"


def test_a_person_counts_once_where_she_is_served_last(scene, house):
    (person,) = serve(house, 1)
    elsewhere = uuid4()
    house.tell(
        d.CareRelationStarted, relations(person.id), person.id, party=house.colleague.id,
        role="practitioner", site=elsewhere, programme=house.programme, words="Aussi.",
    )  # fmt: skip
    scene.settled()
    assert [row[1] for row in rows(house) if row[0] == person.id] == [elsewhere]


def rows(house):
    with connect(house.installation.settings.conninfo("reporting", "reader")) as reader:
        asked = {"tenant": house.tenant, "at": house.installation.clock()}
        return reader.execute(SERVED, asked).fetchall()


def test_whoever_was_erased_is_not_counted(scene, house):
    (person,) = serve(house, 1)
    with_goal(scene, person)
    scene.settled()
    assert person.id in [row[0] for row in rows(house)]
    house.tell(d.PersonErased, relations(person.id), person.id)
    sitting = uuid4()
    scene.tell(
        a.AssessmentOpened, sitting, catalogue=CATALOGUE, kind="quality_of_life",
        themes=("travail",), lowest=0, highest=100, subject=person.id, by=person,
    )  # fmt: skip
    scene.settled()

    assert person.id not in [row[0] for row in rows(house)]


def test_only_a_manager_publishes_and_reads_counts(house):
    for who in (house.person, house.practitioner, house.auditor, house.officer):
        assert publish(house, who).json()["code"] == "action.not_yours"
        assert who.client.get("/reporting/v1/counts").json()["code"] == "action.not_yours"


def test_eli_of_another_organisation_finds_no_release_of_ours(scene, house, other_house):
    serve(house, 8)
    scene.settled()
    told = publish(house).json()["release"]
    foreign = other_house.manager.client.get(f"/reporting/v1/counts/{told}")
    never = other_house.manager.client.get(f"/reporting/v1/counts/{uuid4()}")

    assert (foreign.status_code, foreign.json()) == (404, never.json())
    assert foreign.json()["code"] == "counts.unknown"
