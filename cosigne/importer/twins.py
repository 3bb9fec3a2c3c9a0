"""Lines told twice, and people who are perhaps the same. Told, never merged."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from cosigne.importer.faults import NOTICE, Fault
from cosigne.importer.headings import plain
from cosigne.importer.house import House, sorted_name
from cosigne.importer.records import Record

Place = tuple[str, int]  # file and line
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
    """Remembers a short digest of each line: 20,000 of them take a few megabytes.

    And where it stood, by its file: what one file says on a line, another may say on the same.
    """

    def __init__(self, house: House) -> None:
        self._house = house
        self._lines: dict[bytes, Place] = {}
        self._people: dict[bytes, Place] = {}
        self._known = dict(house.persons.called)
        self._ids = frozenset(house.persons.ids)
        self.here_already = 0

    def of(self, record: Record) -> Iterator[Fault]:
        """A line told before in this import is set aside; a person told before is noticed."""
        kind = record.mapped.kind.name
        parts = [str(record[name] or "") for name in SAME[kind]]
        if kind == "ratings":
            parts[1] = self._house.theme(parts[1]) or parts[1]
        here = place_of(record)
        first = self._lines.setdefault(digest(kind, *parts), here)
        if first != here:
            yield record.fault("fault.twice", SAME[kind][0], line=told(first, here))
        elif kind == "persons":
            yield from self._person(record)

    def _person(self, record: Record) -> Iterator[Fault]:
        her, name = self._house.names.id("person", record["key"]), sorted_name(record.name)
        if her in self._ids:
            self.here_already += 1
        elif plain(name) in self._known:
            yield record.fault("notice.here_perhaps", "name", level=NOTICE)
        if record["born"]:
            here = place_of(record)
            first = self._people.setdefault(digest(name, record["born"]), here)
            if first != here:
                line = told(first, here)
                yield record.fault("notice.same_perhaps", "name", level=NOTICE, line=line)


def place_of(record: Record) -> Place:
    return record.mapped.table.name, record.line


def told(first: Place, here: Place) -> str:
    """The line; in which file, where it is another one."""
    return str(first[1]) if first[0] == here[0] else f"{first[1]} ({first[0]})"


def digest(*parts: str) -> bytes:
    whole = "\n".join(plain(part) for part in parts)
    return blake2b(whole.encode(), digest_size=12).digest()
