"""An act names a place that the organisation has; another's place is one that never was."""

from uuid import uuid4

import pytest

from tests.directory.api.town import made_town


@pytest.fixture(scope="module")
def town(installation):
    made = made_town(installation)
    site = made.post("admin", "/sites", {"name": "Atelier"})["id"]
    made.other = made.post("admin", "/programmes", {"site": site, "name": "Atelier"})["id"]
    yield made
    made.operator.close()
    for someone in made.people.values():
        someone.client.close()


@pytest.fixture(scope="module")
def elsewhere(installation):
    return made_town(installation)


def named(town, **act):
    """She names a strength, saying where; what comes of it."""
    body = {"kind": "personal", "words": f"Patience {uuid4().hex[:6]}", "act": act}
    path = f"/assessment/v1{town.her('/resources/strengths')}"
    answer = town["awa"].client.post(path, json=body)
    told = answer.json()
    return answer.status_code, told.get("code"), [e["field"] for e in told.get("errors", [])]


def test_an_act_happens_where_the_organisation_is(town):
    here = {"site": str(town.site), "programme": str(town.programme)}
    assert named(town, **here)[0] == 201
    assert named(town, site=here["site"])[0] == 201
    town.post("admin", f"/programmes/{town.other}/closures")
    assert named(town, programme=town.other)[0] == 201  # it was open when it happened


def test_a_programme_is_given_at_its_site(town):
    told = named(town, site=str(town.site), programme=town.other)
    assert told == (422, "programme.not_there", ["act.programme"])


@pytest.mark.parametrize("which", ["site", "programme"])
def test_a_place_of_another_organisation_is_one_that_never_was(town, elsewhere, which):
    foreign = named(town, **{which: str(getattr(elsewhere, which))})
    never = named(town, **{which: str(uuid4())})
    assert foreign == never == (422, f"{which}.unknown", [f"act.{which}"])


def test_a_site_is_no_programme(town):
    assert named(town, programme=str(town.site))[1] == "programme.unknown"
