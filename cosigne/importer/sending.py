"""Requests sent side by side, those of one person one after the other; what was refused as faults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from cosigne.importer.calls import Call
from cosigne.importer.door import Door, SaidNo
from cosigne.importer.faults import Fault
from cosigne.importer.records import Record

SIDE_BY_SIDE = 8
SERVERS_FAULT = 500
# the services' words for a field, where a column is called otherwise
COLUMNS: Mapping[str, str] = {"sign_in_subject": "sign_in", "party": "practitioner"}


class Sending:
    def __init__(self, door: Door, threads: int = SIDE_BY_SIDE) -> None:
        self._door = door
        self._threads = ThreadPoolExecutor(threads)

    def close(self) -> None:
        self._threads.shutdown(cancel_futures=True)

    def all(self, calls: Iterable[Call]) -> list[Fault]:
        """What was refused, once everything has been asked. Raises Refused when nobody answers."""
        lanes: dict[UUID, list[Call]] = {}
        for call in calls:
            lanes.setdefault(call.lane, []).append(call)
        faults: list[Fault] = []
        for found in self._threads.map(self._lane, lanes.values()):
            faults += found
        return sorted(faults, key=lambda f: f.line)

    def _lane(self, calls: Iterable[Call]) -> list[Fault]:
        """A line that needs two requests is refused once."""
        faults: dict[int, Fault] = {}
        for call in calls:
            if len(call.records) == 1 and call.records[0].line in faults:
                continue
            for fault in self._one(call):
                faults.setdefault(fault.line, fault)
        return list(faults.values())

    def _one(self, call: Call) -> list[Fault]:
        try:
            answer = self._door.post(call.path, call.body, call.key)
        except SaidNo as said:
            if said.answered >= SERVERS_FAULT:
                raise
            return [
                refused(record, said.told, said.field or "", said.sentence)
                for record in call.records
            ]
        if not call.each:
            return []
        told = zip(call.records, answer["lines"], strict=True)
        return [refused(record, line["refused"]) for record, line in told if not line["noted"]]


def refused(record: Record, code: str, field: str = "", sentence: str = "") -> Fault:
    name = field.rpartition(".")[2]
    column = COLUMNS.get(name, name)
    known = column in {c.name for c in record.mapped.kind.columns}
    told = {"sentence": sentence} if sentence else {}
    return record.fault(code, column if known else "", **told)
