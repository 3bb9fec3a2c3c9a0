"""All of hers erased: asked for by her, granted by the officer, hidden at once, destroyed in time."""

from datetime import UTC, datetime, timedelta

import pytest

from services.directory.domain.erasure import STATEMENT
from tests.directory.api.town import Town, care, made_town
from tests.support.installation import eventually

ASKED = {"right": "erasure", "statement": STATEMENT}
NOT_FOUND = "person.unknown"


@pytest.fixture
def town(installation):
    """One of this test's own: in the others nobody is erased."""
    made = made_town(installation)
    yield made
    installation.clock.at = None
    for person in made.people.values():
        person.client.close()


def request(town: Town) -> str:
    asked = town.post("awa", town.her("/rights"), ASKED)
    return next(r["id"] for r in asked["rights"] if r["right"] == "erasure")


def granted(town: Town) -> str:
    """The erasure that the officer granted; its id."""
    path = town.her(f"/rights/{request(town)}/answers")
    answered = town.post("nel", path, {"outcome": "granted"})
    [erasure] = [x for x in answered["erasures"] if x["stage"] == "scheduled"]
    return erasure["id"]


def stage(town: Town) -> str | None:
    listed = town.ask("GET", "nel", "/erasures").json()["erasures"]
    return listed[0]["stage"] if listed else None


def test_what_goes_and_what_stays_is_read_first_on_one_screen(town):
    for language, begins in (("fr", "Vos mots"), ("en", "Your words")):
        told = (
            town["awa"]
            .client.get("/directory/v1/erasure-statement", headers={"Accept-Language": language})
            .json()
        )
        assert (told["version"], told["days"]) == (STATEMENT, 7)
        assert told["goes"][0].startswith(begins)
        lines = [*told["goes"], *told["stays"], *told["when"]]
        assert len(" ".join(lines).split()) <= 120
        assert "7" in told["when"][0]
    assert town.refused("awa", town.her("/rights"), {"right": "erasure"}, status=422) == (
        "erasure.read_first"
    )
    request(town)
    notices = town.get("awa", town.her())["notices"]
    assert [(n["text"], n["version"]) for n in notices] == [("erasing_all", STATEMENT)]


def test_the_organisation_says_how_long_one_may_change_ones_mind(town):
    assert town.refused("kim", "/erasure-delay", {"days": 3}, status=403, method="PUT")
    assert town.refused("nel", "/erasure-delay", {"days": 0}, status=422, method="PUT")
    told = town.post("nel", "/erasure-delay", {"days": 14}, status=200, method="PUT")
    assert told["days"] == 14
    assert town.get("awa", "/erasure-statement")["days"] == 14


def test_while_it_waits_for_its_day_nobody_but_she_sees_her_record(town):
    assert town.get("kim", town.her())["profile"]["name"] == "Awa"
    erasure = granted(town)
    for who in ("kim", "nel", "admin"):
        assert town.refused(who, town.her(), status=404, method="GET") == NOT_FOUND
    trail = f"/reporting/v1/persons/{town['awa'].id}/trail"
    assert town["nel"].client.get(trail).status_code == 404
    whole = town["nel"].client.get("/reporting/v1/trail?limit=200").json()["entries"]
    assert str(town["awa"].id) not in {e["person"] for e in whole}
    assert town["kim"].client.get("/directory/v1/me/persons").json()["persons"] == []
    assert town.get("awa", town.her())["profile"]["name"] == "Awa"
    assert not explained(town, "kim")
    assert readers(town) == set()

    called_off = town.post("awa", town.her(f"/erasures/{erasure}/callings-off"))
    assert [x["stage"] for x in called_off["erasures"]] == ["called_off"]
    assert town.get("kim", town.her())["profile"]["name"] == "Awa"
    assert stage(town) == "called_off"
    assert explained(town, "kim")
    assert "Kim" in readers(town)


def explained(town: Town, who: str) -> bool:
    """Whether somebody is told that he or she may see her record."""
    town.installation.settled()
    asked = {"person": str(town["awa"].id)}
    answer = town[who].client.get("/reporting/v1/me/access", params=asked)
    may: bool = answer.json()["may"]
    return may


def readers(town: Town) -> set[str]:
    """Who can see her record, as she is told, since what happened last."""
    town.installation.clock.at = datetime.now(UTC) + timedelta(days=1)
    try:
        path = f"/reporting/v1/persons/{town['awa'].id}/access"
        return {one["name"] for one in town["awa"].client.get(path).json()["readers"]}
    finally:
        town.installation.clock.at = None


def test_only_she_calls_it_off(town):
    path = town.her(f"/erasures/{granted(town)}/callings-off")
    for who in ("kim", "nel", "admin"):
        assert town.ask("POST", who, path, {}).status_code in (403, 404)


def test_on_its_day_it_is_done_and_certified_and_she_is_unknown_everywhere(town):
    town.installation.clock.at = datetime.now(UTC) - timedelta(days=8)
    erasure = granted(town)
    town.installation.clock.at = None
    eventually(lambda: stage(town) == "certified", 180)
    [told] = town.get("nel", "/erasures")["erasures"]
    assert told["id"] == erasure
    assert {log["service"] for log in told["logs"]} == {
        "directory", "assessment", "network", "plans", "reporting", "delivery",
    }  # fmt: skip
    assert next(x for x in told["logs"] if x["service"] == "directory")["entries"] > 2
    for who in ("kim", "nel", "admin"):
        assert town.refused(who, town.her(), status=404, method="GET") == NOT_FOUND
    assert town.refused("awa", town.her(), status=403, method="GET") == "caller.unknown"
    body = care(town, "roy")
    assert town.refused("admin", town.her("/care-relations"), body, status=404) == NOT_FOUND
    again = {"id": str(town["awa"].id), "name": "Awa"}
    assert town.ask("POST", "admin", "/persons", again).status_code in (404, 409)
    whole = town["nel"].client.get("/reporting/v1/trail?limit=200").json()["entries"]
    hers = [e for e in whole if e["person"] == str(town["awa"].id)]
    assert hers
    # the administrator's name is not hers
    assert not any("Awa" in e["sentence"].replace("Awa Diarra", "") for e in hers)
    assert "Les mots de ce dossier ont été effacés" in " ".join(e["sentence"] for e in hers)
