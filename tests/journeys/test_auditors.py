"""What a reviewer sees: that things happened, who took part, when and how it is proved; no words."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson
import pytest

from cosigne.demo.stories import CHAPTERS, chapter_of
from cosigne.people import find
from tests.journeys.looking import party
from tests.journeys.told import Told, plain, without_reads

AUDITORS = {"grand-heron": "etienne", "passerelles": "sophie"}
PERSONS = list(dict.fromkeys(chapter_of(c)[0].key for c in CHAPTERS))
# why an emergency access was opened must be answered for, and a scope's name is no word of hers
ANSWERED_FOR = ("emergency_access_opened", "emergency_access_reviewed")
WORDS = ("words", "comment", "reason")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def auditor_of(person: str) -> str:
    organisation = find(person).organisation
    assert organisation is not None
    return AUDITORS[organisation.key]


def words_of(person: str) -> Iterator[str]:
    """Everything anyone wrote in her life, as the cast has it."""
    for chapter in CHAPTERS:
        hers, events = chapter_of(chapter)
        for event in events:
            if hers.key == person and event["type"] not in ANSWERED_FOR:
                yield from texts(event["data"])


def texts(data: Mapping[str, Any]) -> Iterator[str]:
    for key, value in data.items():
        if key in WORDS and isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from texts(value)


@pytest.mark.parametrize("person", PERSONS)
def test_no_word_and_no_figure_of_hers_reaches_an_auditor(told: Told, person: str) -> None:
    who = auditor_of(person)
    answer = told.ask(who, f"/reporting/v1/persons/{party(person)}/trail.ndjson")
    text = plain(answer.text)
    assert list(words_of(person)) or person == "odette"
    assert [w for w in words_of(person) if w in text] == []
    entries = [orjson.loads(line) for line in answer.text.splitlines()]
    assert not any("%" in e["sentence"] for e in entries)
    assert len(entries) >= len(told.trail(person)) - 5  # her looks at it come after


@pytest.mark.parametrize("person", PERSONS)
def test_parts_days_and_proofs_are_there(told: Told, person: str) -> None:
    own = {e["entry"]: e for e in without_reads(told.trail(person))}
    seen = without_reads(told.trail(auditor_of(person), person))
    assert {e["entry"] for e in seen} == set(own)
    for entry in seen:
        hers = own[entry["entry"]]
        for key in ("type", "author", "actor", "setting", "proof", "because_of", "decision"):
            assert entry[key] == hers[key]
        parts = [(c["party"], c["part"], c["attestation"]) for c in entry["contributors"]]
        assert parts == [(c["party"], c["part"], c["attestation"]) for c in hers["contributors"]]
        assert DAY.fullmatch(entry["occurred_at"])
        assert DAY.fullmatch(entry["recorded_at"])
        assert len(entry["proof"]["leaf"]) == 64
        assert entry["proof"]["position"] > 0


@pytest.mark.parametrize("person", PERSONS)
def test_the_records_themselves_are_closed_to_an_auditor(told: Told, person: str) -> None:
    who = auditor_of(person)
    for path in (
        f"/assessment/v1/persons/{party(person)}/assessments",
        f"/assessment/v1/persons/{party(person)}/resources",
        f"/plans/v1/persons/{party(person)}/plans",
        f"/reporting/v1/persons/{party(person)}/timeline",
    ):
        assert told.ask(who, path).status_code == 403


def test_a_decision_is_told_to_an_auditor_by_its_envelope(told: Told) -> None:
    record = told.decision("etienne", "declined:comprendre-medicaments", "noemie")
    assert plain(record["decision"]["sentence"]) == (
        "Thème laissé hors du plan, par Noémie Sauvageau. "
        "Ont pris part : Isabelle Fortin (accompagnement, en a parlé). "
        "Noté par Noémie Sauvageau, confirmé par Isabelle Fortin le 10 novembre 2025. "
        "[mots gardés privés]"
    )
    kinds = [s["entry"]["type"] for s in (*record["came_from"], *record["led_to"])]
    assert kinds == [
        "plans.theme_considered",
        "assessment.theme_rated",
        "plans.theme_reconsidered",
    ]
    assert "comprendre" not in str(record).lower()


def test_she_finds_the_auditors_look_again(told: Told) -> None:
    told.trail("etienne", "luc")
    told.installation.settled()
    looks = told.get("luc", f"/reporting/v1/persons/{party('luc')}/looks", limit=200)["entries"]
    said = [plain(e["sentence"]) for e in looks]
    assert any(
        s.startswith("Étienne Vachon (vérification) a consulté : ce qui s’est passé") for s in said
    )


def test_an_auditor_reviews_the_own_house_only(told: Told) -> None:
    lines = told.ask("sophie", "/reporting/v1/trail.ndjson").text.splitlines()
    entries = [orjson.loads(line) for line in lines]
    persons = {e["person"] for e in entries if e["person"]}
    assert party("beatrice") in persons
    assert not persons & {party(p) for p in PERSONS if auditor_of(p) == "etienne"}
    assert told.ask("sophie", f"/reporting/v1/persons/{party('luc')}/trail").status_code == 404
    words = [w for p in PERSONS if auditor_of(p) == "sophie" for w in words_of(p)]
    text = plain("\n".join(lines))
    assert [w for w in words if w in text] == []
