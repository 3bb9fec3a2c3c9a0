"""What sealing costs, whether the sealed log is whole, and how much room an event takes."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import psycopg

from bench import scripts
from bench.ground import Ground
from shared.postgres.pool import connect
from shared.store.sealer import Sealer

DRAINED = 100_000
MESSAGE_DB = (
    "schema/message-store.sql",
    "types/message.sql",
    "tables/messages.sql",
    "functions/*.sql",
    "indexes/*.sql",
)
SIZES = """
SELECT (pg_total_relation_size('%s'))::float / greatest(1, (SELECT count(*) FROM %s))
"""
WHOLE = """
SELECT (SELECT count(*) FROM events) = (SELECT count(*) FROM log)
   AND NOT EXISTS (SELECT FROM log GROUP BY tenant_id
                   HAVING max(position) <> count(*) OR min(position) <> 1)
   AND (SELECT max(gpos) = count(*) FROM log)
   AND NOT EXISTS (SELECT FROM log l JOIN events e USING (xid, seq) WHERE l.leaf <> sha256(
         '\\x00'::bytea || int4send(octet_length(envelope::text))
         || convert_to(envelope::text, 'UTF8') || sha256(body)))
"""


def started(sealer: Sealer) -> tuple[threading.Event, threading.Thread]:
    stop = threading.Event()
    thread = threading.Thread(target=sealer.run, args=(stop,), daemon=True)
    thread.start()
    return stop, thread


def drain(here: Ground) -> int:
    """Seal all there is; how many events that were."""
    total = 0
    with connect(here.settings.conninfo("assessment", "sealer")) as connection:
        while True:
            found = connection.execute("SELECT seal(5000)").fetchone()
            sealed = found[0] if found else 0
            if sealed <= 0:
                return total
            total += sealed


def drain_rate(here: Ground) -> float:
    """Events sealed each second: 10,000 tenants, and a write transaction held open beside."""
    drain(here)
    script = scripts.ours(tenants=scripts.MANY_TENANTS, events=50)
    here.run("assessment", "assessment_app", script, 8, DRAINED // 50 // 8)
    with psycopg.connect(here.server.conninfo("bare")) as held:
        held.execute("CREATE TABLE held (one int)")
        held.execute("INSERT INTO held VALUES (1)")
        begun = time.perf_counter()
        sealed = drain(here)
        took = time.perf_counter() - begun
        held.rollback()
    return sealed / took


def require_whole(here: Ground) -> None:
    """Refuses to go on unless every event is sealed once, gapless, under the leaf of its bytes."""
    drain(here)
    if not here.ask("assessment", WHOLE):
        raise SystemExit("the sealed log is not whole: no figures")


def bytes_ratio(here: Ground) -> float:
    """Bytes of an event in our table over those of a bare row, indexes included."""
    for database, table in (("bare", "bare"), ("assessment", "events")):
        with connect(here.server.conninfo(database)) as connection:
            connection.execute(f"VACUUM {table}".encode())
    ours = here.ask("assessment", SIZES % ("events", "events"))
    return float(ours / here.ask("bare", SIZES % ("bare", "bare")))


def settle(here: Ground) -> None:
    """Do what autovacuum would have done by now; it is off so that no round is hit by it."""
    with connect(here.server.conninfo("assessment")) as connection:
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")


def install_message_db(here: Ground, package: Path) -> None:
    folder = package / "database"
    with connect(here.server.conninfo("messages")) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS message_store")
        connection.execute("SET search_path = message_store, public")
        for pattern in MESSAGE_DB[1:]:
            for file in sorted(folder.glob(pattern)):
                connection.execute(file.read_text("utf-8").encode())
        connection.execute("ALTER DATABASE messages SET search_path = message_store, public")
