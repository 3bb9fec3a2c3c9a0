"""The words of the trail, as kept in `sentences/`: a sentence a fact, and the parts of sentences.

A template holds `{values}` and `[ groups]`: a group is left out when one of its values is missing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from shared.http.messages import typeset

FOLDER = Path(__file__).parents[2] / "sentences"
SERVICES = ("directory", "assessment", "network", "plans", "reporting", "delivery")
EVERYWHERE = "everywhere"
GROUP = re.compile(r"\[([^\[\]]*)\]")
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}((?:\u00a0»|”)?)(\.?)")
ENDS = (".", "?", "!", "…")
STOPS = (*ENDS, *(f"{end}{quote}" for end in ENDS for quote in ("\u00a0»", "”", "’")))
Value = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Wording:
    """How a kind of fact is said: its name in a few words, its sentence, and the one to « vous »."""

    label: Mapping[str, str]
    told: Mapping[str, str]
    own: Mapping[str, str] | None = None


@cache
def read(name: str) -> Mapping[str, Any]:
    """One file of the folder."""
    found: Mapping[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return found


@cache
def wordings() -> Mapping[str, Wording]:
    """Every wording by stored name; what is said alike everywhere is under its bare name."""
    found: dict[str, Wording] = {}
    for service in (*SERVICES, EVERYWHERE):
        for kind, entry in read(service).items():
            name = kind if service == EVERYWHERE else f"{service}.{kind}"
            found[name] = Wording(entry["label"], entry["told"], entry.get("own"))
    return found


def wording_of(stored_name: str) -> Wording | None:
    """A variant (`assessment.theme_rated.inflexion`) is asked for by its whole name."""
    return wordings().get(stored_name) or wordings().get(stored_name.partition(".")[2])


@cache
def spoken(text: str, locale: str) -> str:
    return typeset(text, locale)


def text_in(found: Mapping[str, str], locale: str) -> str:
    """The text as it is said there: a country's own words where it has some, and its spacing."""
    text = found.get(locale)
    return spoken(found[locale.partition("-")[0]] if text is None else text, locale)


def label(stored_name: str, locale: str) -> str:
    """The name of a kind of fact in plain words, for lists and for what stays private."""
    found = wording_of(stored_name)
    return text_in(found.label, locale) if found else part("some_entry", None, locale)


def part(section: str, code: str | None, locale: str) -> str:
    """A part of a sentence. Raises KeyError for a code without words."""
    found = read("parts")[section]
    return text_in(found if code is None else found[code], locale)


def maybe_part(section: str, code: str, locale: str) -> str | None:
    """The words of a code, or None when it has none: a code is never shown."""
    found = read("parts")[section].get(code)
    return None if found is None else text_in(found, locale)


def say(section: str, code: str | None, locale: str, **values: str) -> str:
    """A part of a sentence with its values."""
    return fill(part(section, code, locale), values.get, missing="")


def day_said(day: date, locale: str) -> str:
    """A day in words."""
    number = part("first_of_month", None, locale) if day.day == 1 else str(day.day)
    month = part("month", str(day.month), locale)
    return say("day", None, locale, day=number, month=month, year=str(day.year))


def fill(template: str, value: Value, *, missing: str) -> str:
    """The sentence of a template; what is missing outside of a group is said to be."""
    # split first: what people wrote may hold brackets and braces of its own
    pieces = GROUP.split(template)
    return "".join(
        group(text, value) if number % 2 else plain(text, value, missing)
        for number, text in enumerate(pieces)
    )


def group(text: str, value: Value) -> str:
    if any(value(name) in (None, "") for name, *_ in PLACEHOLDER.findall(text)):
        return ""
    return plain(text, value, "")


def plain(text: str, value: Value, missing: str) -> str:
    def put(match: re.Match[str]) -> str:
        name, quote, stop = match.groups()
        found = value(name)
        words = missing if found is None else found
        # her own words may end with a full stop: one is enough, and hers are not touched
        return words + quote + ("" if stop and words.endswith(STOPS) else stop)

    return PLACEHOLDER.sub(put, text)
