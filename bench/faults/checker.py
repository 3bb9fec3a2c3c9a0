"""Is what was acknowledged there: once, in order, whole, in its own organisation, and in the views?

It shares no code with the store: it reads the tables as the server's administrator, reckons places
and digests by itself (docs/reference/export-format.md), and knows of ours no more than names.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import psycopg

from bench.faults.stored import Row, rows, trail_of

KINDS = ("lost", "duplicated", "reordered", "gaps", "altered", "views_different", "crossed")
LOGGED = "SELECT tenant_id::text, gpos, position FROM log"
TABLES = """
SELECT DISTINCT c.table_name FROM information_schema.columns c JOIN information_schema.tables t
    USING (table_schema, table_name)
 WHERE table_schema = 'public' AND column_name = 'tenant_id' AND table_type = 'BASE TABLE' ORDER BY 1
"""
TRAIL = "SELECT tenant_id::text, entry::text, source, position, leaf FROM {table}"

WHOLE = 'SELECT tenant_id::text, t::text FROM "{table}" t'
ID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

Connections = Mapping[str, psycopg.Connection[Any]]


@dataclass(frozen=True)
class Acknowledged:
    """The lines of the ledger, and who belongs to which organisation."""

    lines: Sequence[Mapping[str, Any]]
    people: Mapping[str, frozenset[str]]

    @classmethod
    def read(cls, file: Path, people: Mapping[str, frozenset[str]]) -> Acknowledged:
        told = file.read_text("utf-8").splitlines() if file.exists() else []
        return cls([json.loads(line) for line in told], people)

    @property
    def entries(self) -> int:
        return len({entry for line in self.lines for entry in line["entries"]})

    def in_order(self, service: str) -> Mapping[tuple[str | None, str], list[str]]:
        """By organisation and life: the entries of a service, in the order they were answered."""
        found: dict[tuple[str | None, str], dict[str, None]] = defaultdict(dict)
        for line in self.lines:
            if line["service"] == service:
                found[line["tenant"], line["life"]].update(dict.fromkeys(line["entries"]))
        return {whose: list(entries) for whose, entries in found.items()}


@dataclass
class Findings:
    """How much is wrong, by kind, and where: names of tables and ids, nobody's words."""

    counts: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(KINDS, 0)))
    events: int = 0
    where: list[str] = field(default_factory=list)

    def add(self, kind: str, where: Iterable[str]) -> None:
        told = list(where)
        self.counts[kind] += len(told)
        self.where += [f"{kind}: {one}" for one in told]


def checked(databases: Connections, acknowledged: Acknowledged) -> Findings:
    """Everything that is wrong in the databases of all services."""
    found = Findings()
    stored = {name: rows(database) for name, database in databases.items()}
    for name, database in databases.items():
        mine = stored[name]
        found.events += len(mine)
        found.add("altered", (row.id for row in mine if row.gpos is not None and not row.whole))
        found.add("gaps", gaps(name, database, mine))
        found.add("duplicated", (*twice(row.id for row in mine), *twice_logged(database)))
        check_acknowledged(found, mine, acknowledged.in_order(name))
        found.add("crossed", crossed(name, database, acknowledged.people))
    found.add("views_different", trail_different(databases["reporting"], stored))
    return found


def check_acknowledged(
    found: Findings, mine: Sequence[Row], told: Mapping[tuple[str | None, str], Sequence[str]]
) -> None:
    """Each there, with a place; and what was answered later stands later."""
    places = {row.id: row.position for row in mine}
    tenants = {row.id: row.tenant for row in mine}
    for (tenant, _life), entries in told.items():
        there = [entry for entry in entries if places.get(entry) is not None]
        found.add("lost", set(entries) - set(there))
        if tenant is not None:  # whoever founds an organisation belongs to none
            found.add("crossed", (entry for entry in there if tenants[entry] != tenant))
        stand = [places[entry] or 0 for entry in there]
        found.add("reordered", (there[n + 1] for n, (a, b) in enumerate(pairwise(stand)) if b <= a))


def gaps(name: str, database: psycopg.Connection[Any], mine: Sequence[Row]) -> Iterator[str]:
    """Places and versions count 1, 2, 3 … each in its own, and each place is somebody's."""
    places: dict[str, list[int]] = defaultdict(list)
    for tenant, gpos, position in database.execute(LOGGED).fetchall():
        places[tenant].append(position)
        places["all"].append(gpos)
    for whose, one in places.items():
        if sorted(one) != list(range(1, len(one) + 1)):
            yield f"{name}: places of {whose}"
    versions: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in mine:
        versions[row.stream].append((row.version, row.gpos or 0))
        if row.gpos is None:
            yield f"{name}: {row.id} has no place"
    for whose, stream in versions.items():
        stream.sort()
        in_turn = [version for version, _ in stream] == list(range(1, len(stream) + 1))
        sealed = [gpos for _, gpos in stream]
        if not in_turn or sealed != sorted(sealed):
            yield f"{name}: versions of {whose}"


def twice(ids: Iterable[str]) -> Iterator[str]:
    for one, number in Counter(ids).items():
        yield from [one] * (number - 1)


def twice_logged(database: psycopg.Connection[Any]) -> Iterator[str]:
    asked = "SELECT xid, seq, count(*) FROM log GROUP BY xid, seq HAVING count(*) > 1"
    for xid, seq, number in database.execute(asked).fetchall():
        yield from [f"{xid}/{seq}"] * (number - 1)


def crossed(
    name: str, database: psycopg.Connection[Any], people: Mapping[str, frozenset[str]]
) -> Iterator[str]:
    """Rows of one organisation that name anybody of another one, in any table there is."""
    every = frozenset().union(*people.values())
    others = {tenant: every - own for tenant, own in people.items()}
    for (table,) in database.execute(TABLES).fetchall():
        for tenant, row in database.execute(WHOLE.format(table=table).encode()).fetchall():
            named = others.get(tenant, frozenset()).intersection(ID.findall(row))
            if named:
                yield f"{name}.{table}: {', '.join(sorted(named))}"


def trail_different(
    database: psycopg.Connection[Any], stored: Mapping[str, Sequence[Row]]
) -> Iterator[str]:
    """The trail has an entry for each sealed event of each service, and no other."""
    table = trail_of(database)
    there = {tuple(row) for row in database.execute(TRAIL.format(table=table)).fetchall()}
    wanted = {
        (row.tenant, row.id, service, row.position, row.leaf)
        for service, mine in stored.items()
        for row in mine
        if row.position is not None
    }
    yield from (f"trail: {entry}" for _, entry, *_ in there ^ wanted)
