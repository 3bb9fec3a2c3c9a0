"""Research is a consent of its own: off until she gives it, to a researcher, and nothing opens."""

import pytest

FAR = "2099-12-31"


@pytest.fixture(scope="module")
def rita(town):
    town.register("rita", "staff", "researcher")
    return town["rita"]


def research(town, key, **more):
    body = {"audience": str(town[key].id), "tabs": ["quality_of_life"], "until": FAR}
    return body | {"purpose": "research", "ethics": "CÉR 2026-114"} | more


def test_research_is_for_researchers_and_names_the_ethics_approval(town, rita):
    path = town.her("/consents")
    assert town.refused("awa", path, research(town, "may")) == "party.needs_role"
    asked = research(town, "rita", ethics=None)
    asked.pop("ethics")
    assert town.refused("awa", path, asked, status=422) == "consent.ethics"
    care = asked | {"purpose": "care"}
    assert town.refused("awa", path, care, status=422) == "consent.other_purpose"


def test_without_it_a_researcher_does_not_even_know_her_and_with_it_opens_no_tab(town, rita):
    her = town["awa"].id
    reads = [
        f"/directory/v1/persons/{her}",
        f"/assessment/v1/persons/{her}/assessments",
        f"/network/v1/persons/{her}/network",
        f"/plans/v1/persons/{her}/plans",
        f"/reporting/v1/persons/{her}/trail",
    ]
    before = {rita.client.get(path).json()["code"] for path in reads}
    assert before == {"person.unknown"}
    told = town.post("awa", town.her("/consents"), research(town, "rita"))
    assert told["consents"][-1]["ethics"] == "CÉR 2026-114"
    answers = [rita.client.get(path) for path in reads]
    assert {answer.status_code for answer in answers} <= {403, 404}
    assert town.get("rita", "/me/persons") == {"persons": []}
    assert town.ask("GET", "kim", town.her()).json().get("consents") is None
