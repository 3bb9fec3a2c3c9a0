"""Names that say something of her, as addresses carry them: addresses outlive a page, and get about.

A browser's history, the log of a server and a `Referer` keep where one was. A theme or a sphere
stands there under a token: the same each time in one portrait, another in each, and read here only.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from flask import Flask

from shared.kernel import NotFound

EVEN = 32  # letters: a short name makes no shorter token
VEILED: Sequence[str] = ("theme", "sphere")


class Veil:
    """Sealed without a nonce (AES-SIV), so that an address stays the same; `of` is the portrait."""

    def __init__(self, secret: str) -> None:
        self.seal = AESSIV(hashlib.sha512(f"addresses:{secret}".encode()).digest())

    def over(self, of: object, name: str) -> str:
        told = name.encode()
        even = told.ljust(-(-len(told) // EVEN) * EVEN, b"\0")
        return urlsafe_b64encode(self.seal.encrypt(even, [str(of).encode()])).decode().rstrip("=")

    def lifted(self, of: object, token: str) -> str:
        """The name under a token. Raises NotFound for one that is not ours, or of another portrait."""
        try:
            sealed = urlsafe_b64decode(token + "=" * (-len(token) % 4))
            return self.seal.decrypt(sealed, [str(of).encode()]).rstrip(b"\0").decode()
        except (InvalidTag, ValueError):
            raise NotFound("route.unknown") from None


def lift(app: Flask, veil: Veil) -> None:
    """Routes are given names: what their address has is read before."""

    def read(_endpoint: str | None, values: dict[str, object] | None) -> None:
        for part in VEILED:
            if values and "assessment" in values and part in values:
                values[part] = veil.lifted(values["assessment"], str(values[part]))

    app.url_value_preprocessor(read)
