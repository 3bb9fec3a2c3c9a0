"""Processes of the product, each started by its own command, over the databases of a test."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from cosigne.embedded.ports import free_port
from shared.settings import KEYS, SERVICES, Settings, url_of

ROOT = Path(__file__).parents[2]
# how our program is called where another than this one's is tried: of an image, of another version
PROGRAM = shlex.split(os.environ.get("COSIGNE_TEST_PROGRAM", f"{sys.executable} -m cosigne"))
SOON = 120.0  # on a busy machine; what is wrong is seen sooner, as the process ends


def environment_of(settings: Settings) -> dict[str, str]:
    """The settings of a test's installation as a process is told them."""
    return {
        **{url_of(name): settings.databases[name] for name in (*SERVICES, KEYS)},
        "COSIGNE_DATABASE_SECRET": settings.database_secret,
        "COSIGNE_KEYS_FOLDER": str(settings.keys_folder),
        "COSIGNE_OIDC_ISSUER": settings.oidc_issuer,
        "COSIGNE_PORTAL_SECRET": settings.portal_secret,
        "COSIGNE_URL": settings.url,
        "COSIGNE_WEB_PROCESSES": "1",
        "COSIGNE_LANG": "en",
    }


@dataclass
class Process:
    """One command of ours; `said` is what it wrote, `at` where it answers."""

    process: subprocess.Popen[bytes]
    at: str
    log: Path
    client: httpx.Client = field(default_factory=lambda: httpx.Client(trust_env=False, timeout=30))

    @property
    def said(self) -> str:
        return self.log.read_text("utf-8", "replace")

    def ask(self, path: str) -> httpx.Response | None:
        try:
            return self.client.get(f"http://{self.at}{path}")
        except httpx.HTTPError:
            return None

    def answers(self, path: str, status: int = 200, within: float = SOON) -> httpx.Response:
        """The first answer of that status; fails when none comes in time, or it ends before."""
        until = time.monotonic() + within
        while True:
            answer = self.ask(path)
            if answer is not None and answer.status_code == status:
                return answer
            told = answer.text if answer is not None else ""
            assert self.process.poll() is None, self.said
            assert time.monotonic() < until, f"{self.at}{path}: {told}\n{self.said}"
            time.sleep(0.05)

    def send(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def ends(self, within: float = SOON) -> int:
        return self.process.wait(within)

    def finish(self) -> None:
        self.client.close()
        if self.process.poll() is None:
            self.send(signal.SIGCONT)
            self.send(signal.SIGTERM)
            try:
                self.ends(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@contextmanager
def cosigne(*told: str, given: Mapping[str, str], at: str | None = None) -> Iterator[Process]:
    """`cosigne serve` and the like. ADDRESS among the words is a free one of this machine."""
    address = at or f"127.0.0.1:{free_port()}"
    words = [address if word == "ADDRESS" else word for word in told]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COSIGNE_")}
    with tempfile.TemporaryDirectory(prefix="cosigne-process-") as folder:
        log = Path(folder) / "log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [*PROGRAM, *words],
                cwd=ROOT,
                env={**kept, **given},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        started = Process(process, address, log)
        try:
            yield started
        finally:
            started.finish()
