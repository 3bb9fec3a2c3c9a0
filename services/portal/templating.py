"""What every template can say: sentences, days, names, addresses of what is static."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import Flask, request, url_for
from markupsafe import Markup, escape

from services.portal.frame import LOOK, LOOKS, Frame
from services.portal.navigation import places_of

# 1 866 277-3553, 9-1-1
NUMBER = re.compile(r"(\d+(?:[ -]\d+)+)")


def speak(app: Flask, frame: Frame) -> None:
    def static(name: str) -> str:
        return url_for("static", filename=name, v=frame.version)

    def day(told: str | datetime | date | None) -> str:
        """A day as people write it, where the organisation is."""
        return day_in_words(told, frame.locale(), frame.house().timezone)

    def in_my_language(told: dict[str, Any] | None, name: str = "") -> str:
        """Of a thing told in both languages (`fr` and `en`, or `help_fr` and `help_en`), the one to read."""
        return spoken(told, frame.locale(), name)

    def context() -> dict[str, Any]:
        visitor, locale = frame.visitor(), frame.locale()
        look = request.cookies.get(LOOK, "")
        return {
            "say": frame.speaker(),
            "lang": locale,
            "visitor": visitor,
            "house": frame.house(),
            "house_look": frame.looks.of(frame.house().id),
            "help_lines": frame.house().lines(locale),
            "look": look if look in LOOKS else "",
            "away": frame.away,
            "static": static,
            "veiled": frame.veil.over,
            "day": day,
            "mine": in_my_language,
            "places": places_of(visitor),
            "here": request.path,
            "here_full": request.full_path.rstrip("?"),
        }

    app.context_processor(context)
    app.jinja_env.filters["lines"] = in_lines
    app.jinja_env.filters["numbers"] = numbers_whole


def day_in_words(told: str | datetime | date | None, locale: str, zone: str) -> str:
    if not told:
        return ""
    if isinstance(told, str):
        told = datetime.fromisoformat(told) if "T" in told else date.fromisoformat(told)
    if isinstance(told, datetime):
        told = told.astimezone(ZoneInfo(zone)).date()
    text = format_date(told, "d\u00a0MMMM y", locale=locale.replace("-", "_"))
    return (
        text.replace("1\u00a0", "1er\u00a0", 1)
        if told.day == 1 and locale.startswith("fr")
        else text
    )


def spoken(told: dict[str, Any] | None, locale: str, name: str = "") -> str:
    if not told:
        return ""
    language = locale.partition("-")[0]
    return str(told.get(f"{name}_{language}" if name else language) or "")


def in_lines(text: str | None) -> Markup:
    """Words as they were written, line by line."""
    return Markup("<br>").join(escape(line) for line in (text or "").splitlines())


def numbers_whole(line: str) -> Markup:
    """A line to call, whose numbers stand on one row each, and no colon begins a row."""
    number = Markup('<span class="number">{}</span>')
    parts = enumerate(NUMBER.split(line.replace(" :", "\u00a0:")))
    return Markup().join(number.format(part) if n % 2 else escape(part) for n, part in parts)
