"""A real Keycloak on a free port of the loopback, as long as the tests need one."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from cosigne.embedded.ports import HOST, free_port
from shared.http.provider import DISCOVERY
from tests.keycloak import archive

ADMIN, PASSWORD = "admin", "only-for-a-minute"
# in memory, alone, and compiled no further than a short life is worth
HEAP = {"JAVA_OPTS_KC_HEAP": "-Xms128m -Xmx512m", "JAVA_OPTS_APPEND": "-XX:TieredStopAtLevel=1"}
# it stops with us, however we end: the end of our pipe is all it waits for
LIFELINE = """
exec 3<&0
"$@" </dev/null 3<&- & child=$!
{ read -r _ <&3; kill -TERM "$child"; } & wait "$child"
"""
PATIENCE = 240


@dataclass
class Keycloak:
    """`issuer("cosigne")` is a realm's address; `ask` speaks to it as its administrator."""

    url: str
    client: httpx.Client

    def issuer(self, realm: str) -> str:
        return f"{self.url}/realms/{realm}"

    def token(self, realm: str, **form: str) -> dict[str, Any]:
        """Whatever the token endpoint answers to this form."""
        address = f"{self.issuer(realm)}/protocol/openid-connect/token"
        answer = self.client.post(address, data=form)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        signed_in = self.token(
            "master",
            grant_type="password",
            client_id="admin-cli",
            username=ADMIN,
            password=PASSWORD,
        )
        answer = self.client.request(
            method,
            f"{self.url}/admin/realms{path}",
            json=body,
            headers={"Authorization": f"Bearer {signed_in['access_token']}"},
        )
        assert answer.status_code < 300, f"{path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None


@contextmanager
def running(log: Path) -> Iterator[Keycloak]:
    """Started, answering, and stopped at the end."""
    kc = archive.home() / "bin" / "kc.sh"
    port = free_port()
    url = f"http://{HOST}:{port}"
    listening = ("--http-enabled=true", f"--http-host={HOST}", f"--http-port={port}")
    # people come in by this address, services may use another
    named = (f"--hostname={url}", "--hostname-backchannel-dynamic=true")
    options = ("--optimized", "--cache=local", *listening, *named)
    first = {"KC_BOOTSTRAP_ADMIN_USERNAME": ADMIN, "KC_BOOTSTRAP_ADMIN_PASSWORD": PASSWORD}
    with log.open("wb") as written:
        process = subprocess.Popen(
            ["/bin/sh", "-c", LIFELINE, "lifeline", kc, "start", *options],
            stdin=subprocess.PIPE,
            stdout=written,
            stderr=subprocess.STDOUT,
            env={**archive.plain(), **HEAP, **first},
            start_new_session=True,
        )
    # plain HTTP on the loopback: no TLS context, and no proxy of the environment
    with httpx.Client(timeout=60, verify=False, trust_env=False) as client:
        try:
            wait(client, url, process, log)
            yield Keycloak(url, client)
        finally:
            process.communicate(timeout=60)


def wait(client: httpx.Client, url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not answers(client, f"{url}/realms/master{DISCOVERY}"):
        if process.poll() is not None or time.monotonic() > until:
            said = log.read_text("utf-8", "replace")[-2000:]
            raise RuntimeError(f"Keycloak does not start:\n{said}")
        time.sleep(0.3)


def answers(client: httpx.Client, address: str) -> bool:
    try:
        return client.get(address, timeout=5).status_code == 200
    except httpx.TransportError:
        return False
