"""Under the age of consent, over HTTP: what a parent may do, and what a parent never sees."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

FAR = "2099-12-31"


@pytest.fixture(scope="module")
def eli(town):
    """Eli, 12 years old today, and the parent."""
    born = (datetime.now(UTC) - timedelta(days=12 * 365 + 30)).date()
    child = town.add("eli")
    body = {"id": str(child.id), "name": "Eli", "sign_in_subject": child.subject}
    town.post("admin", "/persons", body | {"born": born.isoformat()})
    town.register("parent", "representative", "representative")
    return {"town": town, "born": born, "path": town.her("", "eli")}


def parental(town, **more):
    return {
        "party": str(town["parent"].id),
        "kind": "père",
        "scope": ["sharing", "health"],
        "until": FAR,
        "parental": True,
        **more,
    }


def consent(town, tabs):
    return {"audience": str(town["may"].id), "tabs": tabs, "purpose": "care", "until": FAR}


def test_a_parent_agrees_for_the_child_until_the_eve_of_the_birthday(eli):
    town, path = eli["town"], eli["path"]
    before = town.refused("admin", f"{path}/representations", parental(town))
    assert before == "age_of_consent.not_set"
    law = {"age": 14, "fr": "Code civil du Québec, art. 14", "en": "Civil Code of Québec, s. 14"}
    town.post("admin", "/age-of-consent", law, status=200, method="PUT")
    assert town.get("kim", "/organisation")["age_of_consent"] == law
    eve = (eli["born"].replace(year=eli["born"].year + 14) - timedelta(days=1)).isoformat()
    told = town.post("admin", f"{path}/representations", parental(town))
    assert (told["representations"][-1]["parental"], told["representations"][-1]["until"]) == (
        True,
        eve,
    )
    assert town.refused("eli", f"{path}/consents", consent(town, ["plan"])) == "consent.with_parent"
    told = town.post("parent", f"{path}/consents", consent(town, ["plan"]))
    assert [(c["until"], c["in_force"]) for c in told["consents"]] == [(eve, True)]
    assert [p["person"] for p in town.get("may", "/me/persons")["persons"]] == [str(town["eli"].id)]


def test_a_parent_reads_nothing_of_the_record_for_it(eli):
    town, child = eli["town"], eli["town"]["eli"]
    client = town["parent"].client
    for where in (
        f"/directory/v1/persons/{child.id}",
        f"/assessment/v1/persons/{child.id}/assessments",
        f"/assessment/v1/persons/{child.id}/resources",
        f"/network/v1/persons/{child.id}/network",
    ):
        assert client.get(where).status_code in (403, 404), where
    # in a plan, what falls to the parent: nothing does
    assert client.get(f"/plans/v1/persons/{child.id}/plans").json() == {"plans": []}
    assert client.get(f"/reporting/v1/persons/{child.id}/timeline").json()["entries"] != []


def test_what_a_parent_agreed_to_the_child_may_end(eli):
    town, path = eli["town"], eli["path"]
    (given,) = town.get("eli", path)["consents"]
    told = town.post("eli", f"{path}/consents/{given['id']}/withdrawals")
    assert told["consents"][0]["in_force"] is False


def test_someone_of_fifteen_has_nobody_with_parental_authority_here(eli):
    town = eli["town"]
    body = {"id": str(uuid4()), "name": "Élo", "age": 15}
    town.post("admin", "/persons", body)
    path = f"/persons/{body['id']}/representations"
    assert town.refused("admin", path, parental(town)) == "parental.of_age"


def test_the_age_is_set_by_the_house_and_between_twelve_and_eighteen(eli, elsewhere):
    town = eli["town"]
    law = {"age": 9, "fr": "loi", "en": "law"}
    assert town.ask("PUT", "admin", "/age-of-consent", law).status_code == 422
    assert town.ask("PUT", "kim", "/age-of-consent", {**law, "age": 14}).status_code == 403
    assert elsewhere.get("kim", "/organisation")["age_of_consent"] is None
