"""One tie as it stands: its name now, whether it goes on, and how she rated it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.network.domain.events import (
    SupportDescribed,
    TieAdded,
    TieEnded,
    TieRated,
    TieRenamed,
    TieResumed,
)
from shared.coproduction import Entry
from shared.kernel import Fact

FIRM = frozenset({"own", "confirmed"})


@dataclass(frozen=True, slots=True)
class Said:
    """A fact, and the entry that knows what people have said of it since."""

    fact: Fact
    entry: Entry

    @property
    def attestation(self) -> str | None:
        """How she stands behind it: own, confirmed, noted for her; None when she disputes it."""
        said = self.entry.says(self.entry.act.subject)
        if said in FIRM:
            return said
        disputed = said == "disputed" or self.entry.dispute not in (None, "kept")
        return None if disputed else "noted"


@dataclass(frozen=True)
class Tie:
    """What was said about one tie, in order, from its adding on."""

    id: UUID
    said: tuple[Said, ...]

    @property
    def added(self) -> TieAdded:
        fact = self.said[0].fact
        assert isinstance(fact, TieAdded)  # noqa: S101 - the network groups from an adding on
        return fact

    def latest(self, *kinds: type[Fact]) -> Said | None:
        """Her latest firm word of these kinds; without one, the latest noted for her."""
        found = [s for s in self.said if isinstance(s.fact, kinds) and s.attestation]
        firm = [s for s in found if s.attestation in FIRM] or found
        return firm[-1] if firm else None

    @property
    def name(self) -> str:
        renamed = self.latest(TieRenamed)
        fact = renamed.fact if renamed else self.added
        assert isinstance(fact, TieRenamed | TieAdded)  # noqa: S101 - chosen just above
        return fact.name

    @property
    def stands(self) -> bool:
        return self.said[0].attestation is not None

    @property
    def ended(self) -> bool:
        turn = self.latest(TieEnded, TieResumed)
        return turn is not None and isinstance(turn.fact, TieEnded)

    @property
    def rating(self) -> Said | None:
        return self.latest(TieRated)

    @property
    def support(self) -> Said | None:
        return self.latest(SupportDescribed)
