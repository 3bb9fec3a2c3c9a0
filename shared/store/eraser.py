"""Makes withdrawn words unreadable in the log: follows it for the events that name them.

The eraser's role can do that one thing, and only once the naming event is sealed. Doing it twice
is harmless, so the cursor moves after the words are gone.
"""

from __future__ import annotations

import logging
from threading import Event
from typing import Any

import psycopg

from shared.postgres.pool import connect
from shared.store.cursors import move, read
from shared.store.pausing import Pausing
from shared.store.source import Source, Wanted

CONSUMER = "eraser"
PAGE = 5000
SOON_SECONDS, LATER_SECONDS = 0.2, 0.5
BROKEN_SECONDS = 1.0
WITHDRAWING = ("words_withdrawn", "entry_misfiled")

log = logging.getLogger("cosigne.eraser")


class Eraser:
    """One service's. `reader` keeps the cursor, `eraser` takes the words away."""

    def __init__(self, source: Source, reader: str, eraser: str) -> None:
        self.source = source
        self._conninfo = (reader, eraser)
        self._open: tuple[psycopg.Connection[Any], psycopg.Connection[Any]] | None = None

    def run(self, stop: Event) -> None:
        pausing = Pausing(SOON_SECONDS, LATER_SECONDS)
        while not stop.is_set():
            try:
                busy = self.step()
            except (psycopg.Error, OSError) as failure:
                log.warning("erasing stopped for a moment: %s", failure)
                self.close()
                stop.wait(BROKEN_SECONDS)
                continue
            if busy:
                pausing.broken()
            else:
                stop.wait(pausing.seconds)
        self.close()

    def step(self) -> int:
        """One page; how many positions it passed."""
        reader, eraser = self._connections()
        era = self.source.head().era
        with reader.transaction(), reader.cursor() as cursor:
            known = read(cursor, CONSUMER, self.source.name, era)
        page = self.source.page(known.floor, PAGE, Wanted(WITHDRAWING))
        for event in page.events:
            with eraser.transaction():
                eraser.execute(
                    "SELECT make_unreadable(%s, %s, %s)",
                    (event.tenant_id, event.stream_id, event.version),
                )
        if page.upto > known.floor:
            with reader.transaction(), reader.cursor() as cursor:
                move(cursor, known, {}, page.upto)
        return page.upto - known.floor

    def _connections(self) -> tuple[psycopg.Connection[Any], psycopg.Connection[Any]]:
        if self._open is None or any(c.closed for c in self._open):
            self._open = (connect(self._conninfo[0]), connect(self._conninfo[1]))
        return self._open

    def close(self) -> None:
        for connection in self._open or ():
            connection.close()
        self._open = None
        self.source.close()
