"""A partner's endpoint on the loopback: keeps what arrives, and answers as it is told to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Received:
    headers: dict[str, str]
    body: bytes
    at: float

    @property
    def event(self) -> dict[str, Any]:
        return json.loads(self.body)


@dataclass
class Receiver:
    """`answers` are used up first; then `usual`. An answer is a status, and headers if any."""

    url: str = ""
    usual: int = 204
    answers: list[int | tuple[int, dict[str, str]]] = field(default_factory=list)
    for_subject: dict[str, int] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    takes: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def events(self) -> list[dict[str, Any]]:
        return [one.event for one in self.received]

    def answer(self, got: Received) -> tuple[int, dict[str, str]]:
        with self.lock:
            self.received.append(got)
            subject = got.event.get("subject", "")
            if subject in self.for_subject:
                return self.for_subject[subject], {}
            told = self.answers.pop(0) if self.answers else self.usual
        return told if isinstance(told, tuple) else (told, {})


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, more = receiver.answer(Received(headers, body, time.monotonic()))
            time.sleep(receiver.takes)
            self.send_response(status)
            for name, value in {**more, "Content-Length": "0"}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Tests read what arrived."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        receiver.url = f"http://127.0.0.1:{server.server_port}/hooks"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield receiver
        server.shutdown()
        thread.join()
