"""What was listed outside, found again or not in the sealed logs as they are now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cosigne.positions.listed import START, Entry, Listed, PositionsList, entries, head_of
from shared.postgres.pool import connect
from shared.settings import SERVICES, Settings


@dataclass(frozen=True, slots=True)
class Checked:
    """One service's log beside the list.

    It goes up to `head`. `verified` positions chain to what was listed; `beyond` were listed and are not here; `unlisted`
    are here and no line covers them yet. `wrong` says where a leaf, a place or a digest differs.
    """

    service: str
    era: int
    head: int
    verified: int
    beyond: int
    unlisted: int
    wrong: Sequence[str]

    @property
    def whole(self) -> bool:
        return not (self.wrong or self.beyond)


@dataclass
class Walk:
    """Goes through one log from its first entry; `at` are the digests listed at some of them."""

    at: Mapping[int, str]
    chain: bytes = START
    before: int = 0
    listed: int = 0
    verified: int = 0
    wrong: list[str] = field(default_factory=list)
    positions: Counter[UUID] = field(default_factory=Counter)

    def pass_by(self, entry: Entry) -> None:
        if not self._follows(entry):
            self.wrong.append(f"gap before {entry.gpos}")
        if not entry.is_whole():
            self.wrong.append(f"leaf {entry.gpos}")
        self.chain, self.before = entry.chained(self.chain), entry.gpos
        if (told := self.at.get(entry.gpos)) is not None:
            self._compare(told)

    def ends(self, head: int) -> None:
        if self.before < head:
            self.wrong.append(f"gap {self.before + 1}-{head}")

    def _follows(self, entry: Entry) -> bool:
        """Whether it is the next one of the log, and the next one of its organisation."""
        expected = self.positions[entry.tenant] + 1
        self.positions[entry.tenant] = entry.position
        return entry.gpos == self.before + 1 and entry.position == expected

    def _compare(self, told: str) -> None:
        if told != self.chain.hex():
            self.wrong.append(f"digest {self.listed + 1}-{self.before}")
        elif not self.wrong:
            self.verified = self.before
        self.listed = self.before


def check(settings: Settings, kept: PositionsList) -> list[Checked]:
    """Every service's log, each leaf made again from the stored bytes."""
    lines = list(kept.all())
    return [check_one(settings, s, [one for one in lines if one.service == s]) for s in SERVICES]


def check_one(settings: Settings, service: str, lines: Sequence[Listed]) -> Checked:
    """Lines of earlier eras tell of a log that was given up: those of this one start anew."""
    with connect(settings.conninfo(service, "relay")) as relay:
        era, head = head_of(relay)
        walk = Walk({one.gpos: one.chain for one in lines if one.era == era})
        for entry in entries(relay, 0, head):
            walk.pass_by(entry)
    walk.ends(head)
    furthest = max((one.gpos for one in lines if one.era >= era), default=0)
    unlisted = max(0, head - walk.listed)
    return Checked(service, era, head, walk.verified, max(0, furthest - head), unlisted, walk.wrong)
