"""A list of a service, page after page: what stands on one, and where the next begins."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson

from services.portal.asking import Asking


def paged(ask: Asking, path: str, **query: object) -> tuple[Any, str]:
    """What is told, and the cursor of the next page: "" at the end. Raises Problem."""
    answer = ask.raw(path, **{name: value for name, value in query.items() if value})
    onward = answer.links.get("next", {}).get("url", "")
    cursor = parse_qs(urlsplit(onward).query).get("cursor", [""])[0]
    return orjson.loads(answer.content), cursor
