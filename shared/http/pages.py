"""Page after page: a cursor says where the next one begins, to nobody but whom it was given."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import marshmallow as ma
import orjson
from flask import Response, request
from marshmallow import validate

from shared.http.schemas import Strict
from shared.kernel import Invalid

Place = tuple[str | int | None, ...]
MOST = 200
USUAL = 50
LONGEST_CURSOR = 2000
SEAL = 16


class PageQuery(Strict):
    """The query of every list; a list's own filters are further fields of a subclass."""

    limit = ma.fields.Integer(
        load_default=USUAL,
        validate=validate.Range(1, MOST),
        metadata={"description": "How many at most.", "example": USUAL},
    )
    cursor = ma.fields.String(
        validate=validate.Length(1, LONGEST_CURSOR),
        metadata={"description": "From the Link header of the page before."},
    )


@dataclass(frozen=True)
class Page:
    """What was asked: at most `limit` rows, after `after` (None: from the start)."""

    limit: int
    after: Place | None


class Pages:
    """Makes and reads cursors, each sealed for one organisation, reader, route and filter."""

    def __init__(self, secret: bytes) -> None:
        self.secret = secret

    def asked(self, query: Mapping[str, Any], tenant: UUID, reader: UUID | None = None) -> Page:
        """Raises the same Invalid for a cursor that is torn, foreign or made up."""
        cursor = query.get("cursor")
        after = None if cursor is None else self.place(cursor, tenant, reader)
        return Page(query.get("limit", USUAL), after)

    def cursor(self, place: Sequence[object], tenant: UUID, reader: UUID | None = None) -> str:
        told = orjson.dumps([plain(value) for value in place])
        return base64.urlsafe_b64encode(self.seal(told, tenant, reader) + told).decode().rstrip("=")

    def place(self, cursor: str, tenant: UUID, reader: UUID | None = None) -> Place:
        try:
            raw = base64.b64decode(padded(cursor), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            raw = b""
        seal, told = raw[:SEAL], raw[SEAL:]
        # nonsense takes the same way through here as a foreign cursor
        if not hmac.compare_digest(seal, self.seal(told, tenant, reader)):
            raise Invalid("page.unknown_cursor", field="cursor")
        return tuple(orjson.loads(told))

    def seal(self, told: bytes, tenant: UUID, reader: UUID | None) -> bytes:
        bound = [str(tenant), str(reader), request.path, sorted(filters())]
        return hmac.new(self.secret, orjson.dumps(bound) + told, hashlib.sha256).digest()[:SEAL]

    def turned(
        self,
        response: Response,
        page: Page,
        last: Sequence[object] | None,
        *,
        tenant: UUID,
        reader: UUID | None = None,
    ) -> Response:
        """Add `Link: <…>; rel="next"`; `last` is the place of the last row, None at the end."""
        if last is not None:
            cursor = self.cursor(last, tenant, reader)
            asked = [*filters(), ("limit", str(page.limit)), ("cursor", cursor)]
            response.headers["Link"] = f'<?{urlencode(asked)}>; rel="next"'
        return response


def filters() -> list[tuple[str, str]]:
    """What is asked for besides where the page begins and ends."""
    asked = request.args.items(multi=True)
    return [(name, value) for name, value in asked if name not in ("cursor", "limit")]


def padded(cursor: str) -> bytes:
    return cursor.encode("ascii", "replace") + b"=" * (-len(cursor) % 4)


def plain(value: object) -> object:
    """A value as a cursor carries it: text, number or nothing."""
    return value if value is None or isinstance(value, (str, int)) else str(value)
