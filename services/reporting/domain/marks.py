"""What the degree of coproduction is read from: of each entry its kind, parts and attestations.

No words and no answers: whose part it was, how each stands behind it now, and which goal, action,
theme or strength it is about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from services.reporting.domain.entry import ANSWERS, CONFIRMING, Entry
from services.reporting.domain.steps import STEP_OF, step_of

OPENED, PLAN_OPENED, PLAN_CLOSED = (
    "assessment.assessment_opened",
    "plans.plan_opened",
    "plans.plan_closed",
)
# no steps of their own: which questionnaire, and which plan when, is needed to tell the steps
LANDMARKS = frozenset({OPENED, PLAN_OPENED, PLAN_CLOSED})
MATTERS = ("goal", "action", "theme", "strength", "aspiration", "wording")
NAMED_BY_THEMSELVES = {
    "assessment.strength_named": "strength",
    "assessment.aspiration_named": "aspiration",
}
TAKEN_BACK = frozenset({"words_withdrawn", "entry_misfiled"})


@dataclass(frozen=True, slots=True)
class Part:
    """One contributor's part, and how he or she stands behind it now."""

    party: UUID
    role: str
    part: str
    attestation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An entry without its words. `void`: found wrong by all, or about somebody else."""

    entry: UUID
    type: str
    stream: UUID
    version: int
    at: datetime
    occurred: datetime
    author: UUID
    parts: tuple[Part, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    questionnaire: str | None = None
    catalogue: UUID | None = None
    void: bool = False

    def answered(self, kind: str, author: UUID, body: Mapping[str, Any]) -> Mark:
        """The mark once someone has said this of the entry."""
        if kind in CONFIRMING:
            parts = tuple(
                replace(p, attestation=CONFIRMING[kind]) if p.party == author else p
                for p in self.parts
            )
            return replace(self, parts=parts)
        if kind in ("dispute_answered", "dispute_settled"):
            return replace(self, void=self.void or body.get("outcome") == "accepted")
        if kind == "entry_misfiled":
            return replace(self, void=True)
        if kind == "words_withdrawn":
            # the decision stands, and what it was about is told by the withdrawal
            return replace(self, about={**self.about, **matters(body)})
        return self


def mark_of(entry: Entry) -> Mark | None:
    """An entry of a step, or a landmark, as it was written; None for any other."""
    if entry.type not in STEP_OF and entry.type not in LANDMARKS:
        return None
    about = matters(entry.body)
    if entry.type in NAMED_BY_THEMSELVES:
        about[NAMED_BY_THEMSELVES[entry.type]] = str(entry.id)
    opened = entry.type == OPENED
    catalogue = entry.body.get("catalogue") if opened else None
    return Mark(
        entry=entry.id,
        type=entry.type,
        stream=entry.stream,
        version=entry.version,
        at=entry.recorded_at,
        occurred=entry.occurred_at,
        author=entry.author,
        parts=tuple(Part(c.party, c.role, c.part, c.attestation) for c in entry.contributors),
        about=about,
        sources=tuple(entry.body.get("grown_from") or ()),
        questionnaire=entry.body.get("kind") if opened else None,
        catalogue=UUID(catalogue) if catalogue else None,
    )


def matters(body: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(body[name]) for name in MATTERS if body.get(name)}


@dataclass(frozen=True)
class Marks:
    """All the marks of one person, folded from her entries in the order of their recording."""

    person: UUID
    all: Mapping[UUID, Mark] = field(default_factory=dict)
    questionnaires: Mapping[UUID, str] = field(default_factory=dict)

    @classmethod
    def told(cls, person: UUID, entries: Iterable[Entry]) -> Marks:
        known: dict[UUID, Mark] = {}
        for entry in entries:
            hear(known, entry)
        return cls.of(person, known)

    @classmethod
    def of(cls, person: UUID, known: Mapping[UUID, Mark]) -> Marks:
        kinds = {m.stream: m.questionnaire for m in known.values() if m.questionnaire is not None}
        return cls(person, known, kinds)

    def only(self, entries: Collection[UUID]) -> Marks:
        """What these entries tell alone. What a sitting asks about is no secret of any of them."""
        return replace(self, all={id_: m for id_, m in self.all.items() if id_ in entries})

    def steps(self) -> list[tuple[str, Mark]]:
        """Every entry of a step that stands, with its step, in the order of recording."""
        kinds = self.questionnaires
        found = [(step_of(m.type, kinds.get(m.stream)), m) for m in self.all.values() if not m.void]
        return sorted(
            ((step, m) for step, m in found if step is not None),
            key=lambda one: (one[1].at, one[1].stream, one[1].version),
        )


def hear(known: dict[UUID, Mark], entry: Entry) -> None:
    """Bring what is known up by one entry: a mark of its own, or an answer to an earlier one."""
    if entry.kind not in ANSWERS:
        mark = mark_of(entry)
        if mark is not None:
            known[entry.id] = mark
        return
    answered = known.get(entry.about) if entry.about else None
    if answered is not None:
        known[answered.entry] = answered.answered(entry.kind, entry.author, entry.body)
    elif entry.kind == "words_withdrawn" and entry.body.get("about"):
        # the words of an answer went: what it decided is told by their withdrawal
        earlier = known.get(UUID(entry.body["about"]))
        if earlier is not None:
            known[earlier.entry] = earlier.answered("dispute_settled", entry.author, entry.body)
