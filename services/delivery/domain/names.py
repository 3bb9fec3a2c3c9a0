"""Ids that nobody can join on: each partner knows a person under another one.

All of it follows from the organisation's own secret, so that nothing more is kept, and nobody who
does not have that secret can tell whom a pseudonym stands for.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

MOST_AT_ONCE = 4


def drawn(secret: bytes, *parts: str | UUID | int) -> bytes:
    """32 bytes that follow from the secret and these parts, and tell nothing of either."""
    told = "\n".join(str(part) for part in ("cosigne delivery", *parts))
    return hmac.new(secret, told.encode(), hashlib.sha256).digest()


def id_from(told: bytes) -> UUID:
    """A UUID of version 8 (RFC 9562): made by a rule of one's own."""
    value = int.from_bytes(told[:16], "big")
    return UUID(int=value & ~(0xF << 76) & ~(0x3 << 62) | 8 << 76 | 2 << 62)


def pseudonym(secret: bytes, partner: UUID, of: UUID) -> UUID:
    """Under which a partner knows a person, a goal or an action: another for each partner."""
    key = drawn(secret, "partner", partner)
    return id_from(hmac.new(key, of.bytes, hashlib.sha256).digest())


def event_name(secret: bytes, subscription: UUID, entry: UUID) -> UUID:
    """The id of an event for one subscription, whichever way it goes."""
    key = drawn(secret, "subscription", subscription)
    return id_from(hmac.new(key, entry.bytes, hashlib.sha256).digest())


def webhook_secret(secret: bytes, subscription: UUID, generation: int) -> bytes:
    """What signs `v1`."""
    return drawn(secret, "webhook", subscription, generation)


def signing_seed(secret: bytes, subscription: UUID, generation: int) -> bytes:
    """What the key pair that signs `v1a` is made from."""
    return drawn(secret, "ed25519", subscription, generation)


def secrets(
    secret: bytes,
    subscription: UUID,
    newest: int,
    overlaps: Mapping[int, datetime],
    at: datetime,
) -> list[tuple[int, bytes, bytes]]:
    """What signs `v1` and `v1a` now, the newest first, each with its number."""
    return [
        (
            number,
            webhook_secret(secret, subscription, number),
            signing_seed(secret, subscription, number),
        )
        for number in generations(newest, overlaps, at)
    ]


def generations(newest: int, overlaps: Mapping[int, datetime], at: datetime) -> Sequence[int]:
    """Whose secrets count: the newest, and those before it whose overlap is not over."""
    earlier = sorted((n for n, until in overlaps.items() if at < until), reverse=True)
    return (newest, *earlier[: MOST_AT_ONCE - 1])


def overlapping(
    known: Mapping[int, datetime], last: int, until: datetime, at: datetime
) -> dict[int, datetime]:
    """Until when each earlier secret counts, once another follows `last`.

    Each keeps the time it was promised; a rotation without an overlap ends them all at once.
    """
    if until <= at:
        return {}
    return {**{number: end for number, end in known.items() if at < end}, last: until}
