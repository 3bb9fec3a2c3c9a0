"""Liveness and readiness of a process that serves nothing else: a small HTTP server beside its work."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import orjson

from shared.http.watching import Watch
from shared.kernel import Refused

Hung = Callable[[], Sequence[str]]  # the threads from which nothing is heard any more


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked is gone: nothing of ours broke."""


@contextmanager
def told_at(address: str, hung: Hung, watch: Watch) -> Iterator[str]:
    """Answers `/live` and `/ready` there, `host:port`, until the end; its own address."""

    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def do_GET(self) -> None:
            found = {"/live": live, "/ready": ready}.get(self.path.partition("?")[0])
            status, told = found() if found else (404, {})
            body = orjson.dumps(told)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """A probe every few seconds is no news."""

    def live() -> tuple[int, dict[str, Any]]:
        silent = list(hung())
        return (503, {"status": "hung", "threads": silent}) if silent else (200, {"status": "live"})

    def ready() -> tuple[int, dict[str, Any]]:
        found = watch.answer()
        well = all(found.values())
        return (200 if well else 503), {"status": "ready" if well else "not_ready", "checks": found}

    server = listening(address, Handler)
    Thread(target=server.serve_forever, name="health", daemon=True).start()
    try:
        yield "{}:{}".format(*server.server_address[:2])
    finally:
        server.shutdown()
        server.server_close()


def listening(address: str, handler: type[BaseHTTPRequestHandler]) -> Server:
    host, _, port = address.rpartition(":")
    if not port.isdigit():
        raise Refused("serve.no_address", address=address)
    try:
        return Server((host.strip("[]") or "127.0.0.1", int(port)), handler)
    except OSError as error:
        reason = error.strerror or "?"
        raise Refused("serve.address_taken", address=address, reason=reason) from error
