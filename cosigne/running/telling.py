"""The demo told on this machine: services with a clock that can be set, on a port of their own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from werkzeug.serving import WSGIRequestHandler, make_server

from cosigne.demo.door import Door, TokenOf
from cosigne.demo.stories import Progress, tell
from cosigne.embedded.ports import HOST
from cosigne.plans import plans
from cosigne.running.serving import front
from shared.settings import Settings


class Clock:
    """The time of the story that is being told."""

    def __init__(self) -> None:
        self.at: datetime | None = None

    def __call__(self) -> datetime:
        return self.at or datetime.now(UTC)

    def set(self, at: datetime) -> None:
        self.at = at


class Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Who tells what is in the trail, not on the terminal."""


def tell_here(settings: Settings, token_of: TokenOf, progress: Progress) -> None:
    """Through the public commands, with every rule on; told again, nothing is recorded twice."""
    clock = Clock()
    with open_services(settings, clock) as url:
        door = Door(url, token_of)
        try:
            tell(door, clock.set, progress)
        finally:
            door.close()


@contextmanager
def open_services(settings: Settings, clock: Clock) -> Iterator[str]:
    """Where they listen; closed afterwards. Production refuses a clock that can be set."""
    services = front(settings, plans(), clock=clock)
    server = make_server(HOST, 0, services, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        services.close()
