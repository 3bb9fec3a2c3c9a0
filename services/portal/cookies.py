"""What a browser keeps for us: encrypted, for as long as it is open, and nothing in words."""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Mapping
from typing import Any

import orjson
from cryptography.fernet import Fernet, InvalidToken
from flask import Request
from werkzeug.wrappers import Response

PIECE = 3800  # browsers keep 4,096 bytes of a cookie, its name included
MOST_PIECES = 4


class Cookie:
    """One sealed cookie, cut into pieces where a token is long."""

    def __init__(self, name: str, secret: str, *, secure: bool, lifetime: int) -> None:
        # with __Host- no other site of the same domain can set it
        self.name = f"__Host-{name}" if secure else name
        self.secure, self.lifetime = secure, lifetime
        key = hashlib.sha256(f"{name}:{secret}".encode()).digest()
        self.seal = Fernet(base64.urlsafe_b64encode(key))

    def read(self, request: Request) -> dict[str, Any]:
        """What was kept; nothing when it is not ours, was changed or is too old."""
        pieces = [request.cookies.get(f"{self.name}.{n}", "") for n in range(MOST_PIECES)]
        try:
            opened = self.seal.decrypt("".join(pieces).encode(), ttl=self.lifetime)
            told: dict[str, Any] = orjson.loads(zlib.decompress(opened))
        except (InvalidToken, ValueError, zlib.error):
            return {}
        return told

    def write(self, response: Response, told: Mapping[str, Any]) -> None:
        sealed = self.seal.encrypt(zlib.compress(orjson.dumps(told))).decode()
        for n in range(MOST_PIECES):
            piece = sealed[n * PIECE : (n + 1) * PIECE]
            if piece:
                response.set_cookie(
                    f"{self.name}.{n}",
                    piece,
                    httponly=True,
                    secure=self.secure,
                    samesite="Lax",
                )
            else:
                self.drop(response, n)

    def clear(self, response: Response) -> None:
        for n in range(MOST_PIECES):
            self.drop(response, n)

    def drop(self, response: Response, n: int) -> None:
        response.delete_cookie(
            f"{self.name}.{n}", httponly=True, secure=self.secure, samesite="Lax"
        )
