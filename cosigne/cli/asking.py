"""Asking the services as someone: an address, a token, a language."""

from __future__ import annotations

import json
import os
import re
import shutil
import urllib.error
import urllib.request
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from cosigne.cli.here import settings_here
from cosigne.cli.token import token_for
from cosigne.crowd import find
from cosigne.embedded.private import private
from cosigne.people import Unknown
from cosigne.words import Words
from shared.given import Given
from shared.kernel import Refused

NEXT = re.compile(r'<([^>]+)>;\s*rel="next"')
PATIENCE = 30


@dataclass(frozen=True, slots=True)
class Asking:
    """What is refused is raised with the sentence the service gave."""

    url: str
    token: str = field(repr=False)
    language: str

    def get(self, path: str) -> Any:
        return self.answer(f"{self.url}{path}")[0]

    def each(self, path: str, name: str) -> Iterator[dict[str, Any]]:
        """Every item of a list, page after page."""
        place: str | None = f"{self.url}{path}"
        while place:
            page, following = self.answer(place)
            yield from page[name]
            place = urljoin(place, following) if following else None

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """Something done; the answer."""
        sent = self.request(f"{self.url}{path}")
        sent.data = json.dumps(body).encode()
        sent.add_header("Content-Type", "application/json")
        with self.opened(sent) as told:
            return json.load(told)

    def fetch(self, path: str, file: Path) -> None:
        """An answer as long as it is, into a file that its owner alone can open."""
        with (
            private(file).open("wb") as kept,
            self.opened(self.request(f"{self.url}{path}")) as told,
        ):
            shutil.copyfileobj(told, kept)

    def answer(self, url: str) -> tuple[Any, str | None]:
        """The answer, and where the next page begins."""
        with self.opened(self.request(url)) as told:
            found = NEXT.search(told.headers.get("Link") or "")
            return json.load(told), found[1] if found else None

    def request(self, url: str) -> urllib.request.Request:
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Accept-Language": self.language,
            "Accept": "application/json, */*",
        }
        return urllib.request.Request(url, headers=headers)  # noqa: S310 - the installation's own

    @contextmanager
    def opened(self, request: urllib.request.Request) -> Iterator[Any]:
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as told:  # noqa: S310
                yield told
        except urllib.error.HTTPError as error:
            raise Refused("cli.answered", detail=sentence_of(error)) from error
        except urllib.error.URLError as error:
            raise Refused("cli.unreachable", url=self.url) from error


def asking_as(given: Namespace, words: Words) -> Asking:
    """As whoever COSIGNE_TOKEN says, else as the fictional person named, or asked about."""
    settings = settings_here()
    token = Given(os.environ).text("TOKEN") or token_for(settings, given.key or given.person)
    return Asking(settings.url, token, given.lang or words.locale)


def id_of(person: str) -> UUID:
    """A person's id, or that of the fictional person of this name."""
    try:
        return UUID(person)
    except ValueError:
        pass
    try:
        return find(person).id
    except Unknown:
        raise Refused("token.unknown", name=person) from None


def sentence_of(error: urllib.error.HTTPError) -> str:
    """What the problem document says, in the language that was asked for."""
    try:
        told = json.load(error)
    except ValueError:
        return f"{error.code} {error.reason}"
    return str(told.get("detail") or told.get("title") or error.reason)
