from uuid import uuid4

import pytest

MANDATE = {"purpose": "Vérification annuelle", "begins": "2020-01-01", "until": "2199-12-31"}


@pytest.fixture
def given(town):
    body = {**MANDATE, "auditor": str(town["etienne"].id), "sites": [str(town.site)]}
    return town.post("admin", "/audit-mandates", body)


def test_a_mandate_is_given_listed_and_ended(town, given):
    assert (given["words_allowed"], given["ended"]) == (False, False)
    listed = town.get("nel", "/audit-mandates")["audit_mandates"]
    [mine] = [m for m in listed if m["id"] == given["id"]]
    assert (mine["auditor"], mine["begins"], mine["until"]) == (
        str(town["etienne"].id),
        "2020-01-01",
        "2199-12-31",
    )
    ended = town.post("admin", f"/audit-mandates/{given['id']}/endings", {"reason": "Fait."})
    assert ended["ended"] is True
    assert town.get("admin", f"/audit-mandates/{given['id']}")["ended"] is True


def test_a_mandate_goes_to_an_auditor_and_covers_known_places(town):
    body = {**MANDATE, "auditor": str(town["kim"].id)}
    assert town.refused("admin", "/audit-mandates", body) == "party.needs_role"
    body = {**MANDATE, "auditor": str(town["etienne"].id), "sites": [str(uuid4())]}
    assert town.refused("admin", "/audit-mandates", body, status=422) == "site.unknown"
    body = {**MANDATE, "auditor": str(town["etienne"].id), "words_allowed": True}
    code = town.refused("admin", "/audit-mandates", body, status=422)
    assert code == "mandate.words_need_law"


def test_nobody_gives_themselves_a_mandate(town):
    body = {**MANDATE, "auditor": str(town["etienne"].id)}
    for who in ("etienne", "kim", "awa"):
        assert town.refused(who, "/audit-mandates", body, status=403) == "action.not_yours"


def test_the_pages_of_mandates_turn(town, given):
    body = {**MANDATE, "auditor": str(town["etienne"].id), "begins": "2021-01-01"}
    other = town.post("admin", "/audit-mandates", body)
    first = town.ask("GET", "admin", "/audit-mandates?limit=1")
    link = first.headers["Link"].split(">")[0].strip("<")
    second = town.get("admin", f"/audit-mandates{link}")
    ids = [m["id"] for m in first.json()["audit_mandates"] + second["audit_mandates"]]
    assert ids[0] == other["id"]
    assert ids[1] != ids[0]


def test_eli_finds_no_mandate_of_this_house(elsewhere, given):
    for path in ("", "/endings"):
        method = "POST" if path else "GET"
        foreign, never = (
            elsewhere.ask(method, "admin", f"/audit-mandates/{m}{path}", {} if path else None)
            for m in (given["id"], uuid4())
        )
        assert (foreign.status_code, foreign.content) == (404, never.content)


def test_an_auditor_reads_the_mandates_that_are_theirs_and_no_others(town, given):
    listed = town.get("etienne", "/audit-mandates")["audit_mandates"]
    assert given["id"] in [m["id"] for m in listed]
    assert {m["auditor"] for m in listed} == {str(town["etienne"].id)}
    one = town.get("etienne", f"/audit-mandates/{given['id']}")
    assert one["purpose"] == MANDATE["purpose"]
    other = town.post(
        "admin", "/parties", {"kind": "staff", "name": "Sophie", "roles": [{"role": "auditor"}]}
    )["id"]
    theirs = town.post("admin", "/audit-mandates", {**MANDATE, "auditor": other})["id"]
    assert theirs not in [m["id"] for m in town.get("etienne", "/audit-mandates")["audit_mandates"]]
    assert (
        town.refused("etienne", f"/audit-mandates/{theirs}", status=404, method="GET")
        == "stream.unknown"
    )
    assert town.refused("kim", "/audit-mandates", status=403, method="GET")
