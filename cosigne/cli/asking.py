"""Asking the services as someone: an address, a token, a language."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from shared.kernel import Refused

NEXT = re.compile(r'<([^>]+)>;\s*rel="next"')
PATIENCE = 30


@dataclass(frozen=True, slots=True)
class Asking:
    """Reads only; what is refused is raised with the sentence the service gave."""

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

    def answer(self, url: str) -> tuple[Any, str | None]:
        """The answer, and where the next page begins."""
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Accept-Language": self.language,
            "Accept": "application/json",
        }
        request = urllib.request.Request(url, headers=headers)  # noqa: S310 - the installation's own
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as told:  # noqa: S310
                found = NEXT.search(told.headers.get("Link") or "")
                return json.load(told), found[1] if found else None
        except urllib.error.HTTPError as error:
            raise Refused("cli.answered", detail=sentence_of(error)) from error
        except urllib.error.URLError as error:
            raise Refused("cli.unreachable", url=self.url) from error


def sentence_of(error: urllib.error.HTTPError) -> str:
    """What the problem document says, in the language that was asked for."""
    try:
        told = json.load(error)
    except ValueError:
        return f"{error.code} {error.reason}"
    return str(told.get("detail") or told.get("title") or error.reason)
