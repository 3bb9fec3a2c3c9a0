"""An entry said in a sentence: to whom it is said, in which language, with what may be read of it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from services.reporting.api.saying.pieces import PIECES, from_files, recorded_later
from services.reporting.api.saying.placeholders import PLACEHOLDERS
from services.reporting.api.saying.taking_part import attestation, contributors_line
from services.reporting.api.saying.telling import Telling
from services.reporting.api.saying.values import put_again_after_talking
from services.reporting.api.saying.wording import (
    Wording,
    fill,
    label,
    part,
    say,
    text_in,
    wording_of,
)
from services.reporting.domain.entry import Entry
from services.reporting.domain.known import Known

STANDS = ("own", "confirmed", None)


def sentence(entry: Entry, known: Known, reader: UUID, locale: str) -> str:
    """What happened, in plain words. `hidden` entries keep their words; withdrawn ones have none."""
    telling = Telling(entry, known, reader, locale)
    wording = wording_for(telling)
    if entry.id in known.hidden:
        return masked(telling, "hidden_words")
    if not entry.readable or wording is None:
        return masked(telling, "erased_words")
    return said(telling, template(telling, wording)) + afterwards(telling)


def afterwards(t: Telling) -> str:
    """Where it was taken from, and when it was written down."""
    return from_files(t) + recorded_later(t)


def wording_for(t: Telling) -> Wording | None:
    """An answer that moved in an exchange is said to have moved; the first one to a theme is not."""
    if t.entry.type == "assessment.theme_rated" and put_again_after_talking(t):
        return wording_of("assessment.theme_rated.inflexion")
    return wording_of(t.entry.type)


def template(t: Telling, wording: Wording) -> str:
    """« vous » when the reader did it; not while it is only noted in the reader's name."""
    mine = t.entry.author == t.reader and t.entry.attested(t.reader) in STANDS
    if mine and wording.own is not None:
        own = text_in(wording.own, t.locale)
        return own if "{attestation}" in own else own + "{attestation}"
    return text_in(wording.told, t.locale)


def said(t: Telling, template_: str) -> str:
    known: dict[str, str | None] = {}

    def value(name: str) -> str | None:
        if name not in known:
            known[name] = valued(t, name)
        return known[name]

    told = fill(template_, value, missing=part("unsaid", None, t.locale))
    someone = part("someone", None, t.locale)
    return told[0].upper() + told[1:] if told.startswith(someone) else told


def valued(t: Telling, name: str) -> str | None:
    if name in PIECES:
        return PIECES[name](t)
    if name == "decision":
        return decision(t)
    return PLACEHOLDERS[name](t)


def decision(t: Telling) -> str | None:
    """What was answered, in one clause; quotation marks within quotation marks change shape."""
    answered = t.read(t.entry.about)
    if answered is None:
        return part("hidden_words", None, t.locale)
    wording = wording_of(answered.type)
    if wording is None:
        return None
    about = Telling(answered, t.known, t.reader, t.locale)
    bare: Mapping[str, str] = dict.fromkeys(PIECES, "")

    def value(name: str) -> str | None:
        return bare[name] if name in bare else valued(about, name)

    told = fill(text_in(wording.told, t.locale), value, missing=part("unsaid", None, t.locale))
    return inner(told, t.language).rstrip(".")


def inner(text: str, language: str) -> str:
    if language == "fr":
        return text.replace("«\u00a0", "“").replace("\u00a0»", "”")
    return text.replace("“", "‘").replace("”", "’")


def masked(t: Telling, why: str) -> str:
    """The envelope in words: what kind of thing, by whom, with whom; and that its words stay away."""
    name = t.name(t.entry.author) or ""
    told = say("masked", None, t.locale, label=label(t.entry.type, t.locale), actor=name)
    rest = contributors_line(t) + attestation(t) + afterwards(t)
    return f"{told}{rest} {part(why, None, t.locale)}"
