"""Answers out of an organisation's files: noted in her name, claimed, never over her own."""

from __future__ import annotations

from uuid import uuid4

from tests.support.bringing_in import begun, ended, noted

YES = {"noted": True, "refused": None}
LINES = [
    {"theme": "travail", "value": 20, "comment": "Ça manque."},
    {"theme": "intimite", "value": 60},
]


def path(house) -> str:
    return f"/assessment/v1/persons/{house.person.id}/assessments-from-files"


def body(catalogues, opened, *lines, **more):
    told = {"catalogue": str(catalogues["default"]), "occurred_at": "2024-03-05"}
    return {"from_import": opened, "id": str(uuid4()), **told, "lines": list(lines), **more}


def seen(house, told):
    where = f"/assessment/v1/persons/{house.person.id}/assessments/{told['id']}"
    answer = house.person.client.get(where)
    assert answer.status_code == 200, answer.text
    return {theme["theme"]: theme for theme in answer.json()["themes"]}


def test_what_the_files_say_is_noted_in_her_name_and_waits_for_her(house, catalogues):
    told = body(catalogues, begun(house), *LINES)
    assert noted(house.administrator, path(house), told) == [YES, YES]
    answer = seen(house, told)["travail"]["answer"]
    assert (answer["value"], answer["comment"]) == (20, "Ça manque.")
    assert (answer["attestation"], answer["occurred_at"]) == ("claimed", "2024-03-05")
    assert answer["noted_by"] == str(house.administrator.id)


def test_nothing_from_the_files_stands_over_her_own_answer(house, catalogues):
    opened = begun(house)
    told = body(catalogues, opened, LINES[0])
    noted(house.administrator, path(house), told)
    hers = f"/assessment/v1/persons/{house.person.id}/assessments/{told['id']}/ratings"
    house.person.client.post(hers, json={"theme": "travail", "value": 90})
    more = {**told, "lines": [{"theme": "travail", "value": 10}]}
    assert noted(house.administrator, path(house), more) == [YES]
    theme = seen(house, told)["travail"]
    assert theme["answer"]["value"] == 90
    assert 10 in [waits["value"] for waits in theme["pending"]]


def test_a_line_sent_again_is_noted_once_and_told_the_same(house, catalogues):
    told = body(catalogues, begun(house), LINES[0], {"theme": "bonheur", "value": 20})
    first = noted(house.administrator, path(house), told, key="line 2")
    assert first == [YES, {"noted": False, "refused": "theme.not_offered"}]
    assert noted(house.administrator, path(house), told, key="line 2") == first
    assert noted(house.administrator, path(house), told) == first  # also under another key
    assert seen(house, told)["travail"].get("pending", []) == []


def test_only_the_administrator_who_began_an_import_notes_from_it(house, catalogues):
    opened = begun(house)
    told = body(catalogues, opened, LINES[0])
    for someone in (house.practitioner, house.officer, house.manager, house.auditor):
        assert someone.client.post(path(house), json=told).status_code in (403, 404)
    other = house.add("second", "practitioner", "administrator")
    house.installation.settled()
    refused = other.client.post(path(house), json=told)
    assert (refused.status_code, refused.json()["code"]) == (403, "import.not_open")


def test_once_ended_nothing_more_is_noted_from_an_import(house, catalogues):
    opened = begun(house)
    ended(house, opened)
    refused = house.administrator.client.post(path(house), json=body(catalogues, opened, LINES[0]))
    assert (refused.status_code, refused.json()["code"]) == (403, "import.not_open")


def test_an_import_of_another_organisation_is_no_import_here(house, other_house, catalogues):
    told = body(catalogues, begun(other_house), LINES[0])
    refused = house.administrator.client.post(path(house), json=told)
    assert (refused.status_code, refused.json()["code"]) == (403, "import.not_open")


def test_what_stands_against_a_line_in_her_record_is_not_told(house, catalogues):
    opened = begun(house)
    told = body(catalogues, opened, LINES[0])
    noted(house.administrator, path(house), told)
    hers = f"/assessment/v1/persons/{house.person.id}/assessments/{told['id']}/closure"
    assert house.person.client.post(hers, json={}).status_code == 201
    more = {**told, "lines": [LINES[1]]}
    (line,) = noted(house.administrator, path(house), more)
    assert line == {"noted": False, "refused": "line.not_noted"}


def test_she_reads_that_it_came_from_the_files(house, catalogues):
    noted(house.administrator, path(house), body(catalogues, begun(house), LINES[0]))
    house.installation.settled()
    trail = f"/reporting/v1/persons/{house.person.id}/trail?limit=200"
    entries = house.person.client.get(trail, headers={"Accept-Language": "fr-CA"}).json()["entries"]
    (rated,) = [e for e in entries if e["type"] == "assessment.theme_rated"]
    assert rated["setting"] == "files"
    assert "Repris des dossiers de l’organisation." in rated["sentence"]
