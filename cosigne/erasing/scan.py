"""Looks for words wherever they could be left: every column of every table, opened, and in files.

It needs the URL of an administrator whom row-level security does not bind: from anyone else it would
hide what must be found, so that nothing is found.
The server's log of changes (pg_wal) is not read: it is written over in time, and is a backup's
matter. Values that the server compressed are found in the tables, not in its files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from cosigne.running.preparing import administrator_of
from shared.kernel import Refused
from shared.postgres.pool import connect
from shared.settings import KEYS, SERVICES, Settings
from shared.store.cipher import Tampered
from shared.store.keys import Keys
from shared.store.opening import Row, opened, read

TABLES = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
   AND n.nspname NOT LIKE 'pg\\_%'
 ORDER BY 1, 2
"""
SEES_ALL = """
SELECT current_user::text, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user
"""
EVENTS = "SELECT tenant_id, stream_id, version, subject_id, envelope::text, body FROM events"
# every row is made text once, however many words are looked for
IN_ROWS = sql.SQL(
    "SELECT DISTINCT s.spelling FROM (SELECT t::text AS told FROM {} t OFFSET 0) r "
    "JOIN unnest(%s::text[]) s (spelling) ON strpos(r.told, s.spelling) > 0"
)
PIECE = 1 << 20


class Found(NamedTuple):
    """Where a word was found: `plans.trail_v1`, `plans.events opened`, or a file."""

    word: str
    where: str


def spelled(word: str) -> Iterator[str]:
    """As it is, as JSON may escape it, and as bytes are shown."""
    yield word
    escaped = word.encode("ascii", "backslashreplace").decode()
    yield from {escaped, orjson.dumps(word).decode()[1:-1]} - {word}
    yield word.encode().hex()


def scan_tables(
    settings: Settings,
    keys: Keys,
    words: Sequence[str],
    databases: Sequence[str] = (*SERVICES, KEYS),
) -> list[Found]:
    """Every table of every service and of the key store, in clear and with each key there is.

    Raises Refused for a role that some rows are hidden from.
    """
    found: list[Found] = []
    for name in databases:
        with connect(administered(settings, name)) as admin:
            refuse_narrow_sight(admin, name)
            for schema, table in admin.execute(TABLES.encode()).fetchall():
                found += in_table(admin, name, sql.Identifier(schema, table), table, words)
            if name != KEYS:
                found += in_bodies(admin, name, keys, words)
    return found


def refuse_narrow_sight(admin: psycopg.Connection[Any], database: str) -> None:
    user, sees_all = admin.execute(SEES_ALL).fetchone() or ("?", False)
    if not sees_all:
        raise Refused("erase.not_all_seen", role=user, database=database)


def administered(settings: Settings, service: str) -> str:
    """The service's database as the administrator reaches it."""
    database = conninfo_to_dict(settings.databases[service])["dbname"]
    return make_conninfo(administrator_of(settings, service), dbname=database)


def in_table(
    admin: psycopg.Connection[Any],
    service: str,
    table: sql.Identifier,
    name: str,
    words: Sequence[str],
) -> Iterator[Found]:
    # the text of a row doubles its backslashes and quotation marks
    doubled = {
        s.replace("\\", "\\\\").replace('"', '""'): word for word in words for s in spelled(word)
    }
    found = admin.execute(IN_ROWS.format(table), (list(doubled),)).fetchall()
    for word in {doubled[spelling] for (spelling,) in found}:
        yield Found(word, f"{service}.{name}")


def in_bodies(
    admin: psycopg.Connection[Any], service: str, keys: Keys, words: Sequence[str]
) -> Iterator[Found]:
    """Bodies as whoever has the keys reads them."""
    left = set(words)
    # a row at a time: all that was ever written is more than fits into memory
    for tenant, stream, version, subject, envelope, body in admin.cursor().stream(EVENTS):
        row = Row(tenant, stream, version, subject, envelope.encode(), body)
        try:
            clear = (opened(keys, row, read(row)) or b"").decode()
        except Tampered:
            continue
        for word in [w for w in left if any(s in clear for s in spelled(w))]:
            left.discard(word)
            yield Found(word, f"{service}.events opened")


def scan_files(folders: Iterable[Path], words: Sequence[str]) -> list[Found]:
    """Every file below these folders, byte for byte, but the server's log of changes."""
    needles = {word: [s.encode() for s in spelled(word)] for word in words}
    found: list[Found] = []
    for file in sorted(f for folder in folders for f in files_of(folder)):
        left = dict(needles)
        for piece in pieces(file):
            for word in [w for w, spellings in left.items() if any(s in piece for s in spellings)]:
                del left[word]
                found.append(Found(word, str(file)))
    return found


def files_of(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    for file in place.rglob("*") if place.is_dir() else ():
        if file.is_file() and "pg_wal" not in file.parts:
            yield file


def pieces(file: Path) -> Iterator[bytes]:
    """A file bit by bit, each with the end of the one before: no word is cut in two."""
    end = b""
    try:
        with file.open("rb") as told:
            while piece := told.read(PIECE):
                yield end + piece
                end = piece[-4096:]
    except FileNotFoundError:
        return  # a running server makes and removes files
