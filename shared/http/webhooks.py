"""Standard Webhooks: the headers of one attempt, signed with every key that counts at that time."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class Keys:
    """One generation: what both sides know (`v1`), and the seed of a pair of keys (`v1a`)."""

    secret: bytes
    seed: bytes


def signed_headers(keys: Iterable[Keys], event: str, at: datetime, body: bytes) -> dict[str, str]:
    """The id stays over all attempts; time and signatures are each attempt's own."""
    stamp = str(int(at.timestamp()))
    content = b"%s.%s.%s" % (event.encode(), stamp.encode(), body)
    signatures = [signature for one in keys for signature in signed(one, content)]
    return {
        "webhook-id": event,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(signatures),
    }


def signed(keys: Keys, content: bytes) -> tuple[str, str]:
    by_secret = hmac.new(keys.secret, content, hashlib.sha256).digest()
    return f"v1,{text(by_secret)}", f"v1a,{text(pair(keys.seed).sign(content))}"


@lru_cache(maxsize=1024)
def pair(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)


def shown_secret(keys: Keys) -> str:
    """As a partner's library takes it."""
    return f"whsec_{text(keys.secret)}"


def shown_public_key(keys: Keys) -> str:
    return f"whpk_{text(pair(keys.seed).public_key().public_bytes_raw())}"


def text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
