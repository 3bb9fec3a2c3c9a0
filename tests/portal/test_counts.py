"""A manager's counts: published for good, with small cells not given, rating and ranking nobody."""

from uuid import uuid4

import pytest

from services.portal.pages.counts import by_place
from tests.reporting.api.scene import Scene
from tests.reporting.api.test_counts import serve, with_goal


@pytest.fixture
def managing(open_house, visiting):
    """Twelve people are served at one place, six of them with a plan."""
    scene = Scene(open_house)
    for person in serve(open_house, 11)[:6]:
        with_goal(scene, person)
    scene.settled()
    return visiting(open_house.manager)


def test_a_manager_publishes_and_reads_how_many_people_a_step_is_noted_for(managing, open_house):
    told = managing.send("/counts", whom="inside", k="", key=str(uuid4()))
    assert "C’est publié." in told
    assert "Personnes accompagnées 12" in told
    assert "Avec un plan 6" in told
    assert "Toute l’organisation" in told
    assert "Questionnaires" in told, "the menu is on this page as on all"
    listed = managing.get("/counts").text
    assert "Comptes du" in listed
    assert "Rien n’est encore publié" not in listed


def test_what_cannot_be_said_is_named_with_the_reason_and_never_as_nought(managing):
    told = managing.send("/counts", whom="inside", key=str(uuid4()))
    # all who have a plan proposed a goal: said, it would tell it of each of them
    assert (
        "Pas donné ici : comprendre, choisir ce qui passe en premier, fixer les objectifs" in told
    )
    assert "Un chiffre sur moins de 5 personnes n’est pas donné." in told
    assert "Ces comptes ne notent personne." in told
    assert "Ce qui n’est pas compté, et pourquoi" in told


def test_a_house_with_few_reads_why_nothing_can_be_said_and_keeps_its_choice(open_house, visiting):
    answer = visiting(open_house.manager).post("/counts", whom="outside", k="20", key=str(uuid4()))
    assert answer.status_code == 422
    assert "moins de 20 personnes" in answer.text.replace("\u00a0", " ")
    assert 'value="outside" checked' in answer.text
    assert 'value="20"' in answer.text


def test_for_outside_nobody_asks_for_less_than_eleven(managing):
    answer = managing.post("/counts", whom="outside", k="6", key=str(uuid4()))
    assert answer.status_code == 422
    assert "au moins 11" in answer.text.replace("\u00a0", " ")


def test_these_pages_are_for_managers_and_tell_nothing_of_another_house(
    managing, open_house, other_house, visiting
):
    managing.send("/counts", whom="inside", key=str(uuid4()))
    release = open_house.manager.client.get("/reporting/v1/counts").json()["releases"][0]["release"]
    for name in ("practitioner", "administrator", "person", "auditor"):
        stranger = visiting(getattr(open_house, name))
        assert stranger.get("/counts").status_code == 404
        assert stranger.get(f"/counts/{release}").status_code == 404
    elsewhere = visiting(other_house.manager)
    assert "Rien n’est encore publié" in elsewhere.read("/counts")
    assert elsewhere.get(f"/counts/{release}").status_code == 404


def test_places_stand_by_their_names_never_by_a_figure():
    def place(level, name, site=None, persons=None):
        figures = [{"figure": "persons", "label": "", "value": persons}]
        return {"level": level, "name": name, "site": site, "figures": figures}

    told = [
        place("everywhere", "La maison", persons=90),
        place("site", "Quai", "q", 10),
        place("programme", "Soir", "q", 5),
        place("site", "Abri", "a", 50),
        place("programme", "Jour", "z", 7),
    ]
    shown = by_place(told)
    assert [p["name"] for p in shown] == ["La maison", "Abri", "Jour", "Quai", "Soir"]
    assert [p["below"] for p in shown] == [False, False, False, False, True]
