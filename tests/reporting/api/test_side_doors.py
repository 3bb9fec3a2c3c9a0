"""What the trail does not say, its filters, counts and edges do not say either."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from services.assessment.domain import events as a
from services.network.domain import events as n
from services.plans.domain import events as p
from tests.reporting.api.scene import CATALOGUE, Scene, catalogue
from tests.support.installation import House


@pytest.fixture
def scene(house: House) -> Scene:
    return Scene(house)


def shared(scene, sitting, *parts, **fields):
    told = {"audience": (), "parts": parts, "only_themes": (), "except_themes": ()}
    return scene.tell(a.AssessmentShared, sitting, **{**told, **fields})


def opened(scene, sitting):
    scene.tell(
        a.AssessmentOpened, sitting, catalogue=CATALOGUE, kind="quality_of_life",
        themes=("travail", "sommeil"), lowest=0, highest=100,
    )  # fmt: skip


def kinds(scene, who, **query):
    return [e["type"].partition(".")[2] for e in scene.entries(who, **query)]


def test_the_hour_of_her_entries_is_not_found_by_filters(scene, house):
    catalogue(scene)
    sitting = uuid4()
    opened(scene, sitting)
    rated = scene.tell(a.ThemeRated, sitting, theme="travail", value=20)
    shared(scene, sitting, "quality_of_life", audience=(house.practitioner.id,))
    scene.settled()
    at = rated.act.at
    before, after = (at - timedelta(seconds=1)).isoformat(), (at + timedelta(seconds=1)).isoformat()
    for name in ("recorded", "occurred"):
        asked = {"type": "assessment.theme_rated"}
        near = scene.entries(
            house.practitioner, **asked, **{f"{name}_from": before, f"{name}_until": after}
        )
        late = scene.entries(house.practitioner, **asked, **{f"{name}_from": after})
        assert len(near) == len(late), name
        assert scene.entries(house.person, **asked, **{f"{name}_from": after}) == []


def test_the_number_of_her_entries_is_not_told_by_a_version(scene, house):
    catalogue(scene)
    sitting = uuid4()
    opened(scene, sitting)
    for value in (10, 20, 30):
        scene.tell(a.ThemeRated, sitting, theme="sommeil", value=value)
    scene.tell(a.ThemeRated, sitting, theme="travail", value=20)
    shared(scene, sitting, "quality_of_life", audience=(house.practitioner.id,))
    scene.settled()
    seen = scene.entries(house.practitioner, type="assessment.theme_rated")
    assert {e["version"] for e in seen} == {None}
    assert all(e["version"] for e in scene.entries(house.person))


def test_whom_else_she_shows_it_to_is_not_told(scene, house):
    catalogue(scene)
    sitting = uuid4()
    opened(scene, sitting)
    shared(scene, sitting, "quality_of_life", audience=(house.practitioner.id, house.relative.id))
    scene.settled()
    (sentence,) = scene.sentences(house.practitioner, type="assessment.assessment_shared")
    assert house.relative.name not in sentence
    (whole,) = scene.sentences(house.person, type="assessment.assessment_shared")
    assert house.relative.name in whole


def test_the_latest_word_on_her_strengths_decides_over_all_her_portraits(scene, house):
    first, second, resources = uuid4(), uuid4(), uuid4()
    opened(scene, first)
    opened(scene, second)
    scene.tell(a.StrengthNamed, resources, kind="personal", words="Je joue de la guitare.")
    shared(scene, first, "strengths", audience=(house.practitioner.id,))
    again = shared(scene, second, "strengths", audience=(house.practitioner.id,))
    scene.settled()
    assert "strength_named" in kinds(scene, house.practitioner)
    scene.tell(a.SharingEnded, second, sharing=again.id, audience=())
    scene.settled()
    assert "strength_named" not in kinds(scene, house.practitioner)


def test_a_map_is_shown_until_the_day_she_said(scene, house):
    map_, tie = uuid4(), uuid4()
    scene.tell(n.TieAdded, map_, tie=tie, name="Simon")
    scene.tell(
        n.NetworkShared, map_, audience=(house.practitioner.id,), except_ties=(),
        my_team=False, until=datetime.now(UTC).date(),
    )  # fmt: skip
    scene.settled()
    assert "tie_added" in kinds(scene, house.practitioner)
    house.installation.clock.at = datetime.now(UTC) + timedelta(days=2)
    assert "tie_added" not in kinds(scene, house.practitioner)


def test_her_map_is_shown_by_the_map_alone(scene, house):
    map_, sitting = uuid4(), uuid4()
    scene.tell(n.TieAdded, map_, tie=uuid4(), name="Simon")
    opened(scene, sitting)
    shared(scene, sitting, "network", audience=(house.practitioner.id,))
    one = scene.tell(
        n.NetworkShared, map_, audience=(house.practitioner.id,), except_ties=(), my_team=False
    )
    scene.tell(n.SharingEnded, map_, sharing=one.id)
    scene.settled()
    assert "tie_added" not in kinds(scene, house.practitioner)


def test_what_is_another_persons_is_not_said_by_naming_it(scene, house):
    catalogue(scene)
    theirs = house.add("someone", "person").id
    map_, tie, plan, sitting = uuid4(), uuid4(), uuid4(), uuid4()
    scene.tell(n.TieAdded, map_, subject=theirs, tie=tie, name="Le voisin de palier")
    said = scene.tell(
        a.ThemeDiscussed, sitting, subject=theirs, theme="travail", words="Un secret de palier"
    )
    scene.tell(p.PlanOpened, plan, number=1)
    scene.tell(p.GoalProposed, plan, goal=uuid4(), words="Sortir", grown_from=(f"tie:{tie}",))
    scene.tell(a.ThemeRated, uuid4(), theme="travail", value=20, because_of=(said,))
    scene.settled()

    for who in (house.person, house.practitioner):
        told = " ".join(scene.sentences(who))
        assert "palier" not in told
    assert "Vient de : un lien." in " ".join(scene.sentences(house.person))
