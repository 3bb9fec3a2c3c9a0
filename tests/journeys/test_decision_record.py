"""Who co-produced which decision, and when: as the record tells it, and as the sealed bytes prove it.

The leaf is recomputed here with nothing but the standard library, from what the log holds.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from cosigne.demo.stories import STORIES, chapter_of
from cosigne.people import find, people
from shared.postgres.pool import connect
from tests.journeys.looking import party, place_of
from tests.journeys.told import Told, plain, took_part

PERSONS = list(dict.fromkeys(chapter_of(story)[0].key for story in STORIES))
HOW_MANY = {
    "luc": {"star_placed": 3, "assessment_shared": 1},
    "rejean": {"assessment_shared": 1},
    "noemie": {
        "star_placed": 3,
        "assessment_shared": 1,
        "plan_opened": 1,
        "theme_declined": 1,
        "goal_agreed": 3,
        "goal_achieved": 1,
        "theme_reconsidered": 1,
    },
    "sandrine": {"star_placed": 1, "assessment_shared": 1, "plan_opened": 1, "goal_agreed": 1},
    "hugo": {
        "star_placed": 3,
        "plan_opened": 1,
        "goal_agreed": 2,
        "goal_set_aside": 1,
        "goal_achieved": 1,
    },
    "yasmine": {"star_placed": 1, "assessment_shared": 2, "plan_opened": 1, "goal_agreed": 1},
    "beatrice": {"assessment_shared": 1, "plan_opened": 1, "goal_agreed": 2, "goal_declined": 1},
    "olivier": {
        "star_placed": 2,
        "assessment_shared": 1,
        "plan_opened": 1,
        "goal_agreed": 1,
        "consent_given": 1,
        "consent_withdrawn": 1,
        "summary_shared": 1,
        "summary_share_ended": 1,
    },
    "felix": {},  # he answers, names a strength, and decides nothing on record
}


@dataclass(frozen=True)
class Sealed:
    """One row of a sealed log, as bytes."""

    envelope: str
    body: bytes | None
    leaf: bytes

    @property
    def recomputed(self) -> str:
        return leaf_of(self.envelope, self.body or b"")

    @property
    def said(self) -> Any:
        return json.loads(self.envelope)


def leaf_of(envelope: str, body: bytes) -> str:
    clear = envelope.encode()
    told = b"\x00" + len(clear).to_bytes(4, "big") + clear + hashlib.sha256(body).digest()
    return hashlib.sha256(told).hexdigest()


@pytest.fixture(scope="module")
def logs(told: Told) -> Mapping[tuple[str, UUID, int], Sealed]:
    """The sealed logs of the services, by service, organisation and position."""
    found = {}
    for service in told.installation.front.services:
        with connect(told.installation.settings.conninfo(service, "relay")) as relay:
            for tenant, position, *rest in relay.execute(
                "SELECT tenant_id, position, envelope::text, body, leaf FROM published"
            ):
                found[service, tenant, position] = Sealed(*rest)
    return found


def decisions(told: Told, person: str) -> Iterator[dict[str, Any]]:
    path = f"/reporting/v1/persons/{party(person)}/decisions"
    for listed in told.get(person, path, limit=200)["entries"]:
        yield told.get(person, f"{path}/{listed['entry']}")["decision"]


@pytest.mark.parametrize("person", PERSONS)
def test_each_decision_of_a_life_is_on_record(told: Told, person: str) -> None:
    kinds = [d["type"].partition(".")[2] for d in decisions(told, person)]
    assert {kind: kinds.count(kind) for kind in kinds} == HOW_MANY[person]


@pytest.mark.parametrize("person", PERSONS)
def test_who_took_part_and_when_is_what_the_sealed_bytes_say(
    told: Told, logs: Mapping[Any, Sealed], person: str
) -> None:
    for decision in decisions(told, person):
        proof = decision["proof"]
        sealed = logs[proof["service"], find(person).tenant, proof["position"]]
        assert sealed.leaf.hex() == sealed.recomputed == proof["leaf"]
        said = sealed.said
        assert said["id"] == decision["entry"]
        assert said["type"] == decision["type"]
        assert (said["author"], said["actor"]) == (
            decision["author"]["party"],
            decision["actor"]["party"],
        )
        assert [written(c) for c in said["contributors"]] == [
            shown(c) for c in decision["contributors"]
        ]
        assert said.get("because_of", []) == decision["because_of"]
        for key in ("occurred_at", "recorded_at"):
            assert same_moment(said[key], decision[key]), key


def written(said: Mapping[str, Any]) -> tuple[Any, ...]:
    knowledge = tuple(said.get("knowledge", ()))
    return (said["party"], said["role"], said["part"], knowledge, said["attestation"])


def shown(told: Mapping[str, Any]) -> tuple[Any, ...]:
    return (told["party"], told["role"], told["part"], tuple(told["knowledge"]), told["noted"])


def same_moment(sealed: str, shown: str) -> bool:
    """An hour where it is shown; else the day, where the organisation is."""
    at = datetime.fromisoformat(sealed)
    if "T" not in shown:
        return abs((at.date() - datetime.fromisoformat(shown).date()).days) <= 1
    return at == datetime.fromisoformat(shown)


def test_another_word_in_the_envelope_is_another_leaf(
    told: Told, logs: Mapping[Any, Sealed]
) -> None:
    proof = told.decision("noemie", "agreed:loup")["decision"]["proof"]
    sealed = logs[proof["service"], find("noemie").tenant, proof["position"]]
    for old, new in (("agreed", "witnessed"), ("claimed", "own"), ("2025-11-10", "2025-11-11")):
        assert old in sealed.envelope
        changed = sealed.envelope.replace(old, new, 1)
        assert leaf_of(changed, sealed.body or b"") != proof["leaf"]
    assert leaf_of(sealed.envelope, (sealed.body or b"") + b" ") != proof["leaf"]


def test_no_name_and_no_word_stands_in_what_is_sealed_in_clear(
    told: Told, logs: Mapping[Any, Sealed]
) -> None:
    whole = "\n".join(sealed.envelope for sealed in logs.values())
    assert len(logs) > 500
    for person in people().values():
        assert person.name not in whole
    for words in ("chimie", "piscine", "travail", "médicaments", "logement"):
        assert words not in whole


def test_positions_have_no_gaps_and_are_told_of_one_organisation_at_a_time(
    logs: Mapping[tuple[str, UUID, int], Sealed],
) -> None:
    places: dict[tuple[str, UUID], list[int]] = {}
    for service, tenant, position in sorted(logs, key=str):
        places.setdefault((service, tenant), []).append(position)
    for positions in places.values():
        assert sorted(positions) == list(range(1, len(positions) + 1))


def test_the_record_says_how_each_stands_behind_it_in_words(told: Told) -> None:
    agreed = told.decision("noemie", "agreed:chimie")["decision"]
    hers, isabelles = (plain(c["said"]) for c in agreed["contributors"])
    assert hers.startswith("Noémie Sauvageau (la personne) : a dit oui")
    assert hers.endswith("par sa propre connexion")
    assert isabelles.startswith("Isabelle Fortin (accompagnement) : a dit oui")
    assert isabelles.endswith("noté par vous, puis confirmé")


def test_a_yes_noted_for_her_is_hers_in_the_record_and_disputed(told: Told) -> None:
    noted = told.decision("leila", "agreed:courses", "beatrice")["decision"]
    assert (noted["author"]["name"], noted["actor"]["name"]) == (
        "Béatrice Nollet",
        "Leïla Fontaine",
    )
    assert ("Béatrice Nollet", "person", "agreed", ("experiential",), "disputed") in took_part(
        noted
    )
    assert (noted["occurred_at"][:10], noted["recorded_at"][:10]) == ("2026-05-12", "2026-05-13")
    assert noted["entry"] == told.entry("beatrice", place_of(8, "goal_agreed"))["entry"]
