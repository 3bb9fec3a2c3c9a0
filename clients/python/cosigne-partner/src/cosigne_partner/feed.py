"""The feed of a subscription: what comes after a place, what stands now, and what is acknowledged."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit

from cosigne_partner.event import Event
from cosigne_partner.webhook import Secret

PATIENCE = 20.0
Answer = tuple[Any, dict[str, str]]


class Refused(Exception):
    """The installation said no: `code` is for machines, the sentence for people."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(f"{status} {code}: {detail}")
        self.status, self.code, self.detail = status, code, detail


class StartAgain(Refused):
    """What followed this place may be gone: begin again with a snapshot."""


@dataclass(frozen=True, slots=True)
class Page:
    """Events in order, and how far the log goes: its head, what is still to come, its beginning."""

    events: tuple[Event, ...]
    head: int
    lag: int
    first: int


class Here(urllib.request.HTTPRedirectHandler):
    """Follows nothing: a token is for the address that it was given for."""

    def redirect_request(self, *_: Any) -> None:
        return None


OPENER = urllib.request.build_opener(Here())


class Feed:
    """`url` is the delivery service's, `token` an access token or a way to get a fresh one."""

    def __init__(self, url: str, subscription: str, token: str | Callable[[], str]) -> None:
        if urlsplit(url).scheme not in ("http", "https"):
            raise ValueError(f"not the address of a delivery service: {url}")
        self.url, self.subscription = url.rstrip("/"), subscription
        self._token = token if callable(token) else lambda: token
        here = quote(subscription, safe="")
        self._feed = f"{self.url}/v1/feed/{here}"
        self._terms = f"{self.url}/v1/subscriptions/{here}"

    def after(self, event: str | None, *, limit: int = 100, wait: int = 0) -> Page:
        """What comes after an event (none: from the beginning). Raises StartAgain and Refused."""
        asked: dict[str, Any] = {"limit": limit, "timeout": wait}
        if event is not None:
            asked["lastEventId"] = event
        told, headers = self._ask(f"{self._feed}/events?{urlencode(asked)}", wait=wait)
        if "cosigne-feed-head" not in headers:
            raise Refused(200, "", f"{self.url} is not the delivery service of an installation")
        return Page(
            tuple(Event.of(one) for one in told),
            *(int(headers[f"cosigne-feed-{name}"]) for name in ("head", "lag", "first")),
        )

    def event(self, id_: str) -> Event:
        """One event whole: what the link of a thin one leads to."""
        return Event.of(self._ask(f"{self._feed}/events/{quote(id_, safe='')}")[0])

    def snapshot(self, *, limit: int = 50) -> Iterator[tuple[list[Event], str | None]]:
        """What stands now, page by page, each with the event after which the feed goes on."""
        path: str | None = f"{self._feed}/snapshot?limit={limit}"
        while path is not None:
            told, headers = self._ask(path)
            yield [Event.of(one) for one in told["events"]], told["cursor"]
            path = following(path, headers.get("link", ""))

    def secrets(self) -> list[Secret]:
        """What webhooks are verified with, for a Verifier."""
        told, _ = self._ask(f"{self._terms}/secrets")
        return [Secret(one["v1"], one["v1a"]) for one in told["secrets"]]

    def webhooks_to(self, url: str | None) -> None:
        """Say where webhooks go; none: the feed is read only."""
        self._ask(f"{self._terms}/endpoint", {} if url is None else {"url": url}, "PUT")

    def test(self) -> None:
        """Ask for an event that goes the way of every other."""
        self._ask(f"{self._terms}/tests", {})

    def acknowledge(self, event: str) -> None:
        """Say that all up to this event was taken in."""
        self._ask(f"{self._feed}/acknowledgements", {"event": event})

    def acknowledge_erasure(self, event: Event) -> None:
        """Say that whom this event names is erased."""
        self._ask(f"{self._feed}/erasure-acknowledgements", {"event": event.id})

    def _ask(
        self, url: str, body: Any = None, method: str | None = None, *, wait: int = 0
    ) -> Answer:
        request = urllib.request.Request(  # noqa: S310 - the scheme is looked at above
            url,
            data=None if body is None else json.dumps(body).encode(),
            method=method,
            headers={
                "Authorization": f"Bearer {self._token()}",
                "Content-Type": "application/json",
                "Accept-Language": "en",
            },
        )
        try:
            with OPENER.open(request, timeout=PATIENCE + wait) as answer:
                headers = {name.lower(): value for name, value in answer.headers.items()}
                return json.loads(answer.read()), headers
        except urllib.error.HTTPError as error:
            with error:
                raise refusal(error.code, error.read()) from None
        except urllib.error.URLError as error:
            raise OSError(f"{self.url} does not answer: {error.reason}") from None


def refusal(status: int, body: bytes) -> Refused:
    try:
        told = json.loads(body)
        code, detail = str(told.get("code", "")), str(told.get("detail", ""))
    except (ValueError, AttributeError):
        code, detail = "", body[:200].decode(errors="replace")
    return (StartAgain if status == 410 else Refused)(status, code, detail)


def following(here: str, link: str) -> str | None:
    """The next page, as the header Link names it; never at another host, which gets no token."""
    for part in link.split(","):
        address, _, relation = part.partition(";")
        if 'rel="next"' in relation:
            there = urljoin(here, address.strip(" <>"))
            same = urlsplit(there)[:2] == urlsplit(here)[:2]
            return there if same else None
    return None
