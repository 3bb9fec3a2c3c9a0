"""How a body is sealed under its envelope, and what stands in the tree for both."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12
DIGESTS = b"cosigne: digest of a request"


class Tampered(ValueError):
    """What is stored is not what was written."""


@dataclass(frozen=True, slots=True)
class DataKey:
    """One version of the key that seals what is told about one subject."""

    version: int
    secret: bytes = field(repr=False)
    cipher: AESGCMSIV = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cipher", AESGCMSIV(self.secret))

    @property
    def for_digests(self) -> bytes:
        """A key of its own for digests of requests, which tells nothing of this one."""
        return HKDF(SHA256(), 32, salt=None, info=DIGESTS).derive(self.secret)


def seal(key: DataKey, envelope: bytes, body: bytes) -> bytes:
    """Nonce, ciphertext and tag; only under this envelope and key version it opens again."""
    nonce = os.urandom(NONCE)
    return nonce + key.cipher.encrypt(nonce, body, bound(envelope, key.version))


def unseal(key: DataKey, envelope: bytes, sealed: bytes) -> bytes:
    try:
        return key.cipher.decrypt(sealed[:NONCE], sealed[NONCE:], bound(envelope, key.version))
    except (InvalidTag, ValueError) as error:
        raise Tampered("a body does not belong to its envelope") from error


def bound(envelope: bytes, version: int) -> bytes:
    """The associated data: digest of the envelope as stored, and the key's version."""
    return hashlib.sha256(envelope).digest() + version.to_bytes(4, "big")


def leaf(envelope: bytes, body_sha: bytes) -> bytes:
    """What the tree holds for one event: the envelope, and the digest of its sealed body."""
    told = b"\0" + len(envelope).to_bytes(4, "big") + envelope + body_sha
    return hashlib.sha256(told).digest()


def leaf_of(envelope: bytes, sealed: bytes) -> bytes:
    return leaf(envelope, hashlib.sha256(sealed).digest())
