"""An administrator brings in spreadsheets: what is good is noted, what is not is told."""

from __future__ import annotations

import json
from uuid import UUID, uuid5

from tests.support.spreadsheets import PERSONS, RATINGS, people, places, write

RELATIONS = ("No de dossier", "Intervenant", "Site", "Programme", "Depuis")
SITTING = [
    ("D-00001", "travail", "20 %", "05/03/2024", "Ça me manque."),
    ("D-00001", "Mon logement", "80", "05/03/2024", ""),
    ("D-00001", "travail", "40", "06/06/2024", ""),
]


def her(importing, number="D-00001"):
    return importing.names.id("person", number)


def told(importing, files, **tables):
    places(files)
    write(files / "personnes.csv", PERSONS, people(2))
    for name, (header, rows) in tables.items():
        write(files / f"{name}.csv", header, iter(rows))
    done = importing.run(files)
    importing.house.installation.settled()
    return done


def seen(importing, path):
    answer = importing.house.administrator.client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_people_places_and_relations_come_in_by_their_own_numbers(importing, files):
    relation = ("D-00001", "M-1", "Q", "Hébergement", "2024-01-08")
    done = told(importing, files, suivis=(RELATIONS, [relation]))
    assert done.returncode == 0, done.stdout + done.stderr
    person = seen(importing, f"/directory/v1/persons/{her(importing)}")
    assert person["profile"]["name"] == "Luc Gendreau"
    assert person["profile"]["sign_in_subject"] is None
    (care,) = person["care_relations"]
    assert care["since"].startswith("2024-01-08")
    assert UUID(care["party"]) == importing.names.id("party", "M-1")


def test_answers_of_one_day_are_one_sitting_and_wait_for_her(importing, files):
    assert told(importing, files, cotes=(RATINGS, SITTING)).returncode == 0
    ledger = importing.house.installation.front.services["assessment"].ledger
    catalogue = next(
        c["id"]
        for c in seen(importing, "/assessment/v1/catalogues")["catalogues"]
        if c["key"] == "default"
    )
    days = {}
    for day in ("2024-03-05", "2024-06-06"):
        sitting = importing.names.id("assessment", catalogue, str(her(importing)), day)
        facts = ledger.facts(importing.house.tenant, sitting)
        rated = [f for f in facts if f.TOPIC == "assessment.theme_rated"]
        days[day] = [(f.theme, f.value, f.act.attestation_of(f.act.subject)) for f in rated]
    assert days == {
        "2024-03-05": [("travail", 20, "claimed"), ("logement", 80, "claimed")],
        "2024-06-06": [("travail", 40, "claimed")],
    }


def test_the_same_files_again_record_nothing_more(importing, files):
    told(importing, files, cotes=(RATINGS, SITTING))
    ledgers = importing.house.installation
    before = ledgers.sealed_head("assessment")
    again = importing.run(files)
    assert again.returncode == 0, again.stdout + again.stderr
    assert "Persons registered here already: 2" in again.stdout
    assert ledgers.sealed_head("assessment") == before


def test_a_dry_run_says_the_same_and_writes_nothing(importing, files):
    wrong = [*SITTING, ("D-00009", "travail", "20", "05/03/2024", "")]
    places(files)
    write(files / "personnes.csv", PERSONS, people(2))
    write(files / "cotes.csv", RATINGS, iter(wrong))
    before = importing.house.installation.sealed_head("directory")
    dry = importing.run(files, "--dry-run")
    assert importing.house.installation.sealed_head("directory") == before
    aside = importing.set_aside()
    assert aside == [("cotes.csv", 5, "No de dossier", "fault.person_unknown")]
    assert "3 good, 1 to put right" in dry.stdout
    importing.run(files)
    assert importing.set_aside() == aside


