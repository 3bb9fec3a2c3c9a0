"""One row opened: its envelope read, its key found, its body decrypted. No class is needed yet."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

import orjson

from shared.store.cipher import Tampered, unseal
from shared.store.codec import uuid_of
from shared.store.envelope import CODEC, Envelope
from shared.store.keys import KeyRef, Keys, UnknownKey


class Row(NamedTuple):
    """What every reader of events has, whatever else it read."""

    tenant_id: UUID
    stream_id: UUID
    version: int
    subject_id: UUID
    envelope: bytes
    body: bytes | None


def holder(tenant: UUID, subject: UUID, of: str) -> UUID:
    """Whose data key seals a body: the subject's, or the tenant's (whose id is then the name)."""
    return tenant if of == "tenant" else subject


def key_of(envelope: Envelope) -> KeyRef:
    of, _, version = envelope["key"].partition(".")
    tenant, subject = uuid_of(envelope["tenant"]), uuid_of(envelope["subject"])
    return KeyRef(tenant, holder(tenant, subject, of), int(version))


def read(row: Row) -> Envelope:
    """The envelope of a row; raises Tampered if the row's columns say something else."""
    try:
        envelope: Envelope = orjson.loads(row.envelope)
        told = (
            uuid_of(envelope["tenant"]),
            uuid_of(envelope["stream"]),
            envelope["version"],
            uuid_of(envelope["subject"]),
        )
        known = envelope["codec"] == CODEC
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Tampered("an envelope cannot be read") from error
    if told != row[:4]:
        raise Tampered("an envelope does not belong to its row")
    if not known:
        raise Tampered(f"a body was written by {envelope['codec']!r}, which this release lacks")
    return envelope


def opened(keys: Keys, row: Row, envelope: Envelope) -> bytes | None:
    """The body's JSON; None when it was destroyed, or its key was."""
    if not row.body:
        return None
    try:
        key = keys.opening_key(*key_of(envelope))
    except (UnknownKey, ValueError, KeyError, AttributeError) as error:
        raise Tampered("an envelope names a key that was never made") from error
    return None if key is None else unseal(key, row.envelope, row.body)
