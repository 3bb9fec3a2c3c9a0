"""Whole streams as they were once recorded: each must still fold to what it then meant.

A file is a life: its events in order (`sealed` is null where words were destroyed), and as its
last line what was read from it (`reads`). Reading back is in `READS`; recording one is in `live.py`.
"""

import json
from base64 import b64decode
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from services.assessment.domain.assessment import Assessment
from services.directory.domain.relations import Relations
from services.plans.domain.plan import Plan
from shared.coproduction import Coproduced, replay
from shared.kernel import Fact
from shared.store.cipher import DataKey
from shared.store.mapper import FactMapper
from shared.store.stored import Stored

THEMES = ("travail", "sommeil", "famille", "intimite")
FOLDER = Path(__file__).parent / "lives"
KINDS: dict[str, type[Coproduced]] = {
    "assessment": Assessment,
    "plan": Plan,
    "relations": Relations,
}


class OneKey:
    """The key that stands in the file."""

    def __init__(self, key: DataKey) -> None:
        self.key = key

    def opening_key(self, tenant: UUID, subject: UUID, version: int) -> DataKey | None:
        return self.key if version == self.key.version else None


def lives() -> dict[str, list[dict[str, Any]]]:
    return {
        file.stem: [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        for file in sorted(FOLDER.glob("*.jsonl"))
    }


def facts_of(life: list[dict[str, Any]]) -> list[Fact]:
    mapper = FactMapper(OneKey(DataKey(1, b64decode(life[0]["key"]))))
    return [mapper.to_domain_event(stored(line)) for line in life if "envelope" in line]


def stored(line: dict[str, Any]) -> Stored:
    envelope = json.loads(line["envelope"])
    return Stored(
        originator_id=UUID(envelope["stream"]),
        originator_version=envelope["version"],
        topic=envelope["type"],
        state=b64decode(line["sealed"] or ""),
        tenant_id=UUID(envelope["tenant"]),
        subject_id=UUID(envelope["subject"]),
        command_id=UUID(envelope["command"]),
        envelope=line["envelope"].encode(),
    )


def state_of(name: str, facts: list[Fact]) -> Coproduced:
    return replay(KINDS[name](facts[0].originator_id), facts)


def reads(name: str, state: Any) -> dict[str, Any]:
    """What people would be told of this state, in words that outlive how it is kept."""
    entries = {
        str(entry.id): {
            "topic": entry.topic,
            "stands": entry.stands,
            "attested": {str(party): how for party, how in sorted(entry.attested.items())},
        }
        for entry in state.entries.values()
    }
    return {"version": state.version, "entries": entries, **READS[name](state)}


def of_assessment(state: Any) -> dict[str, Any]:
    answers = {theme: state.answer(theme).stands for theme in THEMES}
    return {
        "answers": {t: answer and answer.value for t, answer in answers.items()},
        "stars": sorted(state.stars),
    }


def of_plan(state: Any) -> dict[str, Any]:
    return {"active": [str(g) for g, kept in state.goals.items() if kept.status == "active"]}


def of_relations(state: Any) -> dict[str, Any]:
    return {
        "name": state.profile.name,
        "consents": [str(c.id) for c in state.consents_in_force(date(2030, 3, 2))],
    }


READS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "assessment": of_assessment,
    "plan": of_plan,
    "relations": of_relations,
}
