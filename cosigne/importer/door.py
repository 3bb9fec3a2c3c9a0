"""The services as the importer meets them: HTTP, one administrator's token, patience."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from shared.kernel import Refused
from shared.production import in_clear

PATIENCE = 60.0
WAIT = 0.05
LONGEST_WAIT = 1.0
# what a view that has not caught up yet would answer
NOT_YET = frozenset(
    {"person.unknown", "access.not_fresh", "import.not_open", "contributor.unknown", "version.busy"}
)
BUSY = frozenset({429, 502, 503, 504})
BATCH = 200


class SaidNo(Refused):
    """A service refused: the code `told`, its sentence, and which field it is about."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        first = (problem.get("errors") or [{}])[0]
        said = first.get("detail") or problem.get("detail") or problem.get("title") or status
        super().__init__("cli.answered", field=str(first.get("field") or ""), detail=said)
        self.answered = status
        self.told = str(first.get("code") or problem.get("code") or status)
        self.sentence = str(said)


@dataclass
class Door:
    """Safe to share between threads: each has a connection of its own.

    Everything that is asked may be asked again: it is recorded once. Raises Refused for an address
    to which the token would go in clear.
    """

    url: str
    token: str = field(repr=False)
    language: str = "fr"
    patience: float = PATIENCE

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if list(in_clear({"url": self.url})):
            raise Refused("import.in_clear", url=self.url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else None
        self._kind = kind or http.client.HTTPConnection
        self._host, self._path = parts.netloc, parts.path.rstrip("/")
        self._own = threading.local()

    def get(self, path: str) -> Any:
        return self.ask("GET", path)

    def post(self, path: str, body: Mapping[str, Any], key: str | None = None) -> Any:
        return self.ask("POST", path, body, key)

    def each(self, path: str, name: str) -> Iterator[Mapping[str, Any]]:
        """Every item of a list, page after page."""
        place: str | None = f"{path}?limit={BATCH}"
        while place:
            status, headers, told = self._sent("GET", place, None, None)
            if status >= http.client.BAD_REQUEST:
                raise self._refusal(status, told)
            yield from told[name]
            place = following(headers.get("Link") or "", place)

    def ask(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, key: str | None = None
    ) -> Any:
        """The answer's JSON. Raises SaidNo once waiting cannot help, Refused when nobody answers."""
        until, wait = time.monotonic() + self.patience, WAIT
        while True:
            try:
                status, _, told = self._sent(method, path, body, key)
            except (http.client.HTTPException, OSError) as error:
                if time.monotonic() > until:
                    raise Refused("cli.unreachable", url=self.url) from error
            else:
                if status < http.client.BAD_REQUEST:
                    return told
                said = self._refusal(status, told)
                if not (status in BUSY or said.told in NOT_YET) or time.monotonic() > until:
                    raise said
            time.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)

    def _refusal(self, status: int, told: Any) -> SaidNo:
        if status == http.client.UNAUTHORIZED:
            raise Refused("import.signed_out")
        return SaidNo(status, told if isinstance(told, dict) else {})

    def _sent(
        self, method: str, path: str, body: Mapping[str, Any] | None, key: str | None
    ) -> tuple[int, Mapping[str, str], Any]:
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Accept-Language": self.language,
            "Content-Type": "application/json",
            **({"Idempotency-Key": key} if key else {}),
        }
        sent = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        connection = self._connection()
        try:
            connection.request(method, self._path + path, sent, headers)
            response = connection.getresponse()
            told = response.read()
        except (http.client.HTTPException, OSError):
            connection.close()
            raise
        try:
            return response.status, dict(response.headers), json.loads(told) if told else {}
        except ValueError:
            return response.status, dict(response.headers), {}

    def _connection(self) -> http.client.HTTPConnection:
        if not hasattr(self._own, "connection"):
            self._own.connection = self._kind(self._host, timeout=30)
        connection: http.client.HTTPConnection = self._own.connection
        return connection


def following(link: str, place: str) -> str | None:
    """Where the next page is: the address in `Link`, on the path that was asked."""
    if 'rel="next"' not in link:
        return None
    query = link.partition(">")[0].partition("?")[2]
    return f"{place.partition('?')[0]}?{query}"
