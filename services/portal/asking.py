"""The other services, asked over their public APIs with the token of whoever is signed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import orjson

from shared.http.trust import trusting
from shared.settings import SERVICES, Settings
from shared.telemetry import tracing
from shared.telemetry.attributes import METHOD, SERVICE, STATUS
from shared.telemetry.kinds import ASK

PATIENCE = httpx.Timeout(20.0, connect=3.0)
AWAY = 503
KEPT_BEFORE = "idempotency.other_body"


@dataclass(frozen=True)
class Problem(Exception):
    """A service said no, or did not answer: its status and its sentence, in the reader's language."""

    status: int
    code: str = ""
    sentence: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)  # field -> what is wrong with it

    @property
    def kept_before(self) -> bool:
        """The form was kept when it was first sent, and came again with other words."""
        return self.code == KEPT_BEFORE

    @classmethod
    def of(cls, answer: httpx.Response) -> Problem:
        try:
            told = orjson.loads(answer.content)
        except ValueError:
            told = {}
        wrong = {named(e): str(e.get("detail", "")) for e in told.get("errors", ())}
        code = str(told.get("code") or str(told.get("type", "")).rpartition("/")[2])
        return cls(answer.status_code, code, str(told.get("detail") or ""), wrong)


def named(error: Mapping[str, Any]) -> str:
    """The name of a field, from where a problem says it stands (`/act/occurred_at`)."""
    where = str(error.get("pointer") or error.get("field") or error.get("parameter") or "")
    return where.strip("#/").replace("/", ".")


@dataclass(frozen=True)
class Apis:
    """Where each service is, and the connection to them, one for the whole process."""

    urls: Mapping[str, str]
    client: httpx.Client

    @classmethod
    def of(cls, settings: Settings, transport: httpx.BaseTransport | None = None) -> Apis:
        """Over HTTP; with a `transport`, what is at this very address in this same process."""
        urls = {name: settings.service_url(name) for name in SERVICES}
        address = urlsplit(settings.url)
        here = {f"{address.scheme}://{address.netloc}": transport} if transport else None
        client = httpx.Client(
            timeout=PATIENCE,
            trust_env=False,
            mounts=here,
            follow_redirects=False,
            verify=trusting(settings.oidc_ca),
        )
        return cls(urls, client)

    def close(self) -> None:
        self.client.close()

    def asked_by(self, token: str, locale: str) -> Asking:
        headers = {"Accept-Language": locale}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return Asking(self, headers)


@dataclass(frozen=True)
class Asking:
    """Asks in someone's name. Paths begin with the service: `plans/persons/…`."""

    apis: Apis
    headers: Mapping[str, str]

    def get(self, path: str, **query: object) -> Any:
        """What is told. Raises Problem."""
        return self.told("GET", path, params={k: v for k, v in query.items() if v is not None})

    def send(
        self, path: str, body: Mapping[str, Any], *, key: str = "", match: int | None = None
    ) -> Any:
        """A command. Sent twice with the same `key` it happens once. Raises Problem."""
        return self.command("POST", path, body, key, match)

    def put(
        self, path: str, body: Mapping[str, Any], *, key: str = "", match: int | None = None
    ) -> Any:
        return self.command("PUT", path, body, key, match)

    def command(
        self, method: str, path: str, body: Mapping[str, Any], key: str, match: int | None
    ) -> Any:
        headers = {"Idempotency-Key": key or str(uuid4())}
        if match is not None:
            headers["If-Match"] = f'"{match}"'
        return self.told(method, path, json=dict(body), headers=headers)

    def maybe(self, ask: Callable[[], Any], otherwise: Any = None) -> Any:
        """What is not there, or was not shown, is simply not on the page."""
        try:
            return ask()
        except Problem as problem:
            if problem.status in (403, 404):
                return otherwise
            raise

    def raw(self, path: str, **query: object) -> httpx.Response:
        """An answer as it came, for what is handed on whole (a PDF, a copy). Raises Problem."""
        return self.answered("GET", path, params=query)

    def told(self, method: str, path: str, **more: Any) -> Any:
        answer = self.answered(method, path, **more)
        return orjson.loads(answer.content) if answer.content else None

    def answered(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, **more: Any
    ) -> httpx.Response:
        service, _, rest = path.partition("/")
        url = f"{self.apis.urls[service]}/v1/{rest}"
        try:
            with tracing.doing(ASK, method) as span:
                sent = {**self.headers, **tracing.outgoing(), **(headers or {})}
                answer = self.apis.client.request(method, url, headers=sent, **more)
                span.say(SERVICE, service)
                span.say(METHOD, method)
                span.say(STATUS, answer.status_code)
        except httpx.HTTPError as error:
            raise Problem(AWAY) from error
        if answer.is_success:
            return answer
        raise Problem.of(answer)
