"""Who could see this on that day, and why can or can't I: answered in sentences."""

from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tests.directory.api.town import made_town

FAR = "2099-12-31"
TABS = ["quality_of_life", "strengths", "network", "plan"]


@pytest.fixture(scope="module")
def town(installation):
    """March 2027: May is let in on the 2nd and out on the 5th; Kim is kept out from the 9th on."""
    made = made_town(installation)
    made.at = lambda day, hour=15: at(made, day, hour)
    her = made.her("/consents")
    with made.at(2):
        body = {"audience": str(made["may"].id), "tabs": ["plan"], "purpose": "care"}
        entry = made.post("awa", her, {**body, "until": "2027-06-30"})["entries"][0]
    with made.at(5):
        made.post("awa", f"{her}/{entry}/withdrawals")
    with made.at(7):
        reason = {"reason": "Appel d’un proche.", "expires": "2027-03-07T17:00:00+00:00"}
        made.post("roy", made.her("/emergency-accesses"), reason)
    with made.at(9):
        made.post("awa", made.her("/restrictions"), {"audience": str(made["kim"].id)})
    yield made
    made.operator.close()
    for someone in made.people.values():
        someone.client.close()


@contextmanager
def at(town, day, hour):
    town.installation.clock.at = datetime(2027, 3, day, hour, tzinfo=UTC)
    try:
        yield
    finally:
        town.installation.clock.at = None


def asked(town, who, day, language="fr", **query):
    with town.at(20):
        return town[who].client.get(
            f"/reporting/v1{town.her('/access')}",
            params={"day": f"2027-03-{day:02}", **query},
            headers={"Accept-Language": language},
        )


def ways(town, day, **query):
    told = asked(town, "awa", day, **query)
    assert told.status_code == 200, told.text
    return {(reader["name"], reader["stands"]) for reader in told.json()["readers"]}


KIM, MAY, ROY = ("Kim", "care"), ("May", "relative"), ("Roy", "emergency")


@pytest.mark.parametrize(
    ("day", "could"),
    [
        (1, {KIM}),
        (2, {KIM, MAY}),
        (4, {KIM, MAY}),
        (5, {KIM, MAY}),  # until three in the afternoon
        (6, {KIM}),
        (7, {KIM, ROY}),
        (8, {KIM}),
        (9, {KIM}),  # until three in the afternoon
        (10, set()),
    ],
)
def test_who_could_see_is_told_for_each_day_as_it_was(town, day, could):
    assert ways(town, day) == could
    told = asked(town, "nel", day)
    assert {(r["name"], r["stands"]) for r in told.json()["readers"]} == could


def test_it_is_asked_about_one_tab(town):
    assert ways(town, 4, tab="plan") == {KIM, MAY}
    assert ways(town, 4, tab="network") == {KIM}


def test_each_is_said_in_a_sentence_in_both_languages(town):
    said = {r["name"]: r["sentence"] for r in asked(town, "awa", 4).json()["readers"]}
    assert said["May"] == (
        "May\u00a0: accord donné le 2 mars 2027, jusqu’au 30 juin 2027. "
        "Ce qui pouvait s’ouvrir\u00a0: le plan."
    )
    told = asked(town, "awa", 4, language="en").json()
    said = {r["name"]: r["sentence"] for r in told["readers"]}
    assert said["May"].endswith("What could be opened: the plan.")
    assert told["notes"][0] == "What opens shows only what the person chose to show."


def test_only_she_and_the_privacy_officer_are_told(town):
    for who in ("admin", "kim", "roy", "may", "etienne"):
        assert asked(town, who, 4).status_code in (403, 404), who


def test_a_day_to_come_has_no_answer_yet(town):
    told = asked(town, "awa", 21)
    assert (told.status_code, told.json()["code"]) == (422, "day.to_come")


def test_one_entry_is_told_as_it_was_shown_that_day(town):
    """She writes on the 3rd, shows it to her team on the 6th, and stops on the 8th."""
    client, her = town["awa"].client, town.her()
    admin = town["admin"].client
    with town.at(3):
        installed = admin.post("/assessment/v1/catalogues/defaults", json={}).json()["catalogues"]
        catalogue = next(c["id"] for c in installed if c["key"] == "default")
        town.installation.settled()
        path = f"/assessment/v1{her}/assessments"
        one = client.post(path, json={"catalogue": catalogue}).json()["id"]
        path = f"{path}/{one}"
        rated = client.post(f"{path}/ratings", json={"theme": "sommeil", "value": 20})
        entry = rated.json()["entries"][0]
    with town.at(6):
        share = {"audience": [], "my_team": True, "parts": ["quality_of_life"]}
        shown = client.post(f"{path}/sharings", json=share)
        assert shown.status_code == 201, shown.text
        sharing = shown.json()["sharings"][0]["sharing"]
    with town.at(8):
        assert client.post(f"{path}/sharings/{sharing}/ending", json={}).status_code == 201
    town.installation.settled()

    def sees(day):
        told = asked(town, "awa", day, entry=entry).json()["readers"]
        return {reader["name"]: reader["sees"] for reader in told}

    assert sees(3) == {"Kim": "nothing", "May": "nothing"}
    assert sees(6) == {"Kim": "whole"}
    assert sees(7) == {"Kim": "whole", "Roy": "whole"}
    assert sees(8) == {"Kim": "whole"}  # until three in the afternoon
    assert sees(9) == {"Kim": "nothing"}
    unknown = asked(town, "awa", 6, entry=str(uuid4()))
    assert (unknown.status_code, unknown.json()["code"]) == (404, "entry.unknown")


def why(town, who, day, language="fr", **query):
    with town.at(day, 16):
        answer = town[who].client.get(
            "/reporting/v1/me/access",
            params={"person": str(town["awa"].id), **query},
            headers={"Accept-Language": language},
        )
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_whoever_is_let_in_is_told_by_what(town):
    told = why(town, "kim", 4)
    assert told["may"] is True
    assert "Vous accompagnez cette personne depuis le" in told["sentences"][0]
    assert why(town, "may", 4, tab="plan")["may"] is True
    assert why(town, "awa", 4)["sentences"] == ["C’est votre espace\u00a0: tout s’ouvre à vous."]
    english = why(town, "kim", 4, language="en")["sentences"][0]
    assert english.startswith("You have supported this person since ")


def test_a_consent_to_one_tab_opens_no_other(town):
    told = why(town, "may", 4, tab="network")
    assert (told["may"], told["sentences"]) == (False, ["Rien ne vous ouvre cette page."])


def test_whom_she_keeps_out_hears_what_a_stranger_hears_word_for_word(town):
    """Kim is her neighbour: nothing may tell that it is she who closed the door."""
    for tab in ({}, {"tab": "plan"}):
        kept_out = why(town, "kim", 10, **tab)
        never = why(town, "kim", 10, **tab, person=str(uuid4()))
        without = why(town, "roy", 10, **tab)
        assert kept_out["may"] is False
        assert kept_out["sentences"] == never["sentences"] == without["sentences"]


def test_another_organisation_hears_of_her_what_it_hears_of_nobody(town, installation):
    other = made_town(installation)
    with town.at(10, 16):
        answers = [
            other["kim"].client.get("/reporting/v1/me/access", params={"person": person}).json()
            for person in (str(town["awa"].id), str(uuid4()))
        ]
    assert answers[0]["sentences"] == answers[1]["sentences"]
    assert answers[0]["may"] is False
