"""Every event of the cast, as its person's trail has it: who, in which part, how attested, when."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cosigne.demo.stories import CHAPTERS, TOLD, chapter_of
from cosigne.demo.teller import named, recorded
from cosigne.people import cast, find, people
from tests.journeys.told import Told, plain
from tests.support.manner import faults

PLACES = [
    pytest.param(chapter, number, id=f"{chapter}/{number} {event['type']}")
    for chapter in CHAPTERS
    for number, event in enumerate(chapter_of(chapter)[1], 1)
    if event["type"] in TOLD
]
NAMES = (
    *(p.name for p in people().values()),
    *(o["name"] for o in cast()["organisations"]),
    *(s["name"] for o in cast()["organisations"] for s in (*o["sites"], *o["programmes"])),
    *(e["data"]["alter"] for c in CHAPTERS for e in chapter_of(c)[1] if "alter" in e["data"]),
)
CODE = re.compile(r"\b[a-z]+_[a-z_]+\b|[0-9a-f]{8}-[0-9a-f]{4}|[{}\[\]]")
KEPT = re.compile(r"\[(mots|words) [^\]]+\]|\[demo: [^\]]+\]")


@pytest.mark.parametrize(("chapter", "number"), PLACES)
def test_it_is_in_the_trail_as_it_was_in_life(told: Told, chapter: Any, number: int) -> None:
    person, events = chapter_of(chapter)
    event, entry = events[number - 1], told.entry(person.key, f"{chapter}/{number}")

    assert entry["type"].partition(".")[2] == event["type"].removesuffix("_many")
    assert entry["person"] == str(person.id)
    assert entry["author"]["name"] == find(event["author"]).name
    assert entry["actor"]["name"] == find(event["actor"]).name
    assert entry["setting"] == event["setting"]
    hers = person.key in (event["actor"], event["author"])
    for key, at in (("occurred_at", event["at"]), ("recorded_at", recorded(event).isoformat())):
        assert entry[key] == shown_at(at, person.organisation.timezone, hour=hers)


def shown_at(at: str, zone: str, *, hour: bool) -> str:
    local = datetime.fromisoformat(at).astimezone(ZoneInfo(zone))
    return local.isoformat() if hour else local.date().isoformat()


@pytest.mark.parametrize(("chapter", "number"), PLACES)
def test_everyone_who_took_part_is_named_with_part_knowledge_and_word(
    told: Told, chapter: Any, number: int
) -> None:
    person, events = chapter_of(chapter)
    event, entry = events[number - 1], told.entry(person.key, f"{chapter}/{number}")
    disputing = {a["author"]["name"] for a in entry["answers"] if "disputed" in a["kind"]}

    assert sorted(told_of(c) for c in entry["contributors"]) == sorted(
        as_cast(event, c, disputing) for c in named(event, find(event["actor"]))
    )


def told_of(shown: Mapping[str, Any]) -> tuple[str, ...]:
    keys = ("name", "role", "part", "noted", "attestation")
    return (*(shown[key] for key in keys), "+".join(shown["knowledge"]))


def as_cast(
    event: Mapping[str, Any], told: Mapping[str, Any], disputing: set[str]
) -> tuple[str, ...]:
    """`own` of someone who was not signed in is claimed at first, and confirmed by now."""
    name, actor = find(told["party"]).name, told["party"] == event["actor"]
    stands = "own" if actor else "claimed" if told["attestation"] == "claimed" else "confirmed"
    now = "disputed" if name in disputing else stands
    noted = "own" if actor else "claimed"
    return (name, told["role"], told["part"], noted, now, "+".join(told["knowledge"]))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("person", dict.fromkeys(chapter_of(c)[0].key for c in CHAPTERS))
def test_it_is_said_in_plain_words(told: Told, person: str, language: str) -> None:
    for sentence in told.sentences(person, language=language):
        assert sentence.endswith((".", " »", "”", "]", "?")), sentence
        assert not CODE.search(KEPT.sub("", sentence)), sentence
        assert "None" not in sentence
        assert "5/55" not in sentence
        assert faults(sentence, language, NAMES) == [], sentence


def test_paper_shows_both_dates(told: Told) -> None:
    entry = told.entry("luc", "paper/1")
    days = [date.fromisoformat(entry[key][:10]) for key in ("occurred_at", "recorded_at")]
    assert days == [date(2026, 6, 3), date(2026, 6, 9)]
    assert plain(entry["sentence"]).endswith("Arrivé le 3 juin 2026, écrit ici le 9 juin 2026.")
    assert told.sentence("karim", "paper/1", "luc", "en").endswith(
        "Happened on 3 June 2026, written here on 9 June 2026."
    )
