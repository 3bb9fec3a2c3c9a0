"""An entry of the trail: one sealed fact of any service, and what people have said of it since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from services.reporting.domain.decisions import is_decision
from shared.kernel import Contributor

CONFIRMING = {"contribution_confirmed": "confirmed", "contribution_disputed": "disputed"}
ANSWERS = frozenset(
    {
        *CONFIRMING,
        "dispute_answered",
        "dispute_settled",
        "correction_recorded",
        "words_withdrawn",
        "entry_misfiled",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What someone said of an entry afterwards: confirmed, disputed, answered, settled, corrected."""

    entry: UUID
    kind: str
    author: UUID
    actor: UUID
    recorded_at: datetime
    occurred_at: datetime
    precision: str
    words: str | None = None
    outcome: str | None = None
    device: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`position` and `leaf` are its place and proof; `about` is the entry that it answers."""

    id: UUID
    tenant: UUID
    subject: UUID
    source: str
    type: str
    position: int
    leaf: str
    stream: UUID
    version: int
    recorded_at: datetime
    occurred_at: datetime
    precision: str
    actor: UUID
    author: UUID
    contributors: tuple[Contributor, ...] = ()
    setting: str = "alone"
    site: UUID | None = None
    programme: UUID | None = None
    because_of: tuple[UUID, ...] = ()
    about: UUID | None = None
    body: Mapping[str, Any] = field(default_factory=dict)
    readable: bool = True
    answers: tuple[Answer, ...] = ()

    @property
    def kind(self) -> str:
        """The fact's name without its service."""
        return self.type.partition(".")[2]

    @property
    def is_decision(self) -> bool:
        return is_decision(self.type)

    def involves(self, party: UUID) -> bool:
        """Whether the party wrote it, or is named in it as having taken part."""
        return party in (self.actor, self.author) or any(
            c.party == party for c in self.contributors
        )

    def said_by(self, party: UUID) -> Answer | None:
        """The party's last confirmation or dispute of this entry."""
        said = [a for a in self.answers if a.author == party and a.kind in CONFIRMING]
        return said[-1] if said else None

    def attestation_of(self, contributor: Contributor) -> str:
        """How the party stands behind this entry now."""
        said = self.said_by(contributor.party)
        return CONFIRMING[said.kind] if said else contributor.attestation

    def attested(self, party: UUID) -> str | None:
        """The same for a party by its id: own if any of its parts is; None when not named."""
        found = [self.attestation_of(c) for c in self.contributors if c.party == party]
        if not found:
            said = self.said_by(party)
            return CONFIRMING[said.kind] if said else None
        return "own" if "own" in found else found[0]

    @property
    def dispute(self) -> str | None:
        """None, open, answered, accepted or kept."""
        state: str | None = None
        for answer in self.answers:
            match answer.kind:
                case "contribution_disputed":
                    state = "open"
                case "dispute_answered":
                    state = "accepted" if answer.outcome == "accepted" else "answered"
                case "dispute_settled":
                    state = answer.outcome
        return state
