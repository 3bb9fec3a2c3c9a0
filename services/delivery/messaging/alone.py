"""One sends at a time: two at once would send one person's events side by side."""

from __future__ import annotations

from shared.postgres.pool import Connection, connect

ASKED = "SELECT pg_try_advisory_lock(hashtext('cosigne webhooks'))"


class Alone:
    """Holds the lock for as long as its connection lasts."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._connection: Connection | None = None
        self._held = False

    def is_so(self) -> bool:
        connection = self.connection
        if not self._held:
            found = connection.execute(ASKED).fetchone()
            self._held = bool(found and found[0])
        return self._held

    @property
    def connection(self) -> Connection:
        if self._connection is None or self._connection.closed:
            self._held = False
            self._connection = connect(self._conninfo)
        return self._connection

    def close(self) -> None:
        self._held = False
        if self._connection is not None:
            self._connection.close()
            self._connection = None
