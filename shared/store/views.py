"""A view answers one question: its row, how events fold into it, and the table that keeps it.

A row is folded from the events of one subject only (a person, or the organisation itself). That
law is what makes `as_of`, withdrawal and erasure simple: the subject's events are folded again.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, ClassVar, Generic, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from psycopg import sql

from shared.store.told import Told

Doc = dict[str, Any]
Key = tuple[Any, ...]

SQL_TYPES: Mapping[Any, str] = {
    UUID: "uuid",
    str: "text",
    int: "bigint",
    float: "double precision",
    bool: "boolean",
    datetime: "timestamptz",
    date: "date",
    bytes: "bytea",
}


@dataclass(frozen=True)
class Row:
    """What every row of a view begins with."""

    tenant_id: UUID
    subject_id: UUID


@dataclass(frozen=True)
class Index:
    """Of some of the rows: those where this SQL, of the view's own, is true."""

    on: tuple[str, ...]
    where: str | None = None


R = TypeVar("R", bound=Row)


class View(ABC, Generic[R]):
    """One question. Readers ask `SELECT … FROM <name>`; the rows live in `<name>_v<n>`."""

    name: ClassVar[str]
    row: ClassVar[type[Row]]
    key: ClassVar[tuple[str, ...]]
    sources: ClassVar[frozenset[str]]
    listens: ClassVar[frozenset[str] | None]
    indexes: ClassVar[tuple[tuple[str, ...] | Index, ...]] = ()  # appended to, never reordered
    readable_by_relay: ClassVar[bool] = False
    tells_freshness: ClassVar[bool] = False
    holds_words: ClassVar[bool] = True

    @abstractmethod
    def keys(self, told: Told) -> Iterable[Key]:
        """The keys of the rows that this event touches."""

    @abstractmethod
    def fold(self, key: Key, row: R | None, told: Told) -> R | None:
        """The row once this event is known; None when there is no such row (any more). Pure."""

    def begins(self, key: Key, told: Told) -> bool:
        """Whether this event begins that row, which then need not be looked for."""
        del key, told
        return False

    def wants(self, stored_name: str) -> bool:
        return self.listens is None or stored_name in self.listens


@dataclass(frozen=True)
class Column:
    name: str
    sql_type: str
    document: bool
    element: Any = None

    def get(self, value: Any) -> Any:
        if self.element is None or value is None:
            return value
        return tuple(UUID(v) if self.element is UUID else v for v in value)


def columns(row: type[Row]) -> tuple[Column, ...]:
    """The columns of a row class, from its annotations; raises TypeError on one it cannot keep."""
    hints = get_type_hints(row)
    return tuple(column(f.name, hints[f.name]) for f in fields(row))


def column(name: str, hint: Any) -> Column:
    if get_origin(hint) in (Union, UnionType):
        (hint,) = [a for a in get_args(hint) if a is not NoneType]
    if get_origin(hint) is dict or hint is dict:
        return Column(name, "jsonb", document=True)
    if get_origin(hint) is tuple:
        return Column(name, "jsonb", document=True, element=get_args(hint)[0])
    if hint not in SQL_TYPES:
        msg = f"a view cannot keep {name}: {hint!r}"
        raise TypeError(msg)
    return Column(name, SQL_TYPES[hint], document=False)


def table(view: View[Any], version: int) -> sql.Identifier:
    return sql.Identifier(f"{view.name}_v{version}")


def names(columns_: Iterable[str]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(c) for c in columns_)
