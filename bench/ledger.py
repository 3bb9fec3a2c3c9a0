"""What was acknowledged, written down outside the product, and compared with what views have.

One line for each event, on disk as soon as the append has answered. A view that keeps every event it
is told, in the order in which it is told, must hold each of them once, each person's in her order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from uuid import UUID

from shared.store.told import Told
from shared.store.views import Key, Row, View


@dataclass(frozen=True)
class HeardRow(Row):
    heard: tuple[str, ...]


class Heard(View[HeardRow]):
    """What was told of a person, in the order it came? Nothing in it hides that one came twice."""

    name = "heard"
    row = HeardRow
    key = ("tenant_id", "subject_id")
    sources = frozenset({"assessment"})
    listens = frozenset({"assessment.theme_rated"})

    def keys(self, told: Told) -> Iterable[Key]:
        return [(told.tenant, told.subject)]

    def fold(self, key: Key, row: HeardRow | None, told: Told) -> HeardRow:
        # its words are opened: what came as ciphertext is what was written
        one = f"{told.id}/{told.body['theme']}"
        return HeardRow(*key, heard=(*row.heard, one) if row else (one,))


class Ledger:
    """A file of lines: person, event, number. Only what was acknowledged is written."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def acknowledged(self, events: Iterable[tuple[UUID, UUID, int]]) -> None:
        with self.file.open("a", encoding="ascii") as kept:
            kept.writelines(f"{person} {event}/{number}\n" for person, event, number in events)

    def read(self) -> Mapping[UUID, Sequence[str]]:
        """Of each person, in order."""
        found: dict[UUID, list[str]] = defaultdict(list)
        for line in self.file.read_text("ascii").splitlines():
            person, event = line.split(" ")
            found[UUID(person)].append(event)
        return found


@dataclass(frozen=True)
class Compared:
    """How many events: acknowledged, held by the view, and what is wrong with them."""

    acknowledged: int
    held: int
    lost: int
    doubled: int
    unknown: int
    out_of_order: int

    @property
    def whole(self) -> bool:
        return not (self.lost or self.doubled or self.unknown or self.out_of_order)


def compared(ledger: Mapping[UUID, Sequence[str]], held: Mapping[UUID, Sequence[str]]) -> Compared:
    """Event by event, person by person. What is doubled or lost does not count as out of order."""
    lost = doubled = unknown = disordered = 0
    for person in ledger.keys() | held.keys():
        wanted, there = ledger.get(person, ()), held.get(person, ())
        once = set(wanted)
        times = Counter(there)
        lost += len(once - times.keys())
        unknown += sum(number for event, number in times.items() if event not in once)
        doubled += sum(number - 1 for event, number in times.items() if event in once)
        first = list(dict.fromkeys(event for event in there if event in once))
        rank = {event: n for n, event in enumerate(wanted)}
        disordered += sum(rank[a] > rank[b] for a, b in pairwise(first))
    total, kept = (sum(map(len, of.values())) for of in (ledger, held))
    return Compared(total, kept, lost, doubled, unknown, disordered)
