"""In the evening it is still today: days are those of the organisation, not of Greenwich."""

from datetime import UTC, datetime

import pytest

# half past nine in the evening of 14 March in Québec; in Greenwich it is the 15th already
EVENING = datetime(2027, 3, 15, 1, 30, tzinfo=UTC)
TODAY, YESTERDAY = "2027-03-14", "2027-03-13"


@pytest.fixture
def evening(installation):
    installation.clock.at = EVENING
    yield
    installation.clock.at = None


def consent(town, until):
    return {
        "audience": str(town["may"].id),
        "tabs": ["plan"],
        "purpose": "care",
        "until": until,
    }


def test_a_consent_until_today_is_given_in_the_evening_and_runs(town, evening):
    path = town.her("/consents")
    assert town.refused("awa", path, consent(town, YESTERDAY), status=422) == "day.past"
    given = town.post("awa", path, consent(town, TODAY))["consents"][-1]
    assert given["in_force"] is True
    read = town.get("awa", town.her())["consents"][-1]
    assert (read["until"], read["in_force"]) == (TODAY, True)
    assert [p["until"] for p in town.get("may", "/me/persons")["persons"]] == [
        "2027-03-15T04:00:00+00:00"
    ]


def test_a_representation_until_today_is_current_in_the_evening(town, evening):
    town.register("rose", "representative", "representative")
    body = {"party": str(town["rose"].id), "kind": "mandat", "scope": ["papers"]}
    path = town.her("/representations")
    told = town.post("admin", path, body | {"until": TODAY})
    assert told["representations"][-1]["current"] is True
    assert town.get("awa", town.her())["representations"][-1]["current"] is True
