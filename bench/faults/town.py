"""PostgreSQL, a broker and every program of ours, each a process that can be killed by its name."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from bench.running import free_port
from cosigne.embedded.broker import Broker
from cosigne.embedded.home import Home, databases_of
from cosigne.embedded.postgres import EmbeddedPostgres
from cosigne.issuer.kept import Kept
from cosigne.plans import plans
from cosigne.running.children import Child
from cosigne.running.lifeline import Lifeline
from cosigne.running.preparing import prepare_all
from shared.kernel import Refused
from shared.settings import Settings

DISK = 1 << 30  # bytes, where the disk of the database is one of its own
OPTIONS = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "64MB",
    "max_wal_size": "128MB",
    "min_wal_size": "32MB",
    "max_connections": "400",
}
# two of each that takes turns: whoever is lost or frozen must be stood in for
PROGRAMS: Mapping[str, tuple[str, ...]] = {
    "web": ("serve", "--bind", "{bind}"),
    "sealer 1": ("work", "seal"),
    "sealer 2": ("work", "seal"),
    "projector 1": ("work", "project", "consume"),
    "projector 2": ("work", "project", "consume"),
    "relay 1": ("relay",),
    "relay 2": ("relay",),
    "works": ("work", "erase", "forget", "work"),
}
FEW = {"COSIGNE_WEB_PROCESSES": "2", "COSIGNE_WEB_THREADS": "8", "COSIGNE_KAFKA_PARTITIONS": "4"}
PATIENCE = 90.0


@dataclass
class Town:
    """What runs. Whatever is killed here is started again here, as a cluster would do it."""

    folder: Path
    disk: Path | None
    home: Home
    port: int
    postgres: EmbeddedPostgres
    broker: Broker
    lifeline: Lifeline = field(default_factory=Lifeline.throw)
    programs: dict[str, Child] = field(default_factory=dict)
    # troubles come from several sides at once; who starts a program again is one at a time
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.server = self.postgres.start()
        self.broker.start()
        told = {
            **self.home.environment(self.port, databases_of(self.server)),
            **FEW,
            "COSIGNE_KAFKA": self.broker.bootstrap,
        }
        self.settings = Settings.read(
            {**told, "COSIGNE_ADMIN_DATABASE_URL": self.server.admin_conninfo}
        )
        Kept(self.home.issuer).signing_key()
        prepare_all(self.settings, plans())
        for name, said in PROGRAMS.items():
            words = [word.format(bind=f"127.0.0.1:{self.port}") for word in said]
            log = self.folder / f"{name.replace(' ', '-')}.log"
            child = Child(name, [sys.executable, "-m", "cosigne", *words], told, log)
            child.start(self.lifeline)
            self.programs[name] = child

    def stop(self) -> None:
        for child in self.programs.values():
            self.send(child.name, signal.SIGCONT)
            child.ask_to_stop()
        for child in self.programs.values():
            child.see_off()
        self.broker.stop()
        self.postgres.stop()

    def send(self, name: str, number: signal.Signals) -> None:
        """To the process itself; its workers, if it has any, are its own affair."""
        process = self.programs[name].process
        if process is not None and process.poll() is None:
            process.send_signal(number)

    def kill(self, name: str) -> None:
        """As `kill -9`, and started again."""
        with self.lock:
            self.send(name, signal.SIGKILL)
            self.programs[name].see_off()
            self.programs[name].start(self.lifeline)

    def workers(self, name: str) -> list[int]:
        """The processes that this one has begun."""
        process = self.programs[name].process
        if process is None or process.poll() is not None:
            return []
        found = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("ascii")
        return [int(one) for one in found.split()]

    def look_after(self) -> None:
        """Start again what ended by itself, as it may when what it needs is gone."""
        with self.lock:
            for child in self.programs.values():
                if child.lost() is not None:
                    child.see_off()
                    child.start(self.lifeline)

    def again(self) -> None:
        """PostgreSQL, after it was lost: the same data at the same port."""
        until = time.monotonic() + PATIENCE
        while True:
            self.postgres.clear()
            try:
                server = self.postgres.launch()
            except Refused:
                if time.monotonic() > until:
                    raise
                time.sleep(0.5)
                continue
            if server.port == self.server.port:
                self.server = server
                return
            self.postgres.halt()
            self.postgres.folder.remember(self.server.port)
            time.sleep(0.5)

    def stands(self) -> bool:
        """Whether PostgreSQL is still the process that was started."""
        with suppress(ProcessLookupError):
            os.kill(self.server.pid, 0)
            return True
        return False


@contextmanager
def town(folder: Path) -> Iterator[Town]:
    """In a folder of its own. With a disk of its own for the database, where one may be mounted."""
    folder.chmod(0o711)
    disk = mounted(folder / "disk")
    where = disk or folder / "disk"
    os.environ.setdefault("COSIGNE_LANG", "en")
    home = Home(folder / "home", folder / "keys")
    home.make()
    made = Town(
        folder, disk, home, free_port(), EmbeddedPostgres(where / "postgres", options=OPTIONS),
        Broker(folder / "kafka"),
    )  # fmt: skip
    try:
        made.start()
        yield made
    finally:
        made.stop()
        if disk is not None:
            subprocess.run(["umount", str(disk)], check=False)  # noqa: S607 - as it was mounted


def mounted(folder: Path) -> Path | None:
    """A small disk in memory, which can be full; None where we may not have one."""
    folder.mkdir(mode=0o711)
    told = [
        "mount",
        "-t",
        "tmpfs",
        "-o",
        f"size={DISK},mode=0711",
        f"cosigne-{secrets.token_hex(4)}",
    ]
    try:
        done = subprocess.run([*told, str(folder)], capture_output=True, check=False)
    except OSError:
        return None
    return folder if done.returncode == 0 else None
