"""Sentences: what people read for a code, in French first and in English."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

LOCALES = ("fr-CA", "fr-FR", "fr", "en")
FIRST = "fr"
LONGEST_VALUE = 200
MARKS = re.compile(r"(?<=\S)[ \u00a0\u202f]+([;?!])")
# a number, by the names it is given by, and what is counted
COUNTED = re.compile(r"(\{(?:n|age|days|hours|k|most|years)\}) (?=[^\W\d])")
# a figure, of how many: never over two lines
OF = re.compile(r"(?<=\}) (sur|of) (?=\{|\d)")
SPACED = re.compile(r" +([:%»])|(«) +")


class Sentences:
    """The sentences of some folders, each holding `fr.toml`, `en.toml` and perhaps `fr-CA.toml`.

    A later folder may say an earlier one's code in its own words.
    """

    def __init__(self, *folders: Path) -> None:
        self.of = {locale: gather(folders, locale) for locale in LOCALES}

    def say(self, code: str, locale: str, values: Mapping[str, object] | None = None) -> str:
        """The sentence of a code; one without a sentence says the code, never nothing."""
        template = self.template(code, locale)
        if template is None:
            return code
        if "{" not in template and "}" not in template:
            return template
        return Filler().vformat(template, (), {k: shown(v) for k, v in (values or {}).items()})

    def template(self, code: str, locale: str) -> str | None:
        for fallback in (locale, locale.partition("-")[0], FIRST):
            found = self.of.get(fallback, {}).get(code)
            if found is not None:
                return found
        return None

    def codes(self, locale: str) -> frozenset[str]:
        return frozenset(self.of[locale])


class Filler(Formatter):
    """Fills a sentence; a value nobody gave shows as an ellipsis rather than as an error."""

    def get_value(self, key: int | str, args: Any, kwargs: Mapping[str, Any]) -> Any:
        del args
        return kwargs.get(str(key), "…")


def placeholders(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name is not None)


def shown(value: object) -> str:
    """A value as it stands in a sentence: lists with commas, and nothing endless."""
    if isinstance(value, str) or not isinstance(value, Iterable):
        text = str(value)
    else:
        text = ", ".join(str(one) for one in value)
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"


def gather(folders: Iterable[Path], locale: str) -> dict[str, str]:
    """One locale's sentences; fr-CA and fr-FR begin with all that is said in `fr`."""
    told: dict[str, str] = {}
    for folder in folders:
        for name in dict.fromkeys((locale.partition("-")[0], locale)):
            file = folder / f"{name}.toml"
            if file.exists():
                told |= tomllib.loads(file.read_text("utf-8"))
    return {code: typeset(sentence, locale) for code, sentence in told.items()}


def typeset(sentence: str, locale: str) -> str:
    """Spacing, so that those who write sentences need no invisible characters.

    A number, of how many it is and what is counted stay together. In French, no-break before a
    colon, a percent sign and inside quotation marks; before ; ? ! a narrow one, none in Québec.
    """
    sentence = OF.sub("\u00a0\\1\u00a0", sentence)
    sentence = COUNTED.sub("\\1\u00a0", sentence)
    if not locale.startswith("fr"):
        return sentence
    thin = "" if locale == "fr-CA" else "\u202f"
    sentence = MARKS.sub(rf"{thin}\1", sentence)
    return SPACED.sub(lambda m: f"\u00a0{m[1]}" if m[1] else "«\u00a0", sentence)
