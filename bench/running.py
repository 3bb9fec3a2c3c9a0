"""A whole installation for a benchmark, started as people start it, with everyone signed in."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
from joserfc.jwk import RSAKey

from cosigne.embedded.home import Home
from cosigne.issuer.kept import Kept
from cosigne.issuer.tokens import mint

PATIENCE = 180.0
LIFETIME = 4 * 3600
TLS = ssl.create_default_context()  # one for all: each takes longer to make than a read


@dataclass(frozen=True)
class Running:
    """`as_(subject)` is someone's HTTP client, with a real token of the installation's issuer."""

    url: str
    home: Home
    tenant: UUID

    def as_(self, subject: str, *, operator: bool = False) -> httpx.Client:
        token = mint(
            signing_key(self.home.issuer),
            issuer=self.home.issuer_of(self.url),
            subject=subject,
            tenant=None if operator else self.tenant,
            operator=operator,
            lifetime=LIFETIME,
        )
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.Client(
            base_url=self.url, headers=headers, timeout=60, verify=TLS, trust_env=False
        )


@lru_cache
def signing_key(issuer: Path) -> RSAKey:
    """Read once for all: looking whether it is a good one takes longer than many requests."""
    return Kept(issuer).signing_key()


@contextmanager
def running(**told: str) -> Iterator[Running]:
    """`cosigne run --no-demo` in a folder of its own, gone after it; it may reach the loopback."""
    folder, port = Path(tempfile.mkdtemp(prefix="cosigne-bench-")), free_port()
    folder.chmod(0o711)
    # its keys are kept beside its data, and go with them
    data = {"COSIGNE_DATA": str(folder / "data"), "COSIGNE_WEBHOOK_TEST_ADDRESSES": "127.0.0.0/8"}
    environment = {**os.environ, **data, **told}
    process = subprocess.Popen(
        [sys.executable, "-m", "cosigne", "run", "--no-demo", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        made = Running(f"http://127.0.0.1:{port}", Home.of(environment), uuid4())
        ready(made.url, process)
        yield made
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


def ready(url: str, process: subprocess.Popen[Any]) -> None:
    until = time.monotonic() + PATIENCE
    services = ("directory", "assessment", "network", "plans", "reporting")
    with httpx.Client(trust_env=False, verify=TLS) as client:
        while not all(answers(client, f"{url}/{name}/v1/openapi.json") for name in services):
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit("the installation did not start")
            time.sleep(0.2)


def answers(client: httpx.Client, url: str) -> bool:
    try:
        return client.get(url).status_code < 500
    except httpx.HTTPError:
        return False


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
