"""Telling the demo: the services served once more, on a port of their own, by the story's clock."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

from cosigne.demo.door import Door
from cosigne.demo.stories import Progress, tell
from cosigne.issuer.kept import Kept
from cosigne.issuer.tokens import mint_for
from cosigne.plans import plans
from cosigne.running.serving import front
from shared.settings import Settings


class StoryClock:
    """Says the time that the story is at."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.at

    def set(self, at: datetime) -> None:
        self.at = at


class Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - werkzeug's name
        """The telling shows its own progress."""


def tell_the_demo(settings: Settings, issuer_folder: Path, progress: Progress) -> int:
    """Tell every story that is not told yet; how many requests that took."""
    key = Kept(issuer_folder).signing_key()
    clock = StoryClock()
    with served(settings, clock) as url:
        door = Door(url, lambda who: mint_for(key, who, issuer=settings.oidc_issuer))
        try:
            return tell(door, clock.set, progress).told
        finally:
            door.close()


@contextmanager
def served(settings: Settings, clock: StoryClock) -> Iterator[str]:
    """The services on a free port of the loopback, for as long as the telling takes."""
    app = front(settings, plans(), clock=clock)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, name="telling", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        app.close()
