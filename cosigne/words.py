"""What the command line says: French first, then English, or one of them if the locale says so."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shared.http.messages import Sentences
from shared.kernel import Refused

HERE = Path(__file__).parent
FOLDERS = (HERE.parent / "shared" / "messages", HERE / "messages")
LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of the command line in the languages of whoever sits in front of it."""

    locales: tuple[str, ...]

    @property
    def locale(self) -> str:
        """The one language for what is too long to say twice."""
        return self.locales[0]

    def say(self, code: str, /, **values: object) -> str:
        return "\n".join(sentences().say(code, locale, values) for locale in self.locales)

    def line(self, code: str, /, **values: object) -> str:
        """On one line, for help and progress."""
        return " / ".join(sentences().say(code, locale, values) for locale in self.locales)

    def knows(self, code: str) -> bool:
        return code in sentences().codes(LANGUAGES[0])

    def refusal(self, refused: Refused) -> str:
        return self.say(refused.code, **dict(refused.values))


def services_words(code: str, words: Words) -> str:
    """What the services say for a code of theirs."""
    return " / ".join(services_sentences().say(code, locale) for locale in words.locales)


@cache
def services_sentences() -> Sentences:
    return Sentences(*sorted((HERE.parent / "services").glob("*/messages")))


@cache
def sentences() -> Sentences:
    return Sentences(*FOLDERS)


def words_for(environment: Mapping[str, str] = os.environ) -> Words:
    """COSIGNE_LANG, else the locale of the terminal; a locale without a language hears both."""
    names = ("COSIGNE_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    told = next((value for name in names if (value := environment.get(name))), "")
    language = told.split(".")[0].replace("_", "-")
    if language.startswith("fr"):
        return Words((language if language in {"fr-CA", "fr-FR"} else "fr",))
    if language.startswith("en"):
        return Words(("en",))
    return Words(LANGUAGES)
