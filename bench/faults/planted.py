"""A bug of each kind, put into the databases for the checker to find, and taken out again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import psycopg

from bench.faults.checker import Acknowledged, Connections, checked
from bench.faults.stored import trail_of

# ours stand against every change: the administrator alone can set the triggers aside
ASIDE = "SET LOCAL session_replication_role = replica"
SERVICE = "assessment"
LAST = "(SELECT xid, seq FROM log ORDER BY gpos DESC LIMIT 1)"

Plant = Callable[[Connections, Acknowledged], None]


def lost(databases: Connections, acknowledged: Acknowledged) -> None:
    """An acknowledged event is gone, with its place; those after it have moved up."""
    line = next(line for line in reversed(acknowledged.lines) if of_service(line))
    database = databases[SERVICE]
    named = "(SELECT xid, seq FROM events WHERE envelope ->> 'id' = %s)"
    place = database.execute(
        f"DELETE FROM log WHERE (xid, seq) IN {named} RETURNING tenant_id, position, gpos",
        (line["entries"][0],),
    ).fetchone()
    database.execute(f"DELETE FROM events WHERE (xid, seq) IN {named}", (line["entries"][0],))
    if place:
        move_up(database, place)


def move_up(database: psycopg.Connection[Any], place: tuple[Any, ...]) -> None:
    """By way of negative numbers: no two rows may have the same one meanwhile."""
    tenant, position, gpos = place
    for column, after, where in (
        ("position", position, "tenant_id = %s"),
        ("gpos", gpos, "%s::uuid IS NOT NULL"),
    ):
        database.execute(
            f"UPDATE log SET {column} = -{column} WHERE {where} AND {column} > %s", (tenant, after)
        )
        database.execute(
            f"UPDATE log SET {column} = -{column} - 1 WHERE {where} AND {column} < 0", (tenant,)
        )


def duplicated(databases: Connections, acknowledged: Acknowledged) -> None:
    """The same event once more, as the next of its stream and of its log."""
    del acknowledged
    database = databases[SERVICE]
    database.execute(
        "INSERT INTO events (tenant_id, stream_id, version, subject_id, command_id, envelope, body) "
        "SELECT tenant_id, stream_id, (SELECT max(version) + 1 FROM events o WHERE "
        "o.stream_id = e.stream_id), subject_id, command_id, envelope, body FROM events e "
        f"WHERE (xid, seq) IN {LAST}"
    )
    database.execute(
        "INSERT INTO log (gpos, tenant_id, position, xid, seq, body_sha, leaf, lane) SELECT "
        "(SELECT max(gpos) + 1 FROM log), l.tenant_id, (SELECT max(position) + 1 FROM log o WHERE "
        "o.tenant_id = l.tenant_id), e.xid, e.seq, body_sha, leaf, lane FROM log l, events e "
        f"WHERE (l.xid, l.seq) IN {LAST} AND e.seq = (SELECT max(seq) FROM events)"
    )


def reordered(databases: Connections, acknowledged: Acknowledged) -> None:
    """Two that were answered one after the other have each other's place."""
    lines = [line for line in acknowledged.lines if of_service(line)]
    first = lines[0]
    second = next(line for line in reversed(lines) if line["life"] == first["life"])
    database = databases[SERVICE]
    places = [
        database.execute(
            "SELECT l.tenant_id, l.position FROM log l JOIN events e USING (xid, seq) "
            "WHERE e.envelope ->> 'id' = %s",
            (line["entries"][0],),
        ).fetchone()
        or ("", 0)
        for line in (first, second)
    ]
    (tenant, one), (_, other) = places
    for before, after in ((one, -1), (other, one), (-1, other)):
        database.execute(
            "UPDATE log SET position = %s WHERE tenant_id = %s AND position = %s",
            (after, tenant, before),
        )


def gap(databases: Connections, acknowledged: Acknowledged) -> None:
    del acknowledged
    databases[SERVICE].execute(f"UPDATE log SET position = position + 1 WHERE (xid, seq) IN {LAST}")


def altered(databases: Connections, acknowledged: Acknowledged) -> None:
    """One byte of what somebody wrote, and no digest with it."""
    del acknowledged
    databases[SERVICE].execute(
        "UPDATE events SET body = set_byte(body, 0, (get_byte(body, 0) + 1) % 256) WHERE (xid, seq) IN "
        "(SELECT xid, seq FROM events JOIN log USING (xid, seq) WHERE body IS NOT NULL LIMIT 1)"
    )


def envelope_altered(databases: Connections, acknowledged: Acknowledged) -> None:
    """Who wrote it, as it stands in clear."""
    del acknowledged
    databases[SERVICE].execute(
        "UPDATE events SET envelope = replace(envelope::text, '\"author\"', '\"writer\"')::json "
        f"WHERE (xid, seq) IN {LAST}"
    )


def view_row_missing(databases: Connections, acknowledged: Acknowledged) -> None:
    del acknowledged
    databases["reporting"].execute(
        "DELETE FROM {trail} WHERE entry = (SELECT entry FROM {trail} LIMIT 1)".format(
            trail=trail_of(databases["reporting"])
        )
    )


def view_row_changed(databases: Connections, acknowledged: Acknowledged) -> None:
    del acknowledged
    databases["reporting"].execute(
        "UPDATE {trail} SET position = position + 1 WHERE entry = (SELECT entry FROM {trail} LIMIT 1)".format(
            trail=trail_of(databases["reporting"])
        )
    )


def crossed(databases: Connections, acknowledged: Acknowledged) -> None:
    """A row of one organisation names somebody of the other one."""
    (one, _), (_, theirs) = list(acknowledged.people.items())[:2]
    databases["reporting"].execute(
        "UPDATE {trail} SET actor = %s WHERE entry = (SELECT entry FROM {trail} WHERE tenant_id = %s LIMIT 1)".format(
            trail=trail_of(databases["reporting"])
        ),
        (next(iter(theirs)), one),
    )


PLANTS: Mapping[str, tuple[Plant, str]] = {
    "an acknowledged event is gone": (lost, "lost"),
    "an event is there twice": (duplicated, "duplicated"),
    "two events stand in each other's place": (reordered, "reordered"),
    "a place is nobody's": (gap, "gaps"),
    "somebody's words are other words": (altered, "altered"),
    "somebody else is said to have written it": (envelope_altered, "altered"),
    "a view has one entry less": (view_row_missing, "views_different"),
    "a view says another place": (view_row_changed, "views_different"),
    "one organisation's row names another's people": (crossed, "crossed"),
}


def missed(databases: Connections, acknowledged: Acknowledged) -> list[str]:
    """Which planted bugs the checker did not see; the databases are as they were afterwards."""
    before = checked(databases, acknowledged)
    unseen = []
    for name, (plant, kind) in PLANTS.items():
        for database in databases.values():
            database.rollback()
            database.execute(ASIDE)
        plant(databases, acknowledged)
        if checked(databases, acknowledged).counts[kind] <= before.counts[kind]:
            unseen.append(name)
    for database in databases.values():
        database.rollback()
    return unseen


def of_service(line: Mapping[str, Any]) -> bool:
    return bool(line["service"] == SERVICE and line["entries"])
