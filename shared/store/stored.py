"""A fact as it lies in the store: the library's stored event, and what the database keeps beside."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from eventsourcing.persistence import StoredEvent


@dataclass(frozen=True)
class Stored(StoredEvent):
    """`state` is the sealed body, empty once its words were made unreadable.

    The envelope's bytes are the truth; `topic` may be left empty by whoever reads rows.
    """

    tenant_id: UUID
    subject_id: UUID
    command_id: UUID
    envelope: bytes

    @property
    def body(self) -> bytes | None:
        """As the database has it."""
        return self.state or None
