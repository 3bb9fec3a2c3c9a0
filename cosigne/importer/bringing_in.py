"""A whole import: every table in the order in which lines name one another, part by part."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from cosigne.importer.calls import ONE_BY_ONE, Call, learn, together
from cosigne.importer.checkpoint import Checkpoint
from cosigne.importer.columns import KINDS
from cosigne.importer.door import Door
from cosigne.importer.faults import SET_ASIDE, Fault, FaultFile
from cosigne.importer.house import House
from cosigne.importer.mapping import Mapped
from cosigne.importer.reading import Line
from cosigne.importer.records import Record, record_of
from cosigne.importer.sending import Sending
from cosigne.importer.twins import Twins

PART = 1000  # lines: what is asked together, and what is asked again after an interruption
IMPORTS = "/directory/v1/imports"
Progress = Callable[[int], None]


@dataclass
class Counts:
    """By kind: lines read, noted (or good to be), set aside."""

    read: dict[str, int] = field(default_factory=dict)
    set_aside: dict[str, int] = field(default_factory=dict)
    here_already: int = 0
    notices: int = 0

    @property
    def total(self) -> tuple[int, int]:
        return sum(self.read.values()), sum(self.set_aside.values())


@dataclass
class BringingIn:
    """Dry, it asks nothing but what is known already."""

    door: Door
    house: House
    tables: Sequence[Mapped]
    faults: FaultFile
    progress: Progress
    checkpoint: Path | None = None
    dry: bool = False
    counts: Counts = field(default_factory=Counts)

    def __post_init__(self) -> None:
        order = {kind.name: place for place, kind in enumerate(KINDS)}
        self.tables = sorted(self.tables, key=lambda mapped: order[mapped.kind.name])
        self.opened = self.house.names.id("import", digest_of(self.tables))
        self._twins = Twins(self.house)

    def run(self, source: str) -> Counts:
        """Raises Refused where it cannot go on; run again, it goes on where it was."""
        if self.dry:
            self._tables(None, Checkpoint(None, self.opened))
            return self.counts
        self.door.post(IMPORTS, {"id": str(self.opened), "source": source})
        checkpoint = Checkpoint(self.checkpoint, self.opened)
        with closing(Sending(self.door)) as sending:
            self._tables(sending, checkpoint)
        read, aside = self.counts.total
        counts = {"read": read, "noted": read - aside, "set_aside": aside}
        self.door.post(f"{IMPORTS}/{self.opened}/endings", counts)
        checkpoint.finish()
        return self.counts

    def _tables(self, sending: Sending | None, checkpoint: Checkpoint) -> None:
        for mapped in self.tables:
            for number, part in enumerate(parts_of(mapped.table.lines())):
                self._part(mapped, number, part, sending, checkpoint)
        self.counts.here_already = self._twins.here_already
        self.counts.notices = self.faults.notices

    def _part(
        self,
        mapped: Mapped,
        number: int,
        lines: Sequence[Line],
        sending: Sending | None,
        checkpoint: Checkpoint,
    ) -> None:
        faults: list[Fault] = []
        records = list(self._records(mapped, lines, faults))
        calls = list(self._calls(mapped, records, faults))
        wrong = {fault.line for fault in faults if fault.level == SET_ASIDE}
        before = checkpoint.refused(mapped.table.name, number)
        if before is not None:
            by_line = {record.line: record for record in records}
            faults += [by_line[line].fault(code, column) for line, code, column in before]
        elif sending is not None:
            refused = sending.all(calls)
            checkpoint.done(mapped.table.name, number, refused)
            faults += refused
        wrong = {fault.line for fault in faults if fault.level == SET_ASIDE}
        for record in records:
            if record.line not in wrong:
                learn(record, self.house)
        self._tell(mapped, len(lines), len(wrong), faults)

    def _records(
        self, mapped: Mapped, lines: Iterable[Line], faults: list[Fault]
    ) -> Iterator[Record]:
        for line in lines:
            found = record_of(mapped, line)
            if not isinstance(found, Record):
                faults += found
                continue
            twice = list(self._twins.of(found))
            faults += twice
            if not any(fault.level == SET_ASIDE for fault in twice):
                yield found

    def _calls(
        self, mapped: Mapped, records: Sequence[Record], faults: list[Fault]
    ) -> Iterator[Call]:
        one = ONE_BY_ONE.get(mapped.kind.name)
        if one is None:
            for asked in together(records, self.house, self.opened):
                if isinstance(asked, Fault):
                    faults.append(asked)
                else:
                    yield asked
            return
        for record in records:
            found = one(record, self.house)
            if isinstance(found, Fault):
                faults.append(found)
            else:
                yield from found

    def _tell(self, mapped: Mapped, read: int, aside: int, faults: Iterable[Fault]) -> None:
        kind = mapped.kind.name
        self.counts.read[kind] = self.counts.read.get(kind, 0) + read
        self.counts.set_aside[kind] = self.counts.set_aside.get(kind, 0) + aside
        for fault in sorted(faults, key=lambda f: f.line):
            self.faults.tell(fault)
        self.progress(read)


def parts_of(lines: Iterator[Line]) -> Iterator[list[Line]]:
    while part := list(islice(lines, PART)):
        yield part


def digest_of(tables: Iterable[Mapped]) -> str:
    """Of the files and how they are read: the same files begun again are the same import."""
    whole = hashlib.sha256()
    for mapped in tables:
        told = (mapped.table.name, mapped.kind.name, sorted(mapped.columns.items()), mapped.manner)
        whole.update(repr(told).encode())
        with mapped.table.path.open("rb") as opened:
            whole.update(hashlib.file_digest(opened, "sha256").digest())
    return whole.hexdigest()


def total_of(tables: Iterable[Mapped]) -> int:
    return sum(1 for mapped in tables for _ in mapped.table.lines())
