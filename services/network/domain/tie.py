"""One tie as it stands: its name and place now, whether it goes on, and what she says of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from services.network.domain.events import (
    ContactDescribed,
    SupportDescribed,
    TieAdded,
    TieDiscussed,
    TieEnded,
    TiePlaced,
    TieRated,
    TieRenamed,
    TieResumed,
    TieVisibilitySet,
)
from services.network.domain.said import Said, latest_of
from shared.kernel import Fact


@dataclass(frozen=True)
class Tie:
    """What was said about one tie: its adding, then the rest in the order of her life."""

    id: UUID
    adding: Said
    said: tuple[Said, ...]

    @property
    def added(self) -> TieAdded:
        fact = self.adding.fact
        assert isinstance(fact, TieAdded)  # noqa: S101 - the network groups by addings
        return fact

    @property
    def kind(self) -> str:
        return self.added.kind

    def of(self, *kinds: type[Fact]) -> Iterable[Said]:
        return (s for s in self.said if isinstance(s.fact, kinds))

    def latest(self, *kinds: type[Fact]) -> Said | None:
        """Her latest firm word of these kinds; without one, the latest noted for her."""
        return latest_of(self.of(*kinds))

    @cached_property
    def name(self) -> str:
        found = self.latest(TieAdded, TieRenamed)
        fact = found.fact if found else self.added
        assert isinstance(fact, TieRenamed | TieAdded)  # noqa: S101 - chosen just above
        return fact.name

    @cached_property
    def circle(self) -> int | None:
        fact = self._placed("circle")
        return None if fact is None else fact.circle

    @cached_property
    def relation(self) -> str | None:
        fact = self._placed("relation")
        return None if fact is None else fact.relation

    def _placed(self, what: str) -> TieAdded | TiePlaced | None:
        told = (s for s in self.of(TieAdded, TiePlaced) if getattr(s.fact, what) is not None)
        found = latest_of(told)
        fact = found.fact if found else None
        assert fact is None or isinstance(fact, TieAdded | TiePlaced)  # noqa: S101 - just above
        return fact

    @property
    def stands(self) -> bool:
        return self.adding.attestation is not None

    @cached_property
    def ended(self) -> bool:
        turn = self.latest(TieEnded, TieResumed)
        return turn is not None and isinstance(turn.fact, TieEnded)

    @cached_property
    def rating(self) -> Said | None:
        return self.latest(TieRated)

    @cached_property
    def support(self) -> Said | None:
        return self.latest(SupportDescribed)

    @cached_property
    def contact(self) -> Said | None:
        return self.latest(ContactDescribed)

    @cached_property
    def thread(self) -> tuple[Said, ...]:
        """What was said of it, in the order in which it was written."""
        return tuple(sorted(self.of(TieDiscussed), key=lambda s: s.version))

    @cached_property
    def kept_since(self) -> int | None:
        """The version since which it is hers alone; None where it follows the map.

        To close is never undone by doubt: only her firm word opens it again.
        """
        kept = self.adding.version if self.added.visibility == "just_me" else None
        for said in sorted(self.of(TieVisibilitySet), key=lambda s: s.version):
            kept = said.version if closes(said) else None if said.firm else kept
        return kept

    @cached_property
    def opened_at(self) -> int:
        """The version of her last word by hand that lets it follow the map, 0 without one."""
        opened = (s.version for s in self.of(TieVisibilitySet) if s.firm and not closes(s))
        return max(opened, default=0)


def closes(said: Said) -> bool:
    return isinstance(said.fact, TieVisibilitySet) and said.fact.visibility == "just_me"
