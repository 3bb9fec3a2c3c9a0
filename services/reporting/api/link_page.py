"""How the page behind a link looks: one template, one style, in French or in English."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from flask import Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from services.reporting.api.saying.wording import day_said
from services.reporting.api.summary_content import word

DATA = Path(__file__).parents[1] / "data"
FIXED = (
    "page", "ask", "code", "open", "on_record", "nothing", "nothing_do", "nothing_left", "help",
    "scale",
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    """It asks for the code, shows the summary, or says that nothing is there, or what went wrong."""

    locale: str
    lines: Sequence[str] = ()
    asks: bool = False
    wrong: str | None = None
    summary: Mapping[str, Any] | None = None


def page(told: Page, status: int = 200) -> Response:
    said = {name: word(name, told.locale) for name in FIXED}
    if told.summary:
        until = date.fromisoformat(told.summary["until"])
        said["until"] = word("until", told.locale, day=day_said(until, told.locale))
    pieces = told.summary["pieces"] if told.summary else ()
    text = template().render(
        locale=told.locale,
        said=said,
        style=Markup(style()),  # noqa: S704 - our own file
        lines=told.lines,
        asks=told.asks,
        wrong=told.wrong,
        summary=told.summary,
        has_values=any(piece["value"] is not None for piece in pieces),
    )
    answer = Response(text, status, content_type="text/html; charset=utf-8")
    answer.headers["Content-Security-Policy"] = policy()
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer.headers["Content-Language"] = told.locale
    answer.vary.add("Accept-Language")
    return answer


@cache
def template() -> Template:
    """Whatever people wrote is text in it, never markup."""
    house = Environment(
        loader=FileSystemLoader(DATA),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return house.get_template("summary.html")


@cache
def style() -> str:
    return (DATA / "summary.css").read_text("utf-8")


@cache
def policy() -> str:
    """Nothing but this page, its style, and a form that leads back to it."""
    digest = b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
