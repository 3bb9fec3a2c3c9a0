"""One row a person: what her degree of coproduction is read from, without words or answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from services.reporting.domain.entry import ANSWERS
from services.reporting.domain.marks import LANDMARKS, Mark, Marks, Part, hear
from services.reporting.domain.steps import STEP_OF
from services.reporting.views.trail import entry_of, row_of
from shared.store.told import Told
from shared.store.views import Doc, Key, Row, View

STORY = ("assessment", "network", "plans")
ERASED = "directory.person_erased"
# whoever else wrote it: it makes no difference to hers
NOBODY = UUID(int=0)


@dataclass(frozen=True)
class MarkedRow(Row):
    """`marks` by entry; none, and for good, once she was erased."""

    marks: Doc
    erased: bool = False


class Marked(View[MarkedRow]):
    """From which entries is a person's own part read, and how does she stand behind them now?"""

    name = "marked"
    row = MarkedRow
    key = ("tenant_id", "subject_id")
    sources: ClassVar[frozenset[str]] = frozenset({*STORY, "directory"})
    listens = frozenset({*STEP_OF, *LANDMARKS, ERASED}) | {
        f"{service}.{kind}" for service in STORY for kind in ANSWERS
    }

    def keys(self, told: Told) -> Iterable[Key]:
        return [(told.tenant, told.subject)] if told.subject != told.tenant else []

    def fold(self, key: Key, row: MarkedRow | None, told: Told) -> MarkedRow | None:
        known = row or MarkedRow(told.tenant, told.subject, {})
        if told.type == ERASED or known.erased:
            return replace(known, marks={}, erased=True)
        about = [str(told.id), str(told.entry), told.body.get("about")]
        person = told.subject
        touched = {UUID(a): mark_from(known.marks[a], a, person) for a in about if a in known.marks}
        before = dict(touched)
        hear(touched, entry_of(row_of(told)))
        changed = {
            str(id_): doc_of(mark, person)
            for id_, mark in touched.items()
            if mark != before.get(id_)
        }
        return replace(known, marks={**known.marks, **changed}) if changed else row


def doc_of(mark: Mark, person: UUID) -> Doc:
    """Her own parts only: those of others are counted nowhere."""
    told: Doc = {
        "type": mark.type,
        "stream": str(mark.stream),
        "version": mark.version,
        "at": mark.at.isoformat(),
        "hers": mark.author == person,
        "parts": [[p.role, p.part, p.attestation] for p in mark.parts if p.party == person],
    }
    further = {
        "about": dict(mark.about),
        "sources": list(mark.sources),
        "kind": mark.questionnaire,
        "void": mark.void,
    }
    return told | {name: value for name, value in further.items() if value}


def marks_of(person: UUID, marks: Doc) -> Marks:
    """The row as the domain knows it."""
    return Marks.of(
        person, {UUID(id_): mark_from(told, id_, person) for id_, told in marks.items()}
    )


def mark_from(told: Mapping[str, Any], entry: str, person: UUID) -> Mark:
    at = datetime.fromisoformat(told["at"])
    return Mark(
        entry=UUID(entry),
        type=told["type"],
        stream=UUID(told["stream"]),
        version=told["version"],
        at=at,
        occurred=at,
        author=person if told["hers"] else NOBODY,
        parts=tuple(Part(person, *part) for part in told["parts"]),
        about=told.get("about", {}),
        sources=tuple(told.get("sources", ())),
        questionnaire=told.get("kind"),
        void=told.get("void", False),
    )
