"""The services as someone signed in meets them: HTTP, a token of one's own, patience with views."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from cosigne.people import Person

PATIENCE = 10.0
EXPIRED = "sign_in.expired"
SOON, LATER = 0.05, 1.0  # when to ask again: views that are far behind are not asked all the time
# what a view that has not caught up yet would answer; a rule's refusal is none of these
NOT_YET = frozenset(
    {
        "caller.unknown",
        "person.unknown",
        "access.not_fresh",
        "contributor.unknown",
        "stream.unknown",
        "summary.no_such_piece",
        "party.unknown",
        "partner.unknown",
    }
)
TokenOf = Callable[[Person], str]


class Refusal(Exception):
    """A service said no: its problem document, as a sentence."""

    def __init__(self, who: str, call: str, status: int, problem: Mapping[str, Any]) -> None:
        said = problem.get("detail") or problem.get("title") or problem
        super().__init__(f"{who}: {call}: {status} {problem.get('code', '')} {said}")
        self.status = status
        self.code = str(problem.get("code", ""))
        self.problem = problem


@dataclass
class Door:
    """Opens for one person at a time; `token_of` signs her or him in."""

    url: str
    token_of: TokenOf
    patience: float = PATIENCE

    def __post_init__(self) -> None:
        self._tokens: dict[str, str] = {}
        parts = urlsplit(self.url)
        self._connection = http.client.HTTPConnection(
            parts.hostname or "127.0.0.1", parts.port, timeout=30
        )

    def post(self, who: Person, path: str, body: Mapping[str, Any], **headers: str) -> Any:
        return self.send(who, "POST", path, body, headers)

    def put(self, who: Person, path: str, body: Mapping[str, Any], **headers: str) -> Any:
        return self.send(who, "PUT", path, body, headers)

    def get(self, who: Person, path: str) -> Any:
        return self.send(who, "GET", path, None, {})

    def send(
        self,
        who: Person,
        method: str,
        path: str,
        body: Mapping[str, Any] | None,
        headers: Mapping[str, str],
    ) -> Any:
        """The answer's JSON. Raises Refusal, after waiting for views where that may help."""
        until, pause = time.monotonic() + self.patience, SOON
        while True:
            status, answer = self._ask(who, method, path, body, headers)
            if status < 400:
                return answer
            refusal = Refusal(who.key, f"{method} {path}", status, answer)
            if refusal.code not in NOT_YET or time.monotonic() > until:
                raise refusal
            time.sleep(pause)
            pause = min(LATER, 1.5 * pause)

    def _ask(
        self,
        who: Person,
        method: str,
        path: str,
        body: Mapping[str, Any] | None,
        headers: Mapping[str, str],
    ) -> tuple[int, Any]:
        status, answer = self._call(who, method, path, body, headers)
        if status == HTTPStatus.UNAUTHORIZED and answer.get("code") == EXPIRED:
            # telling may take longer than a token lives
            del self._tokens[who.key]
            status, answer = self._call(who, method, path, body, headers)
        return status, answer

    def _call(
        self,
        who: Person,
        method: str,
        path: str,
        body: Mapping[str, Any] | None,
        headers: Mapping[str, str],
    ) -> tuple[int, Any]:
        text = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        try:
            self._connection.request(method, path, text, self.headers(who, headers))
            response = self._connection.getresponse()
            told = response.read()
        except (http.client.HTTPException, OSError):
            self._connection.close()
            raise
        return response.status, json.loads(told) if told else {}

    def headers(self, who: Person, more: Mapping[str, str]) -> dict[str, str]:
        """Who asks, in which language, and `more`, named as Python lets one name them."""
        return {
            "Authorization": f"Bearer {self._token(who)}",
            "Accept-Language": who.locale,
            "Content-Type": "application/json",
            **{name.replace("_", "-"): value for name, value in more.items()},
        }

    def _token(self, who: Person) -> str:
        if who.key not in self._tokens:
            self._tokens[who.key] = self.token_of(who)
        return self._tokens[who.key]

    def close(self) -> None:
        self._connection.close()
