"""The library's tracking recorder over our cursors: a follower of the whole log, lane -1."""

from __future__ import annotations

from eventsourcing.persistence import IntegrityError, Tracking, TrackingRecorder

from shared.postgres.pool import Connection, Pool

MOVE = """
INSERT INTO lane_cursor AS c (consumer, source, era, lane, gpos) VALUES (%s, %s, %s, -1, %s)
ON CONFLICT (consumer, source, era, lane) DO UPDATE SET gpos = EXCLUDED.gpos
WHERE c.gpos < EXCLUDED.gpos
"""
REACHED = """
SELECT gpos FROM lane_cursor WHERE consumer = %s AND source = %s AND era = %s AND lane = -1
"""


class CursorRecorder(TrackingRecorder):
    """How far one consumer is. `track` moves it in the transaction that writes what it read."""

    def __init__(self, reader: Pool, consumer: str, era: int = 1) -> None:
        self._reader, self._consumer, self._era = reader, consumer, era

    def insert_tracking(self, tracking: Tracking) -> None:
        with self._reader.connection() as connection:
            self.track(connection, tracking)

    def track(self, connection: Connection, tracking: Tracking) -> None:
        """Raises IntegrityError for a position already passed, here or by another process."""
        moved = connection.execute(
            MOVE,
            (self._consumer, tracking.application_name, self._era, tracking.notification_id),
        )
        if moved.rowcount != 1:
            raise IntegrityError(f"{tracking} was passed already")

    def max_tracking_id(self, application_name: str) -> int | None:
        with self._reader.connection() as connection:
            found = connection.execute(
                REACHED, (self._consumer, application_name, self._era)
            ).fetchone()
        return found[0] if found else None
