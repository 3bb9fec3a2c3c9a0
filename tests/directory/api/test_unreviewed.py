"""What waits for the privacy officer: every emergency access that nobody has checked yet."""

from datetime import UTC, datetime, timedelta

import pytest


@pytest.fixture
def opened(town):
    expires = (datetime.now(UTC) + timedelta(hours=2)).isoformat(timespec="seconds")
    body = {"reason": "Appel d’un proche, très inquiet.", "expires": expires}
    told = town.post("roy", town.her("/emergency-accesses"), body)
    return told["entries"][0]


def test_it_waits_from_the_first_moment_and_is_gone_once_checked(town, opened):
    path = "/emergency-accesses-unreviewed"
    (waiting,) = town.get("nel", path)["emergency_accesses"]
    assert (waiting["id"], waiting["person"]) == (opened, str(town["awa"].id))
    assert (waiting["party_name"], waiting["days_waiting"]) == ("Roy", 0)
    assert "inquiet" not in str(waiting)
    town.installation.clock.at = datetime.now(UTC) + timedelta(days=9)
    try:
        (waiting,) = town.get("nel", path)["emergency_accesses"]
    finally:
        town.installation.clock.at = None
    assert waiting["days_waiting"] == 9
    review = town.her(f"/emergency-accesses/{opened}/reviews")
    told = town.post("nel", review, {"outcome": "not_justified"})
    assert told["emergency_accesses"][-1]["closed"] is not None
    assert town.get("nel", path) == {"emergency_accesses": []}


def test_she_finds_again_that_it_was_looked_at(town, opened):
    town.get("nel", "/emergency-accesses-unreviewed")
    town.installation.settled()
    looks = town["awa"].client.get(f"/reporting/v1{town.her('/looks')}").json()["entries"]
    assert any(look["type"] == "directory.record_read" for look in looks)


def test_it_is_for_the_privacy_officer_alone(town, elsewhere):
    path = "/emergency-accesses-unreviewed"
    for who in ("admin", "kim", "etienne", "awa", "may"):
        assert town.ask("GET", who, path).status_code == 403
    assert elsewhere.get("nel", path) == {"emergency_accesses": []}
