"""The ground that every variant stands on: one PostgreSQL, durable, with a database for each."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from cosigne.embedded.postgres import EmbeddedPostgres, Server
from cosigne.plans import plans
from cosigne.running.preparing import tables_of
from shared.postgres.migrate import migrate
from shared.postgres.pool import Connection, connect
from shared.postgres.roles import prepare
from shared.settings import KEYS, Settings

OPTIONS = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "30min",
    "max_connections": "120",
    "autovacuum": "off",
}
TPS = re.compile(r"tps = ([0-9.]+)")
DONE = re.compile(r"number of transactions actually processed: (\d+)")
FAILED = re.compile(r"number of failed transactions: (\d+)")
BARE = """
CREATE TABLE bare (tenant_id uuid NOT NULL, stream_id uuid NOT NULL, version bigint NOT NULL,
  subject_id uuid NOT NULL, command_id uuid NOT NULL, envelope json NOT NULL, body bytea,
  PRIMARY KEY (tenant_id, stream_id, version))
"""


@dataclass
class Ground:
    """A server with fsync on: `fsync` is what the server itself says, read back."""

    server: Server
    settings: Settings
    folder: Path
    pgbench: Path
    fsync: str

    def ask(self, database: str, statement: str, *values: object) -> Any:
        with connect(self.server.conninfo(database)) as connection:
            found = connection.execute(statement, values).fetchone()
            return found[0] if found else None

    def run(self, database: str, user: str, script: str, clients: int, each: int) -> Run:
        """Pgbench -M prepared: `clients` connections, each with so many transactions."""
        info = conninfo_to_dict(
            self.server.conninfo(database)
            if user == "postgres"
            else self.settings.conninfo(user.rpartition("_")[0], user.rpartition("_")[2])
        )
        file = self.folder / "script.sql"
        file.write_text(script, "utf-8")
        command = [
            str(self.pgbench), "-n", "-M", "prepared", "-c", str(clients), "-j", "2",
            "-t", str(each), "-f", str(file), "-h", str(info["host"]), "-p", str(info["port"]),
            "-U", str(info["user"]), database,
        ]  # fmt: skip
        environment = {**os.environ, "PGPASSWORD": str(info.get("password", ""))}
        told = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        if told.returncode != 0:
            raise SystemExit(f"pgbench failed: {told.stderr[-800:]}")
        done, failed = DONE.search(told.stdout), FAILED.search(told.stdout)
        tps = TPS.findall(told.stdout)
        return Run(float(tps[-1]), int(done[1]) if done else 0, int(failed[1]) if failed else 0)


@dataclass(frozen=True)
class Run:
    """What pgbench acknowledged: transactions each second, how many, how many failed."""

    tps: float
    acknowledged: int
    failed: int = 0


@contextmanager
def ground(services: Sequence[str] = ("assessment",)) -> Iterator[Ground]:
    """Made for this run, and gone after it; the databases of these services are prepared."""
    folder = Path(tempfile.mkdtemp(prefix="cosigne-bench-"))
    folder.chmod(0o711)
    postgres = EmbeddedPostgres(folder / "postgres", options=OPTIONS)
    try:
        server = postgres.start()
        settings = Settings(
            databases={name: server.url(name) for name in (KEYS, *services)},
            database_secret="the bench's own",
            admin_database_url=server.admin_conninfo,
            keys_folder=folder / "keys",
        )
        for name in (KEYS, *services):
            prepare(server.admin_conninfo, name, settings.password)
            migrate(settings.conninfo(name, "owner"), name, tables_of(plans().get(name)))
        with connect(server.admin_conninfo) as admin:
            for name in ("bare", "stock", "messages"):
                admin.execute(f"CREATE DATABASE {name}".encode())
        with connect(server.conninfo("bare")) as bare:
            bare.execute(BARE)
        with connect(server.admin_conninfo) as admin:
            fsync = setting(admin, "fsync")
        yield Ground(server, settings, folder, postgres.programs.folder / "pgbench", fsync)
    finally:
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)


def setting(connection: Connection, name: str) -> str:
    found = connection.execute("SELECT current_setting(%s)", (name,)).fetchone()
    return str(found[0]) if found else ""
