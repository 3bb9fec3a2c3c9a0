"""Ids made of an organisation's own numbers: the same for the same line, and told by nobody.

A dossier number is kept nowhere. Without the naming key, which the directory gives to the
organisation's administrator, no number leads to an id and no id to a number.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

VERSION, VARIANT = 8, 2  # RFC 9562: bits of one's own


class Names:
    def __init__(self, naming_key: str) -> None:
        self._key = bytes.fromhex(naming_key)

    def id(self, kind: str, *parts: str) -> UUID:
        return UUID(int=stamped(int.from_bytes(self._drawn(kind, *parts)[:16], "big")))

    def key(self, kind: str, body: Mapping[str, Any]) -> str:
        """An Idempotency-Key: one for each thing that is asked, whenever it is asked."""
        return f"import/{self._drawn(kind, json.dumps(body, sort_keys=True)).hex()}"

    def _drawn(self, *parts: str) -> bytes:
        told = json.dumps(parts, ensure_ascii=False).encode()
        return hmac.new(self._key, told, "sha256").digest()


def stamped(drawn: int) -> int:
    marked = drawn & ~(0xF << 76) | VERSION << 76
    return marked & ~(0x3 << 62) | VARIANT << 62