def test_lines_put_right_are_brought_in_alone(importing, files):
    wrong = [SITTING[0], ("D-00001", "sommeil", "beaucoup", "05/03/2024", "")]
    assert told(importing, files, cotes=(RATINGS, wrong)).returncode == 1
    assert importing.set_aside() == [("cotes.csv", 3, "Réponse", "fault.not_a_number")]
    alone = files.parent / "corrections.csv"
    write(alone, RATINGS, iter([("D-00001", "sommeil", "70", "05/03/2024", "")]))
    done = importing.run(alone, "--kind", "ratings")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_line_told_twice_is_brought_in_once_and_perhaps_the_same_person_is_told(importing, files):
    luc = next(people(1))
    rows = [luc, luc, ("D-00077", *luc[1:]), ("D-00078", "Sauvé", "Rose", "")]
    write(files / "personnes.csv", PERSONS, iter(rows))
    assert importing.run(files).returncode == 1
    found = [(t["line"], t["level"], t["code"]) for t in importing.told()]
    assert found == [("3", "set aside", "fault.twice"), ("4", "notice", "notice.same_perhaps")]


def test_someone_registered_by_hand_is_perhaps_the_same_person(importing, files):
    body = {"name": "GENDREAU, Luc"}
    importing.house.administrator.client.post("/directory/v1/persons", json=body)
    importing.house.installation.settled()
    write(files / "personnes.csv", PERSONS, people(1))
    assert importing.run(files).returncode == 0
    assert [t["code"] for t in importing.told()] == ["notice.here_perhaps"]


def test_a_service_that_says_no_is_told_by_line_and_column(importing, files):
    header = (*PERSONS, "Courriel")
    subject = importing.house.practitioner.subject
    row = (*next(people(1)), subject)
    write(files / "personnes.csv", header, iter([row]))
    assert importing.run(files).returncode == 1
    assert importing.set_aside() == [("personnes.csv", 2, "Courriel", "sign_in.taken")]


def test_goals_come_in_as_proposals(importing, files):
    header = ("dossier", "objectif", "date")
    goals = (header, [("D-00001", "Finir ma chimie.", "05/03/2024")])
    assert told(importing, files, objectifs=goals).returncode == 0
    ledger = importing.house.installation.front.services["plans"].ledger
    from services.plans.api.plans import plan_id

    facts = ledger.facts(importing.house.tenant, plan_id(her(importing), 1))
    assert [f.TOPIC for f in facts] == ["plans.plan_opened", "plans.goal_proposed"]
    assert {f.act.attestation_of(f.act.subject) for f in facts} == {"claimed"}


def test_json_lines_speak_in_our_own_names(importing, files):
    told_ = [{"key": "J-1", "name": "Rose Sauvé", "born": "1980-02-29"}]
    path = files / "persons.jsonl"
    path.write_text("\n".join(map(json.dumps, told_)), "utf-8")
    done = importing.run(path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_another_organisation_than_meant_stops_before_anything_is_written(importing, files):
    write(files / "personnes.csv", PERSONS, people(1))
    done = importing.run(files, "--organisation", "Ailleurs")
    assert (done.returncode, "Nothing was written" in done.stderr) == (1, True)


def test_nothing_of_a_cell_is_said_on_the_terminal(importing, files):
    row = ("D-00001", "Secret-Thème", "Secret-Valeur", "05/03/2024", "Secret-Mots")
    done = told(importing, files, cotes=(RATINGS, [row]))
    assert "Secret" not in done.stdout + done.stderr


def test_ties_come_in_as_she_had_named_them(importing, files):
    header = ("dossier", "nom", "relation", "cercle", "qualité")
    ties = (header, [("D-00001", "Ma sœur", "sœur", "1", ""), ("D-00002", "Rex", "", "7", "")])
    assert told(importing, files, liens=ties).returncode == 1
    assert importing.set_aside() == [("liens.csv", 3, "cercle", "fault.out_of_range")]
    ledger = importing.house.installation.front.services["network"].ledger
    facts = ledger.facts(importing.house.tenant, uuid5(her(importing), "network"))
    assert [(f.TOPIC, f.name) for f in facts] == [("network.tie_added", "Ma sœur")]
