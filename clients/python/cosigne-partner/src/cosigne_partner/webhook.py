"""Webhooks are verified before they are believed: Standard Webhooks, `v1` and `v1a`."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import importlib.util
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from cosigne_partner.event import Event, Strange

TOLERANCE = 300.0
REFRESH = 60.0


class Unverified(Exception):
    """Not signed by whom it should be, or too long ago."""


@dataclass(frozen=True, slots=True)
class Secret:
    """What one generation is verified with: `whsec_…` for `v1`, `whpk_…` for `v1a`; one is enough."""

    v1: str | None = None
    v1a: str | None = None


class Verifier:
    """`secrets` are those that count, or a way to ask: it is asked again where none fits."""

    def __init__(
        self,
        secrets: Iterable[Secret] | Callable[[], Iterable[Secret]],
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._ask = secrets if callable(secrets) else None
        self._known = () if callable(secrets) else tuple(secrets)
        self._clock, self._asked_at = clock, float("-inf")

    def verify(self, headers: Mapping[str, str], body: bytes) -> Event:
        """The event. Raises Unverified, and Strange for what is signed and no event."""
        told = {name.lower(): value for name, value in headers.items()}
        try:
            id_, stamp = told["webhook-id"], told["webhook-timestamp"]
            signatures = told["webhook-signature"].split()
            age = abs(self._clock() - int(stamp))
        except (KeyError, ValueError):
            raise Unverified(
                "webhook-id, webhook-timestamp or webhook-signature is missing"
            ) from None
        if age > TOLERANCE:
            raise Unverified("signed more than five minutes ago, or from now: is this clock right?")
        content = b"%s.%s.%s" % (id_.encode(), stamp.encode(), body)
        if not self._fits(signatures, content):
            raise Unverified(self._why())
        event = Event.read(body)
        if event.id != id_:
            raise Strange("the header names another event")
        return event

    def _why(self) -> str:
        only_v1a = self._known and all(secret.v1a and not secret.v1 for secret in self._known)
        if only_v1a and not ed25519_is_there():
            return "v1a needs cryptography: pip install 'cosigne-partner[ed25519]'"
        return "no signature fits: another secret's, or the body is not as it came, byte by byte"

    def _fits(self, signatures: list[str], content: bytes) -> bool:
        if any(fits(secret, signatures, content) for secret in self._known):
            return True
        # a new secret, perhaps; asked rarely, so that nobody can make us ask all the time
        if self._ask is None or time.monotonic() - self._asked_at < REFRESH:
            return False
        self._asked_at = time.monotonic()
        self._known = tuple(self._ask())
        return any(fits(secret, signatures, content) for secret in self._known)


def fits(secret: Secret, signatures: Iterable[str], content: bytes) -> bool:
    for version, raw in decoded(signatures):
        if version == "v1" and secret.v1:
            made = hmac.new(key_of(secret.v1), content, hashlib.sha256).digest()
            if hmac.compare_digest(made, raw):
                return True
        if version == "v1a" and secret.v1a and by_ed25519(key_of(secret.v1a), raw, content):
            return True
    return False


def decoded(signatures: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    for one in signatures:
        version, _, text = one.partition(",")
        try:
            yield version, base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            continue


def key_of(shown: str) -> bytes:
    """Without the prefix that says what it is."""
    return base64.b64decode(shown.partition("_")[2] or shown)


def ed25519_is_there() -> bool:
    return importlib.util.find_spec("cryptography") is not None


def by_ed25519(key: bytes, signature: bytes, content: bytes) -> bool:
    try:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - it may be left out
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
            Ed25519PublicKey,
        )
    except ImportError:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True
