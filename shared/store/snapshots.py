"""Folded states kept beside the events: a cache, sealed like the bodies it was folded from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from eventsourcing.persistence import AggregateRecorder, StoredEvent

from shared.postgres.pool import Pool, in_tenant
from shared.store.recorder import MOST, asking, stored
from shared.store.stored import Stored

SELECT = """
SELECT version, topic, state, subject_id FROM snapshots
 WHERE tenant_id = %s AND stream_id = %s AND version > %s AND version <= %s ORDER BY version
"""
INSERT = """
INSERT INTO snapshots (tenant_id, stream_id, version, subject_id, topic, state)
VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""
NONE = UUID(int=0)


class SnapshotRecorder(AggregateRecorder):
    """Snapshots of one organisation at a time, as the library's `asking_for` says."""

    def __init__(self, app: Pool) -> None:
        self._app = app

    def insert_events(self, stored_events: Sequence[StoredEvent], **_kwargs: Any) -> None:
        for snapshot in map(stored, stored_events):
            with in_tenant(self._app, snapshot.tenant_id) as connection:
                connection.execute(
                    INSERT,
                    (
                        snapshot.tenant_id,
                        snapshot.originator_id,
                        snapshot.originator_version,
                        snapshot.subject_id,
                        snapshot.topic,
                        snapshot.state,
                    ),
                )

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        tenant = asking.get()
        if tenant is None:
            return []
        with in_tenant(self._app, tenant) as connection:
            rows = connection.execute(
                SELECT, (tenant, originator_id, gt or 0, MOST if lte is None else lte)
            ).fetchall()
        found = [
            Stored(cast("UUID", originator_id), version, topic, state, tenant, subject, NONE, b"")
            for version, topic, state, subject in rows
        ]
        return (found[::-1] if desc else found)[:limit]
