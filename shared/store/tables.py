"""The tables of views: made for each version, closed to other organisations, seen under one name."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from psycopg import Connection, sql
from psycopg.errors import UndefinedColumn

from shared.store.views import Index, View, columns, names, table

WORDED = frozenset({"text", "jsonb"})
OWN = "tenant_id = nullif(current_setting('app.tenant', true), '')::uuid"


def create_tables(connection: Connection[Any], service: str, view: View[Any]) -> None:
    """First version of a view's table, and the name readers use. Run by the owner, harmless twice."""
    known = connection.execute(
        "SELECT active FROM view_version WHERE name = %s", (view.name,)
    ).fetchone()
    if known:
        create_new_indexes(connection, view, known[0])
        return
    create_version(connection, service, view, 1)
    create_indexes(connection, view, 1)
    connection.execute("INSERT INTO view_version (name, active) VALUES (%s, 1)", (view.name,))
    point_at(connection, service, view, 1)


def create_version(
    connection: Connection[Any], service: str, view: View[Any], version: int
) -> None:
    """The table of one version, row-level security forced, readable by app, written by reader.

    With the indexes that writing needs; readers' own follow by `create_indexes`.
    """
    name = table(view, version)
    described = sql.Composed(
        [sql.Identifier(c.name) + sql.SQL(" ") + typed(c.sql_type) for c in columns(view.row)]
    ).join(", ")
    connection.execute(
        sql.SQL("CREATE TABLE IF NOT EXISTS {} ({}, PRIMARY KEY ({}))").format(
            name, described, names(view.key)
        )
    )
    create_index(connection, view, version, 0, ("tenant_id", "subject_id"))
    keep_no_samples(connection, view, name)
    app, reader = sql.Identifier(f"{service}_app"), sql.Identifier(f"{service}_reader")
    for statement in (
        "ALTER TABLE {t} ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE {t} FORCE ROW LEVEL SECURITY",
        "DROP POLICY IF EXISTS one ON {t}",
        "DROP POLICY IF EXISTS every ON {t}",
        f"CREATE POLICY one ON {{t}} FOR SELECT TO {{app}} USING ({OWN})",
        "CREATE POLICY every ON {t} TO {reader} USING (true) WITH CHECK (true)",
        "GRANT SELECT ON {t} TO {app}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON {t} TO {reader}",
    ):
        connection.execute(sql.SQL(statement).format(t=name, app=app, reader=reader))
    if view.readable_by_relay:
        relay = sql.Identifier(f"{service}_relay")
        for statement in (
            "DROP POLICY IF EXISTS relay ON {t}",
            "CREATE POLICY relay ON {t} FOR SELECT TO {relay} USING (true)",
            "GRANT SELECT ON {t} TO {relay}",
        ):
            connection.execute(sql.SQL(statement).format(t=name, relay=relay))


def keep_no_samples(connection: Connection[Any], view: View[Any], name: sql.Composable) -> None:
    """The server keeps common values of each column for its planner: of what may be words, none.

    They would outlive whoever said them: statistics are no row of hers, and nobody's to erase.
    """
    asked = {*view.key, *(c for i in view.indexes for c in (i.on if isinstance(i, Index) else i))}
    for column in columns(view.row):
        if column.sql_type.split()[0] in WORDED and column.name not in asked:
            connection.execute(
                sql.SQL("ALTER TABLE {} ALTER COLUMN {} SET STATISTICS 0").format(
                    name, sql.Identifier(column.name)
                )
            )


def create_indexes(connection: Connection[Any], view: View[Any], version: int) -> None:
    """What only readers need: made of a whole table at once, it costs a third of row by row."""
    for number, index in enumerate(view.indexes, 1):
        create_index(connection, view, version, number, index)


def create_new_indexes(connection: Connection[Any], view: View[Any], version: int) -> None:
    """Those by which a newer release asks; on what it keeps besides, they come with its rebuild."""
    named = {f"{view.name}_v{version}_{n}" for n in range(1, len(view.indexes) + 1)}
    found = connection.execute(
        "SELECT indexname FROM pg_indexes WHERE indexname = ANY(%s)", (list(named),)
    ).fetchall()
    # asked first: even making what is there already would wait for whoever writes
    if named - {name for (name,) in found}:
        with suppress(UndefinedColumn), connection.transaction():
            create_indexes(connection, view, version)


def create_index(
    connection: Connection[Any],
    view: View[Any],
    version: int,
    number: int,
    index: tuple[str, ...] | Index,
) -> None:
    made = index if isinstance(index, Index) else Index(index)
    name = sql.Identifier(f"{view.name}_v{version}_{number}")
    some = sql.SQL(" WHERE {}").format(sql.SQL(made.where)) if made.where else sql.SQL("")
    connection.execute(
        sql.SQL("CREATE INDEX IF NOT EXISTS {} ON {} ({}){}").format(
            name, table(view, version), names(made.on), some
        )
    )


def point_at(connection: Connection[Any], service: str, view: View[Any], version: int) -> None:
    """Let readers see this version from now on."""
    name = sql.Identifier(view.name)
    connection.execute(sql.SQL("DROP VIEW IF EXISTS {}").format(name))
    connection.execute(
        sql.SQL("CREATE VIEW {} WITH (security_invoker = true) AS SELECT * FROM {}").format(
            name, table(view, version)
        )
    )
    connection.execute(
        sql.SQL("GRANT SELECT ON {} TO {}, {}").format(
            name, sql.Identifier(f"{service}_app"), sql.Identifier(f"{service}_reader")
        )
    )
    if view.readable_by_relay:
        relay = sql.Identifier(f"{service}_relay")
        connection.execute(sql.SQL("GRANT SELECT ON {} TO {}").format(name, relay))


def typed(sql_type: str) -> sql.SQL:
    """A type of the views' own list, never a value from outside."""
    return sql.SQL(sql_type)
