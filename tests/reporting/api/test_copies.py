"""Her own full copy: whole, in order, provable, for her; and the papers that are handed to her."""

import hashlib
import json

import pytest

from tests.reporting.api.test_summaries import Hers, code


@pytest.fixture
def hers(house):
    made = Hers(house)
    made.copies = f"/reporting/v1/persons/{house.person.id}/copies"
    return made


def lines(answer):
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


def test_every_entry_of_every_service_is_in_it_with_its_body_and_its_proof(hers):
    hers.house.practitioner.client.get(f"/assessment/v1/persons/{hers.person.id}/assessments")
    hers.house.installation.settled()
    first, *entries, last = lines(hers.person.client.get(f"{hers.copies}/record.ndjson"))
    assert (first["format"], first["version"]) == ("cosigne.copy", 1)
    trail = hers.person.client.get(
        f"/reporting/v1/persons/{hers.person.id}/trail?limit=200"
    ).json()["entries"]
    assert [e["entry"] for e in entries] == [e["entry"] for e in trail]
    assert {e["type"].partition(".")[0] for e in entries} >= {"directory", "assessment", "network"}
    assert "assessment.record_read" in {e["type"] for e in entries}
    sleep = next(e for e in entries if e["entry"] == hers.sleep)
    assert sleep["body"]["comment"] == "Le médicament du soir m’assomme."
    assert all(len(e["proof"]["leaf"]) == 64 and e["sentence"] for e in entries)
    assert last["entries"] == len(entries)


def test_its_last_line_tells_whether_it_is_whole(hers):
    whole = hers.person.client.get(f"{hers.copies}/record.ndjson").content
    *told, last = whole.splitlines(keepends=True)
    assert json.loads(last)["sha256"] == hashlib.sha256(b"".join(told)).hexdigest()


def test_the_page_tells_it_in_sentences_month_by_month(hers):
    words = {"kind": "personal", "words": "<script>alert(1)</script>"}
    hers.made("assessment", "resources/strengths", **words)
    hers.house.installation.settled()
    answer = hers.person.client.get(f"{hers.copies}/record.html", headers={"Accept-Language": "fr"})
    assert answer.status_code == 200
    assert "Le médicament du soir m’assomme." in answer.text
    assert "<script" not in answer.text
    assert "&lt;script&gt;" in answer.text
    assert answer.text.rstrip().endswith("</html>")
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    english = hers.person.client.get(
        f"{hers.copies}/record.html", headers={"Accept-Language": "en"}
    )
    assert "All that is written here about me" in english.text


def test_that_she_makes_a_copy_is_a_fact_and_reading_it_is_none(hers):
    assert hers.person.client.post(hers.copies, json={}).status_code == 201
    for kind in ("record.ndjson", "record.html"):
        hers.person.client.get(f"{hers.copies}/{kind}")
    hers.house.installation.settled()
    entries = lines(hers.person.client.get(f"{hers.copies}/record.ndjson"))[1:-1]
    (made,) = [e for e in entries if e["type"].startswith("reporting.")]
    assert made["sentence"].replace("\u00a0", " ") == (
        "Vous avez fait une copie de : le dossier. Pour : la personne elle-même."
    )


@pytest.mark.parametrize("who", ["practitioner", "relative", "administrator", "auditor", "manager"])
def test_nobody_who_stands_beside_her_takes_a_copy(hers, who):
    client = getattr(hers.house, who).client
    assert client.post(hers.copies, json={}).status_code in (403, 404)
    for kind in ("record.ndjson", "record.html"):
        assert client.get(f"{hers.copies}/{kind}").status_code in (403, 404)


def test_the_privacy_officer_reads_that_it_happened_and_not_her_words(hers):
    text = hers.house.officer.client.get(f"{hers.copies}/record.ndjson").text
    assert hers.sleep in text
    assert "médicament" not in text
    assert all(e["body"] is None for e in map(json.loads, text.splitlines()[1:-1]))


def test_words_taken_back_are_not_in_a_later_copy(hers):
    hers.made("assessment", f"assessments/{hers.sitting}/entries/{hers.sleep}/withdrawals")
    hers.house.installation.settled()
    text = hers.person.client.get(f"{hers.copies}/record.ndjson").text
    assert "médicament" not in text
    assert hers.sleep in text


def test_a_paper_that_is_handed_over_is_noted_with_what_was_on_it(hers):
    house = hers.house
    paper = {"audience": str(hers.person.id), "scope": "strengths", "form": "aloud"}
    unseen = {**paper, "pieces": [hers.sleep]}
    refused = house.practitioner.client.post(f"{hers.copies}/given", json=unseen)
    assert code(refused) == (422, "summary.no_such_piece")
    assert house.practitioner.client.post(f"{hers.copies}/given", json=paper).status_code == 201
    assert house.colleague.client.post(f"{hers.copies}/given", json=paper).status_code == 404
    house.installation.settled()
    path = f"/reporting/v1/persons/{hers.person.id}/trail?type=reporting.copy_given"
    (entry,) = hers.person.client.get(path).json()["entries"]
    told = entry["sentence"].replace("\u00a0", " ")
    assert told == "practitioner a remis une copie à person : les forces (lu à voix haute)."


def test_the_officer_gives_a_copy_that_was_asked_for_without_reading_it(hers):
    house, person = hers.house, hers.person
    rights = f"/directory/v1/persons/{person.id}/rights"
    asked = person.client.post(rights, json={"right": "copy"}).json()["entries"][0]
    granted = house.officer.client.post(f"{rights}/{asked}/answers", json={"outcome": "granted"})
    assert granted.status_code == 201, granted.text
    house.installation.settled()
    # she takes it herself: no other sign-in opens it
    assert person.client.post(hers.copies, json={}).status_code == 201
    assert "médicament" in person.client.get(f"{hers.copies}/record.html").text

    there = {"contributors": [{"party": str(person.id), "part": "witnessed"}]}
    paper = {"audience": str(person.id), "scope": "record", "form": "paper"}
    given = f"{hers.copies}/given"
    refused = house.officer.client.post(given, json={**paper, "act": there})
    assert code(refused) == (422, "copy.not_asked")
    because = {"act": {**there, "because_of": [asked]}}
    noted = house.officer.client.post(given, json={**paper, **because})
    assert noted.status_code == 201, noted.text
    receipt = f"{hers.copies}/entries/{noted.json()['entries'][0]}/confirmations"
    assert person.client.post(receipt, json={"device": "own"}).status_code == 201
    house.installation.settled()

    answer = house.officer.client.get(f"/reporting/v1/persons/{person.id}/trail?service=reporting")
    assert "médicament" not in answer.text
    (entry,) = [e for e in answer.json()["entries"] if e["type"] == "reporting.copy_given"]
    assert entry["because_of"] == [asked]
    stands = {c["party"]: c["attestation"] for c in entry["contributors"]}
    assert stands[str(person.id)] == "confirmed"


def test_eli_of_another_organisation_finds_nothing(hers, other_house):
    for kind in ("record.ndjson", "record.html"):
        answer = other_house.practitioner.client.get(f"{hers.copies}/{kind}")
        assert code(answer) == (404, "person.unknown")
