"""How a map changed between two days: who stayed, came and went, and what changed on who stayed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any
from uuid import UUID

from services.network.domain.between import Pair
from services.network.domain.commands import KINDS
from services.network.domain.events import TieEnded, TieResumed
from services.network.domain.measures import NOBODY, Figure, rounded
from services.network.domain.network import Network
from services.network.domain.said import Said, day_of
from services.network.domain.tie import Tie


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that she says otherwise of a tie on the second day."""

    tie: UUID
    what: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Evolution:
    """Two maps of the same life; what happened between them and left no trace in either too."""

    since: Network
    until: Network
    # ties that ended or resumed after the first day, up to the second
    ended: frozenset[UUID]
    resumed: frozenset[UUID]

    @property
    def kept(self) -> Sequence[Tie]:
        """On both maps, as they are on the second."""
        return [t for id_, t in self.until.on_it.items() if id_ in self.since.on_it]

    @property
    def gained(self) -> Sequence[Tie]:
        return [t for id_, t in self.until.on_it.items() if id_ not in self.since.on_it]

    @property
    def lost(self) -> Sequence[Tie]:
        """As they were on the first day."""
        return [t for id_, t in self.since.on_it.items() if id_ not in self.until.on_it]

    @property
    def back(self) -> frozenset[UUID]:
        """Of those gained, the ones that had been on the map before."""
        return frozenset(tie.id for tie in self.gained if tie.id in self.since.ties)

    @property
    def paused(self) -> frozenset[UUID]:
        """Of those kept, the ones that ended and resumed in between."""
        return frozenset(t.id for t in self.kept if t.id in self.ended and t.id in self.resumed)

    @property
    def passed(self) -> Sequence[Tie]:
        """On neither map: came, or came back, and went in between."""
        return [
            t
            for id_, t in self.until.ties.items()
            if t.ended
            and id_ not in self.since.on_it
            and (id_ not in self.since.ties or id_ in self.resumed)
        ]

    @property
    def changed(self) -> Sequence[Change]:
        before = self.since.on_it
        return [
            Change(tie.id, what, then, now)
            for tie in self.kept
            for what, of in COMPARED.items()
            for then, now in [(of(before[tie.id]), of(tie))]
            if then != now
        ]

    @property
    def lines_gained(self) -> frozenset[Pair]:
        return self.until.lines - self.since.lines

    @property
    def lines_lost(self) -> frozenset[Pair]:
        return self.since.lines - self.until.lines

    @property
    def turnover(self) -> Mapping[str, Figure]:
        """Kind by kind: the share of those on either map who are not on both."""
        return {kind: self._turnover(kind) for kind in KINDS}

    def _turnover(self, kind: str) -> Figure:
        kept, gained, lost = (
            sum(tie.kind == kind for tie in ties) for ties in (self.kept, self.gained, self.lost)
        )
        n = kept + gained + lost
        if n == 0:
            return Figure("turnover", 0, None, NOBODY)
        return Figure("turnover", n, rounded(1 - kept / n))


def evolution(network: Network, since: date, until: date, zone: tzinfo) -> Evolution:
    between = [s for s in network.said if since < day_of(s.fact.act, zone) <= until]
    return Evolution(
        network.as_of(since, zone),
        network.as_of(until, zone),
        ended=turned(between, TieEnded),
        resumed=turned(between, TieResumed),
    )


def turned(said: Sequence[Said], kind: type[TieEnded | TieResumed]) -> frozenset[UUID]:
    return frozenset(s.fact.tie for s in said if isinstance(s.fact, kind) and s.attestation)


def told(said: Said | None, *fields: str) -> tuple[Any, ...] | None:
    return None if said is None else tuple(getattr(said.fact, name) for name in fields)


def support(tie: Tie, way: str) -> Sequence[str] | None:
    found = told(tie.support, way)
    return None if found is None else sorted(found[0])


def rated(field: str) -> Callable[[Tie], Any]:
    return lambda tie: getattr(tie.rating.fact, field) if tie.rating else None


def contact(field: str) -> Callable[[Tie], Any]:
    return lambda tie: getattr(tie.contact.fact, field) if tie.contact else None


COMPARED: Mapping[str, Callable[[Tie], Any]] = {
    "name": lambda tie: tie.name,
    "circle": lambda tie: tie.circle,
    "relation": lambda tie: tie.relation,
    "quality": rated("quality"),
    "closeness": rated("closeness"),
    "line": rated("line"),
    "received": lambda tie: support(tie, "received"),
    "given": lambda tie: support(tie, "given"),
    "often": contact("often"),
    "means": contact("means"),
}
