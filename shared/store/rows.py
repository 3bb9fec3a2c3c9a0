"""A view's rows, moved set-wise: one statement to load, one to write, one to remove."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from operator import attrgetter
from typing import Any
from uuid import UUID

from psycopg import Cursor, sql

from shared.postgres.packing import Packed, packed, take_packed
from shared.store.views import Column, Key, Row, View, columns, names, table


class Rows:
    """The table of one version of one view."""

    def __init__(self, view: View[Any], version: int) -> None:
        self.view = view
        self.table = table(view, version)
        self.columns = columns(view.row)
        by_name = {c.name: c for c in self.columns}
        self.key_columns = [by_name[k] for k in view.key]
        self._key_of = [[c.name for c in self.columns].index(k) for k in view.key]
        self._values = attrgetter(*(c.name for c in self.columns))
        self._load = self._load_statement()
        self._write = self._write_statement()
        self._remove = self._remove_statement()

    def load(self, cursor: Cursor[Any], keys: Collection[Key]) -> dict[Key, Row]:
        """The rows of these keys that exist."""
        if not keys:
            return {}
        cursor.execute(self._load, self._arrays(cursor, self.key_columns, keys))
        return dict(self._read(cursor))

    def of_subject(self, cursor: Cursor[Any], tenant: UUID, subject: UUID) -> dict[Key, Row]:
        """All rows of a subject."""
        listed = names(c.name for c in self.columns)
        cursor.execute(
            sql.SQL("SELECT {} FROM {} WHERE tenant_id = %s AND subject_id = %s").format(
                listed, self.table
            ),
            (tenant, subject),
        )
        return dict(self._read(cursor))

    def write(self, cursor: Cursor[Any], rows: Sequence[Row]) -> None:
        if rows:
            cursor.execute(self._write, self._arrays(cursor, self.columns, map(self._values, rows)))

    def remove(self, cursor: Cursor[Any], keys: Collection[Key]) -> None:
        if keys:
            cursor.execute(self._remove, self._arrays(cursor, self.key_columns, keys))

    def forget(self, cursor: Cursor[Any], tenant: UUID, subject: UUID) -> None:
        """Remove all rows of a subject."""
        cursor.execute(
            sql.SQL("DELETE FROM {} WHERE tenant_id = %s AND subject_id = %s").format(self.table),
            (tenant, subject),
        )

    def _read(self, cursor: Cursor[Any]) -> Iterable[tuple[Key, Row]]:
        for found in cursor.fetchall():
            values = [c.get(v) for c, v in zip(self.columns, found, strict=True)]
            yield tuple(values[i] for i in self._key_of), self.view.row(*values)

    @staticmethod
    def _arrays(
        cursor: Cursor[Any], wanted: Sequence[Column], tuples: Iterable[Sequence[Any]]
    ) -> list[Packed]:
        take_packed(cursor)
        turned = zip(wanted, zip(*tuples, strict=True), strict=True)
        return [packed(column.sql_type, values) for column, values in turned]

    @staticmethod
    def _unnest(wanted: Sequence[Column]) -> sql.Composed:
        return sql.SQL(", ").join(sql.SQL("%b::{}[]").format(sql.SQL(c.sql_type)) for c in wanted)

    def _load_statement(self) -> sql.Composed:
        keys = names(self.view.key)
        return sql.SQL("SELECT {} FROM {} WHERE ({}) IN (SELECT * FROM unnest({}))").format(
            names(c.name for c in self.columns), self.table, keys, self._unnest(self.key_columns)
        )

    def _write_statement(self) -> sql.Composed:
        rest = [c.name for c in self.columns if c.name not in self.view.key]
        update = (
            sql.SQL("UPDATE SET ")
            + sql.SQL(", ").join(
                sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(name)) for name in rest
            )
            if rest
            else sql.SQL("NOTHING")
        )
        all_names = names(c.name for c in self.columns)
        return sql.SQL(
            "INSERT INTO {} ({}) SELECT {} FROM unnest({}) AS u({}) ON CONFLICT ({}) DO {}"
        ).format(
            self.table,
            all_names,
            all_names,
            self._unnest(self.columns),
            all_names,
            names(self.view.key),
            update,
        )

    def _remove_statement(self) -> sql.Composed:
        return sql.SQL("DELETE FROM {} WHERE ({}) IN (SELECT * FROM unnest({}))").format(
            self.table, names(self.view.key), self._unnest(self.key_columns)
        )
