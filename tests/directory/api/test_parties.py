from uuid import uuid4

from tests.directory.api.town import care


def test_staff_are_registered_with_roles_at_sites(town):
    post = {"role": "practitioner", "site": str(town.site), "job": "éducateur spécialisé"}
    made = town.post(
        "admin", "/parties", {"kind": "staff", "name": "Karim Belhadj", "roles": [post]}
    )
    assert made["roles"] == [post]
    assert town.get("nel", f"/parties/{made['id']}")["name"] == "Karim Belhadj"


def test_two_people_never_share_a_sign_in(town):
    body = {"kind": "staff", "name": "Autre", "sign_in_subject": town["kim"].subject}
    assert town.refused("admin", "/parties", body) == "sign_in.taken"
    person = {"name": "Autre", "sign_in_subject": town["kim"].subject}
    assert town.refused("admin", "/persons", person) == "sign_in.taken"


def test_a_role_needs_a_known_open_site(town):
    body = {"role": "manager", "site": str(uuid4())}
    path = f"/parties/{town['roy'].id}/roles"
    assert town.refused("admin", path, body, status=422) == "site.unknown"


def test_roles_come_and_go(town):
    path = f"/parties/{town['roy'].id}"
    town.post("admin", f"{path}/roles", {"role": "manager"})
    assert "manager" in town.get("roy", "/me")["roles"]
    at_the_quai = {"role": "manager", "site": str(town.site)}
    town.post("admin", f"{path}/roles", at_the_quai)
    town.post("admin", f"{path}/role-revocations", at_the_quai)
    assert "manager" in town.get("roy", "/me")["roles"]
    town.post("admin", f"{path}/role-revocations", {"role": "manager"})
    assert town.get("roy", "/me")["roles"] == ["practitioner"]


def test_only_an_administrator_registers_parties(town):
    body = {"kind": "staff", "name": "Quelqu'un"}
    for who in ("kim", "nel", "awa", "etienne", "may"):
        assert town.refused(who, "/parties", body, status=403) == "action.not_yours"


def test_a_partner_may_not_be_read_as_a_practitioner(town):
    body = {"kind": "partner", "name": "Dossier régional", "roles": [{"role": "practitioner"}]}
    assert town.refused("admin", "/parties", body, status=422) == "role.not_for_kind"


def test_the_list_turns_its_pages_by_name_and_holds_no_person_served(town):
    for name in ("Ana", "Bao", "Cyr"):
        town.post("admin", "/parties", {"kind": "staff", "name": name})
    first = town.ask("GET", "admin", "/parties?limit=2")
    names = [party["name"] for party in first.json()["parties"]]
    link = first.headers["Link"].split(">")[0].strip("<")
    rest = town.get("admin", f"/parties{link}&limit=200".replace("&limit=2&", "&"))
    names += [party["name"] for party in rest["parties"]]
    assert names == sorted(names)
    assert {"Ana", "Bao", "Cyr"} <= set(names)
    assert "Awa" not in names
    assert [p["name"] for p in town.get("nel", "/persons")["persons"]] == ["Awa"]


def test_someone_is_found_by_letters_of_the_name_whatever_its_accents(town):
    for name in ("Thérèse Côté", "Theo Roy", "Zoé Thériault"):
        town.post("admin", "/parties", {"kind": "staff", "name": name})
    town.post("admin", "/persons", {"name": "Édith Côté"})
    found = town.get("admin", "/parties?name=THER")["parties"]
    assert [party["name"] for party in found] == ["Thérèse Côté", "Zoé Thériault"]
    assert [p["name"] for p in town.get("admin", "/persons?name=cote")["persons"]] == ["Édith Côté"]
    assert town.get("admin", "/persons?name=%25")["persons"] == []


def test_a_name_with_an_accent_stands_where_one_looks_for_it(town):
    for name in ("Émile", "Yves", "eve"):
        town.post("admin", "/parties", {"kind": "staff", "name": name})
    names = [party["name"] for party in town.get("admin", "/parties?limit=200")["parties"]]
    assert [n for n in names if n in ("Émile", "Yves", "eve")] == ["Émile", "eve", "Yves"]
    first = town.ask("GET", "admin", f"/parties?limit={names.index('Émile') + 1}")
    link = first.headers["Link"].split(">")[0].strip("<")
    rest = [party["name"] for party in town.get("admin", f"/parties{link}")["parties"]]
    assert rest[0] == names[names.index("Émile") + 1]


def test_the_pages_of_a_search_hold_nobody_else(town):
    for name in ("Ana Roy", "Bao", "Cyr Roy"):
        town.post("admin", "/parties", {"kind": "staff", "name": name})
    first = town.ask("GET", "admin", "/parties?name=roy&limit=1")
    link = first.headers["Link"].split(">")[0].strip("<")
    rest = town.get("admin", f"/parties{link}")["parties"]
    assert [p["name"] for p in (*first.json()["parties"], *rest)][:2] == ["Ana Roy", "Cyr Roy"]


def test_practitioners_do_not_browse_who_is_registered(town):
    for path in ("/parties", "/persons", f"/parties/{town['nel'].id}"):
        assert town.refused("kim", path, method="GET", status=403) == "action.not_yours"


def test_who_leaves_accompanies_nobody_and_signs_in_no_more(town):
    zoe = town.register("zoe", "staff", "practitioner")
    town.post("admin", town.her("/care-relations"), care(town, "zoe"))
    assert [p["name"] for p in town.get("zoe", "/me/persons")["persons"]] == ["Awa"]
    left = town.post("admin", f"/parties/{zoe.id}/departures")
    assert (left["left"], left["roles"]) == (True, [])
    town.refused("zoe", "/me", method="GET", status=403)
    relations = town.get("awa", town.her())["care_relations"]
    assert [r["ended"] is None for r in relations if r["party"] == str(zoe.id)] == [False]
    body = care(town, "zoe")
    assert town.refused("admin", town.her("/care-relations"), body) == "party.left"


def test_eli_meets_nobody_of_this_house(town, elsewhere):
    foreign, never = (
        elsewhere.ask("GET", "admin", f"/parties/{party}") for party in (town["kim"].id, uuid4())
    )
    assert (foreign.status_code, foreign.content) == (404, never.content)
