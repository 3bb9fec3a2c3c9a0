"""What a link and its code are made of, and the digests by which they are known again.

Both follow from the command, under a key of the person's own: asked again with the same
Idempotency-Key, the same link is told. Nothing that is kept tells them, and once her key is
destroyed nobody can work them out any more.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from uuid import UUID

CODES = 1_000_000
IDS, SECRET = 32, 24  # bytes: two ids, then what nobody can guess


@dataclass(frozen=True, slots=True)
class Link:
    """Where it leads is in clear; that one may go there, only the secret says."""

    tenant: UUID
    summary: UUID
    secret: bytes

    @property
    def token(self) -> str:
        whole = self.tenant.bytes + self.summary.bytes + self.secret
        return urlsafe_b64encode(whole).decode()

    @property
    def digest(self) -> str:
        return hashlib.sha256(b"cosigne summary link\n" + self.secret).hexdigest()


def link_for(key: bytes, tenant: UUID, summary: UUID, command: UUID) -> Link:
    return Link(tenant, summary, derived(key, "link", command)[:SECRET])


def code_for(key: bytes, command: UUID) -> str:
    """Six digits, as they are said."""
    number = int.from_bytes(derived(key, "code", command), "big") % CODES
    return f"{number:06}"


def code_digest(key: bytes, token_digest: str, typed: str) -> str:
    """Under her key: a million codes are soon tried by whoever has only a copy of the digests."""
    digits = "".join(c for c in typed if c in "0123456789")
    return hmac.new(key, f"summary code\n{token_digest}\n{digits}".encode(), "sha256").hexdigest()


def derived(key: bytes, what: str, command: UUID) -> bytes:
    return hmac.new(key, f"summary {what}\n{command}".encode(), hashlib.sha256).digest()


def link_in(token: str) -> Link | None:
    """The link of an address; None for what never was one."""
    try:
        whole = urlsafe_b64decode(token.encode("ascii"))
    except (Error, ValueError, UnicodeEncodeError):
        return None
    if len(whole) != IDS + SECRET or urlsafe_b64encode(whole).decode() != token:
        return None
    return Link(UUID(bytes=whole[:16]), UUID(bytes=whole[16:32]), whole[32:])


def spoken(code: str) -> str:
    return f"{code[:3]} {code[3:]}"
