"""The sealed log as the library's notifications: the gpos is the notification's id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event
from typing import Any

from eventsourcing.persistence import (
    ApplicationRecorder,
    InfrastructureFactoryError,
    Notification,
    Subscription,
)

from shared.postgres.pool import Pool
from shared.store.stored import Stored

SELECT = """
SELECT gpos, tenant_id, position, lane, stream_id, version, subject_id, command_id,
       envelope::text, envelope ->> 'type', body
  FROM published
 WHERE gpos >= %(start)s AND gpos <= %(stop)s
   AND (%(topics)s::text[] IS NULL OR envelope ->> 'type' = ANY (%(topics)s::text[]))
 ORDER BY gpos LIMIT %(limit)s
"""
HEAD = "SELECT gpos FROM published_head"
MOST = 2**63 - 1
POLL_SECONDS = 0.05


@dataclass(frozen=True)
class SealedNotification(Stored, Notification):
    """A sealed event with its place in the log and in its tenant's tree."""

    position: int
    lane: int


class Following:
    """Reads the sealed log across tenants, in the role reader."""

    def __init__(self, reader: Pool | None) -> None:
        self._reader = reader

    @property
    def reader(self) -> Pool:
        if self._reader is None:
            raise InfrastructureFactoryError("this process does not follow the log: no reader role")
        return self._reader

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        first = (start or 0) + (0 if inclusive_of_start else 1)
        asked = {
            "start": first,
            "stop": MOST if stop is None else stop,
            "topics": list(topics) or None,
            "limit": limit,
        }
        with self.reader.connection() as connection:
            rows = connection.cursor(binary=True).execute(SELECT, asked).fetchall()
        return [notification(row) for row in rows]

    def max_notification_id(self) -> int | None:
        with self.reader.connection() as connection:
            found = connection.execute(HEAD).fetchone()
        return found[0] or None if found else None

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[ApplicationRecorder]:
        return PollingSubscription(self, gt, topics)  # type: ignore[arg-type]


class PollingSubscription(Subscription[ApplicationRecorder]):
    """No thread and no connection of its own: asks again until something was sealed."""

    def __init__(
        self, recorder: ApplicationRecorder, gt: int | None, topics: Sequence[str]
    ) -> None:
        super().__init__(recorder, gt, topics)
        self._stopped = Event()
        self._found: list[Notification] = []

    def stop(self) -> None:
        super().stop()
        self._stopped.set()

    def __next__(self) -> Notification:
        while not self._found:
            self._found = list(
                self._recorder.select_notifications(
                    self._last_notification_id, 500, topics=self._topics, inclusive_of_start=False
                )
            )[::-1]
            if self._stopped.is_set() or (not self._found and self._stopped.wait(POLL_SECONDS)):
                raise StopIteration
        found = self._found.pop()
        self._last_notification_id = found.id
        return found


def notification(row: tuple[Any, ...]) -> SealedNotification:
    """From the columns of SELECT."""
    gpos, tenant, position, lane, stream, version, subject, command, envelope, topic, body = row
    return SealedNotification(
        originator_id=stream,
        originator_version=version,
        topic=topic,
        state=body or b"",
        id=gpos,
        tenant_id=tenant,
        subject_id=subject,
        command_id=command,
        envelope=envelope.encode(),
        position=position,
        lane=lane,
    )
