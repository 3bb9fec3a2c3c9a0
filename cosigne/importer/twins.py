"""Lines told twice, and people who are perhaps the same. Told, never merged."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from cosigne.importer.faults import NOTICE, Fault
from cosigne.importer.headings import plain
from cosigne.importer.house import House, sorted_name
from cosigne.importer.records import Record

# what makes two lines of a kind the same one
SAME: dict[str, tuple[str, ...]] = {
    "sites": ("key",),
    "programmes": ("key",),
    "practitioners": ("key", "role", "site"),
    "persons": ("key",),
    "relations": ("person", "practitioner", "role", "site", "programme"),
    "ratings": ("person", "theme", "day"),
    "ties": ("person", "key", "name"),
    "goals": ("person", "key", "words"),
}


class Twins:
    """Remembers a short digest of each line: 20,000 of them take a few megabytes."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._lines: dict[bytes, int] = {}
        self._people: dict[bytes, int] = {}
        self._known = dict(house.persons.called)
        self._ids = frozenset(house.persons.ids)
        self.here_already = 0

    def of(self, record: Record) -> Iterator[Fault]:
        """A line told before in this import is set aside; a person told before is noticed."""
        kind = record.mapped.kind.name
        parts = [str(record[name] or "") for name in SAME[kind]]
        if kind == "ratings":
            parts[1] = self._house.theme(parts[1]) or parts[1]
        first = self._lines.setdefault(digest(kind, *parts), record.line)
        if first != record.line:
            yield record.fault("fault.twice", SAME[kind][0], line=first)
        elif kind == "persons":
            yield from self._person(record)

    def _person(self, record: Record) -> Iterator[Fault]:
        her, name = self._house.names.id("person", record["key"]), sorted_name(record.name)
        if her in self._ids:
            self.here_already += 1
        elif plain(name) in self._known:
            yield record.fault("notice.here_perhaps", "name", level=NOTICE)
        if record["born"]:
            first = self._people.setdefault(digest(name, record["born"]), record.line)
            if first != record.line:
                yield record.fault("notice.same_perhaps", "name", level=NOTICE, line=first)


def digest(*parts: str) -> bytes:
    told = "\n".join(plain(part) for part in parts)
    return blake2b(told.encode(), digest_size=12).digest()
