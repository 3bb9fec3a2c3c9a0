"""A mapping file: which column is what, and how this institution writes. TOML, to be edited."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cosigne.importer.column import Kind
from cosigne.importer.columns import KIND
from cosigne.importer.headings import kind_named, matched, missing, plain
from cosigne.importer.reading import Table
from cosigne.importer.values import DAYS, Manner
from shared.kernel import Refused

KEYS = frozenset({"kind", "columns", "words", "dates", "highest", "catalogue"})
WHAT_IT_IS = """\
# Which heading of the file is which column of Cosigne; leave a line out to leave a column out.
# docs/reference/import-columns.md says what each column is for.
"""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A table whose kind and columns are known. `columns` gives the column of a heading."""

    table: Table
    kind: Kind
    columns: Mapping[str, str]
    manner: Manner = field(default_factory=Manner)
    catalogue: str | None = None

    def heading(self, column: str) -> str:
        return next((h for h, c in self.columns.items() if c == column), column)


def read_mapping(path: Path | None) -> Mapping[str, Any]:
    """One section for each file or sheet; an empty one where there is no file."""
    if path is None:
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Refused("import.mapping_unreadable", path=path, reason=error) from error


def mapped(table: Table, told: Mapping[str, Any], kind: str | None = None) -> Mapped:
    """By the mapping's section of this name, else by the names of the table and its headings.

    Raises Refused for a kind or columns nobody can tell.
    """
    said = told.get(table.called) or told.get(table.name) or {}
    unknown = set(said) - KEYS
    if unknown:
        raise Refused("import.mapping_unknown", table=table.name, names=sorted(unknown))
    chosen = KIND.get(kind or said.get("kind", "")) or guessed(table)
    if chosen is None:
        raise Refused("import.kind_unknown", table=table.name, known=list(KIND))
    columns = said.get("columns") or matched(chosen, table.header)
    wrong = [c for c in columns.values() if c not in {k.name for k in chosen.columns}]
    absent = [h for h in columns if h not in table.header and not table.speaks_in_names]
    if wrong or absent:
        raise Refused("import.mapping_unknown", table=table.name, names=[*wrong, *absent])
    lacking = missing(chosen, columns)
    if lacking:
        headings = [chosen.column(name).fr[0] for name in lacking]
        raise Refused("import.columns_missing", table=table.name, names=headings)
    return Mapped(table, chosen, columns, manner_of(said), said.get("catalogue"))


def guessed(table: Table) -> Kind | None:
    """By its name; else the one kind whose needed columns are all there, the richest first."""
    named = kind_named(table.called)
    if named is not None:
        return named
    fitting = [k for k in KIND.values() if not missing(k, matched(k, table.header))]
    fitting.sort(key=lambda k: sum(c.needed for c in k.columns), reverse=True)
    return fitting[0] if len(fitting) == 1 else None


def manner_of(said: Mapping[str, Any]) -> Manner:
    words = {
        column: {plain(theirs): ours for theirs, ours in known.items()}
        for column, known in said.get("words", {}).items()
    }
    highest = said.get("highest", 100)
    if not isinstance(highest, int) or highest < 1:
        raise Refused("import.mapping_highest", value=highest)
    return Manner(tuple(said.get("dates", DAYS)), highest, words)


def proposed(tables: Sequence[Table]) -> str:
    """A mapping to edit: what was recognised, and what was not as a comment."""
    parts = [WHAT_IT_IS]
    for table in tables:
        kind = guessed(table) or KIND["persons"]
        found = matched(kind, table.header)
        lines = [f"[{text(table.called)}]", f"kind = {text(kind.name)}  # {', '.join(KIND)}"]
        if kind.name == "ratings":
            lines += ['dates = ["%d/%m/%Y", "%Y-%m-%d"]', "highest = 100  # the highest answer"]
        lines.append(f"\n[{text(table.called)}.columns]")
        lines += [f"{text(heading)} = {text(column)}" for heading, column in found.items()]
        left = [h for h in table.header if h and h not in found]
        free = [c.name for c in kind.columns if c.name not in found.values()]
        lines += [f'# {text(heading)} = ""  # {", ".join(free)}' for heading in left]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def text(value: str) -> str:
    """A TOML string: JSON's quoting is within TOML's."""
    return json.dumps(value, ensure_ascii=False)
