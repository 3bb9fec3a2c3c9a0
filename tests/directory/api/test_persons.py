from uuid import uuid4

from tests.directory.api.town import care


def test_she_reads_everything_and_the_names_of_those_around_her(town):
    told = town.get("awa", town.her())
    assert told["profile"]["name"] == "Awa"
    [kim] = [r for r in told["care_relations"] if r["party"] == str(town["kim"].id)]
    assert kim["words"] == "Kim vous accompagne à la Maison du Quai."
    assert {"id": str(town["kim"].id), "name": "Kim"} in told["named"]
    assert {"consents", "restrictions", "emergency_accesses", "rights"} <= told.keys()


def test_her_practitioner_reads_less_and_an_administrator_no_restriction(town):
    by_kim, by_admin = (town.get(who, town.her()) for who in ("kim", "admin"))
    assert by_kim["profile"] == {"name": "Awa"}
    assert "way_of_working" in by_kim
    for told in (by_kim, by_admin):
        assert not {"consents", "restrictions", "rights", "emergency_accesses"} & told.keys()


def test_to_anyone_else_she_does_not_exist(town):
    for who in ("roy", "may"):
        hers = town.ask("GET", who, town.her())
        nobody = town.ask("GET", who, f"/persons/{uuid4()}")
        assert (hers.status_code, hers.content) == (404, nobody.content)


def test_eli_does_not_know_her_either(town, elsewhere):
    for who in ("admin", "kim", "awa"):
        hers = elsewhere.ask("GET", who, town.her())
        nobody = elsewhere.ask("GET", who, f"/persons/{uuid4()}")
        assert (hers.status_code, hers.content) == (404, nobody.content)


def test_whom_one_accompanies(town):
    told = town.get("kim", "/me/persons")["persons"]
    assert [(p["name"], p["relation"], p["role"]) for p in told] == [
        ("Awa", "care", "practitioner")
    ]
    assert town.get("nel", "/me/persons") == {"persons": []}


def test_a_person_s_id_is_not_a_party_s_as_well(town):
    body = {"id": str(town["kim"].id), "name": "Kim"}
    assert town.refused("admin", "/persons", body) == "person.registered_already"


def test_a_care_relation_needs_a_party_with_that_role_and_an_open_place(town):
    path = town.her("/care-relations")
    wrong = [
        ({"party": str(uuid4())}, 422, "party.unknown"),
        ({"party": str(town["may"].id)}, 409, "party.needs_role"),
        ({"site": str(uuid4())}, 422, "site.unknown"),
        ({"programme": str(uuid4())}, 422, "programme.unknown"),
        ({"words": " "}, 422, "request.invalid"),
    ]
    for fields, status, code in wrong:
        body = {**care(town, "roy"), **fields}
        assert town.refused("admin", path, body, status=status) == code


def test_someone_of_another_house_is_as_unknown_here_as_nobody(town, elsewhere):
    path = town.her("/care-relations")
    foreign, nobody = (
        town.ask("POST", "admin", path, {**care(town, "roy"), "party": str(party)})
        for party in (elsewhere["kim"].id, uuid4())
    )
    assert (foreign.status_code, foreign.content) == (422, nobody.content)


def test_only_an_administrator_begins_and_ends_care(town):
    body = care(town, "roy")
    assert town.refused("kim", town.her("/care-relations"), body, status=403)
    assert town.refused("roy", town.her("/care-relations"), body, status=404) == "person.unknown"


def test_when_a_relation_ends_she_is_out_of_sight(town):
    ben = town.register("ben", "staff", "practitioner")
    started = town.post("admin", town.her("/care-relations"), care(town, "ben"))
    assert town.get("ben", town.her())["profile"] == {"name": "Awa"}
    [relation] = started["entries"]
    town.post("admin", town.her(f"/care-relations/{relation}/endings"), {"words": "Fin."})
    assert town.refused("ben", town.her(), method="GET", status=404) == "person.unknown"
    assert ben.id


def test_the_same_key_is_the_same_command(town):
    body = {"name": "Luc Gendreau", "age": 34}
    headers = {"Idempotency-Key": "luc-1"}
    client = town["admin"].client
    first, again = (
        client.post("/directory/v1/persons", json=body, headers=headers) for _ in range(2)
    )
    assert first.status_code == again.status_code == 201
    assert (first.json()["id"], first.json()["entries"]) == (
        again.json()["id"],
        again.json()["entries"],
    )
    other = client.post("/directory/v1/persons", json={**body, "age": 35}, headers=headers)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency.other_body")


def test_a_version_that_was_replaced_is_refused(town):
    read = town.ask("GET", "awa", town.her())
    answer = town["awa"].client.post(
        f"/directory/v1{town.her('/way-of-working')}",
        json={"first": "alone"},
        headers={"If-Match": '"1"'},
    )
    assert read.headers["ETag"] != '"1"'
    assert answer.status_code == 412
