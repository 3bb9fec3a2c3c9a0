"""An endpoint to measure webhooks against: a process of its own that says when each request came."""

from __future__ import annotations

import multiprocessing
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

WORKS = {b"/slow": 0.05, b"/quick": 0.005, b"/bare": 0.005}  # seconds for each request
ANSWER = b"HTTP/1.1 204 No Content\r\n\r\n"


def listen(told: Connection) -> None:
    """Each arrival is told with its path and time; some paths take a while to answer."""
    lock = threading.Lock()
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening:
        told.send(listening.getsockname()[1])
        while True:
            connection, _ = listening.accept()
            threading.Thread(target=answer, args=(connection, told, lock), daemon=True).start()


def answer(connection: socket.socket, told: Connection, lock: Any) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with connection, connection.makefile("rb") as stream:
        while line := stream.readline():
            path, length = line.split(b" ")[1], 0
            while (header := stream.readline()) not in (b"\r\n", b""):
                name, _, value = header.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            stream.read(length)
            with lock:
                told.send((path.decode(), time.monotonic()))
            time.sleep(WORKS.get(path, 0))
            connection.sendall(ANSWER)


@dataclass
class Endpoint:
    """What came, read in the process that measures."""

    port: int
    heard: Connection

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def next(self, path: str, patience: float = 60.0) -> float:
        """When the next request to this path came; others are passed over."""
        until = time.monotonic() + patience
        while self.heard.poll(max(0.0, until - time.monotonic())):
            found, at = self.heard.recv()
            if found == path:
                return float(at)
        raise SystemExit(f"nothing came to {path}")

    def quiet(self, seconds: float = 0.5) -> None:
        while self.heard.poll(seconds):
            self.heard.recv()


@contextmanager
def listening() -> Iterator[Endpoint]:
    """In a process of its own, for as long as this lasts."""
    here, there = multiprocessing.Pipe(duplex=False)
    spawn = multiprocessing.get_context("spawn")
    process = spawn.Process(target=listen, args=(there,), daemon=True)
    process.start()
    try:
        yield Endpoint(here.recv(), here)
    finally:
        process.terminate()
        process.join()
