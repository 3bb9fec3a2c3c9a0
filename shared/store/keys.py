"""The port of the key store: a data key per (tenant, subject), gone for good once destroyed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol
from uuid import UUID

from shared.kernel import NotFound
from shared.store.cipher import DataKey


class Erased(NotFound):
    """Nothing more can be recorded about this subject: its key is closed or destroyed."""

    def __init__(self) -> None:
        super().__init__("person.unknown")


class UnknownKey(LookupError):
    """No key of this version was ever made: not erased, but wrong."""


class KeyRef(NamedTuple):
    """Which key: of which subject (or of the tenant, whose id is then the subject's)."""

    tenant: UUID
    subject: UUID
    version: int


class Fate(NamedTuple):
    """For how many seconds a subject's key has been closed, and destroyed; None: it is not."""

    closed_for: float | None = None
    destroyed_for: float | None = None


class Keys(Protocol):
    """Safe to share between threads; remembers a key for a minute at most."""

    def sealing_key(self, tenant: UUID, subject: UUID) -> DataKey:
        """The newest key, made if there is none; raises Erased once closed or destroyed."""
        ...

    def opening_key(self, tenant: UUID, subject: UUID, version: int) -> DataKey | None:
        """The key of a version, None once destroyed; raises UnknownKey if there never was one."""
        ...

    def fetch(self, wanted: Iterable[KeyRef]) -> None:
        """Remember many keys with few questions, before a page of events is opened."""
        ...

    def digest_key(self, tenant: UUID, subject: UUID) -> bytes:
        """For the HMAC of a request, so that a repeated one is known without its words."""
        ...

    def close(self, tenant: UUID, subject: UUID) -> None:
        """First step of erasing: nothing new is sealed, what is there still opens."""
        ...

    def destroy(self, tenant: UUID, subject: UUID) -> None:
        """For good: a tombstone stays, and what was sealed never opens again."""
        ...

    def fate(self, tenant: UUID, subject: UUID) -> Fate:
        """How far erasing is, by the key store's own clock."""
        ...

    def forget(self, tenant: UUID, subject: UUID) -> None:
        """Drop what this process remembers of a subject's keys."""
        ...
