"""One entry about to be said: to whom, in which language, and what is known around it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import reduce
from typing import Any
from uuid import UUID

from services.reporting.api.saying.wording import day_said, maybe_part, part, say
from services.reporting.domain.entry import Entry
from services.reporting.domain.known import Known, Said


@dataclass(frozen=True, slots=True)
class Telling:
    entry: Entry
    known: Known
    reader: UUID
    locale: str

    @property
    def language(self) -> str:
        """French or English, whatever the country: what people wrote is kept in both at most."""
        return self.locale.partition("-")[0]

    @property
    def body(self) -> Any:
        return self.entry.body

    @property
    def is_hers(self) -> bool:
        """The reader is the person whom the entry is about."""
        return self.reader == self.entry.subject

    # ── people and places ────────────────────────────────────────────────────────────────────

    def name(self, party: UUID | str | None) -> str | None:
        """A name, never an id: whoever has none here is said to have none."""
        if party is None:
            return None
        found = self.known.names.get(as_id(party))
        return found or part("someone", None, self.locale)

    def you_or_name(self, party: UUID) -> str | None:
        return part("you", None, self.locale) if party == self.reader else self.name(party)

    def place(self, site: UUID | str | None) -> str | None:
        return None if site is None else self.known.names.get(as_id(site))

    # ── words ────────────────────────────────────────────────────────────────────────────────

    def theme(self, theme: str | None) -> str | None:
        if theme is None:
            return None
        found = self.known.theme(theme, self.entry, self.language)
        return found or part("some_theme", None, self.locale)

    def thing(self, key: str) -> str | None:
        """What the thing named in the body was called when this happened."""
        found = self.body.get(key)
        return None if found is None else self.called(as_id(found))

    def called(self, thing: UUID) -> str:
        known = self.known.things.get(thing)
        return self.words_of(known.at(self.entry) if known else None)

    def called_if_told(self, thing: UUID) -> str | None:
        """The same, or None for what nobody had told here by then: nothing of it was erased."""
        known = self.known.things.get(thing)
        said = known.at(self.entry) if known else None
        return None if said is None else self.words_of(said)

    def words_of(self, said: Said | None) -> str:
        if said is not None and said.entry in self.known.hidden:
            return part("hidden_words", None, self.locale)
        if said is None or said.words is None:
            return part("erased_words", None, self.locale)
        return said.words

    def quoted(self, words: str | None) -> str | None:
        """Someone's words in quotation marks; what is kept from the reader is nobody's words."""
        kept = (part(why, None, self.locale) for why in ("hidden_words", "erased_words"))
        if words is None or words in kept:
            return words
        return say("quoted", None, self.locale, words=words)

    def named_entry(self, key: str = "entry") -> Entry | None:
        """The entry that this one answers or ends."""
        found = self.entry.about if key == "entry" else self.body.get(key)
        return None if found is None else self.known.entries.get(as_id(found))

    def read(self, entry: UUID | None) -> Entry | None:
        """Another entry, where it can be read and is shown to this reader."""
        found = None if entry is None else self.known.entries.get(entry)
        if found is None or not found.readable or found.id in self.known.hidden:
            return None
        return found

    # ── codes, lists, dates ──────────────────────────────────────────────────────────────────

    def code(self, section: str, code: str | None) -> str | None:
        """The words of a code; one without words is not said at all."""
        return None if code is None else maybe_part(section, code, self.locale)

    def listed(self, texts: Iterable[str | None]) -> str | None:
        """« a, b et c », or None when there is nothing."""
        return in_a_row(texts, self.locale)

    def day(self, when: date | datetime | str | None) -> str | None:
        """A day in words, in the organisation's zone."""
        moment = as_moment(when)
        return None if moment is None else day_in_words(moment, self.known.zone, self.locale)

    def hour(self, when: datetime | str | None) -> str | None:
        """A day with its hour: for what is announced, never for when someone used the tool."""
        moment = as_moment(when)
        if not isinstance(moment, datetime):
            return self.day(moment)
        local = moment.astimezone(self.known.zone)
        return say(
            "hour",
            None,
            self.locale,
            day=self.day(local) or "",
            hour=str(local.hour),
            minute=f"{local.minute:02}",
        )


def as_id(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def as_moment(value: date | datetime | str | None) -> date | datetime | None:
    """Bodies hold JSON: days and instants as text."""
    if value is None or not isinstance(value, str):
        return value
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


def in_a_row(texts: Iterable[str | None], locale: str) -> str | None:
    """« a, b et c », or None when there is nothing; « a et b ; c » where one of them has its « et »."""
    said = [text for text in texts if text]
    if not said:
        return None
    *first, last = said
    joint = f" {part('and', None, locale)} "
    opening = part("quoted", None, locale)[0]
    if first and any(joint in text and not text.startswith(opening) for text in said):
        return reduce(
            lambda before, after: say("apart", None, locale, before=before, after=after), said
        )
    return joint.join([", ".join(first), last]) if first else last


def day_in_words(moment: date | datetime, zone: tzinfo, locale: str) -> str:
    """A day as it is said, in the organisation's zone."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(zone).date()
    return day_said(moment, locale)
