"""What a reader may read of a person's trail: an entry whole, its envelope only, or nothing of it.

She reads all that is hers. Others read what she has shown them, and what they wrote or took part
in. An auditor and the privacy officer see that things happened, who took part and how it is
proved; her words, ratings and people stay private, unless the mandate allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID

from services.reporting.domain.entry import ANSWERS, Entry
from services.reporting.domain.eyes import Eyes
from services.reporting.domain.network_shown import Ties
from services.reporting.domain.plans_shown import Plans
from services.reporting.domain.sittings import (
    NETWORK,
    SHARING,
    STRENGTHS,
    Sharings,
    Sitting,
    set_by_hand,
)

OF_A_THEME = frozenset({"star", "rating", "theme"})


class Sight(Enum):
    WHOLE = "whole"
    ENVELOPE = "envelope"
    NOTHING = "nothing"


# how access is given and used is what a review looks at; none of these holds her own story
OPEN = frozenset(
    {
        "person_registered", "care_relation_started", "care_relation_ended",
        "representation_started", "representation_ended", "consent_given", "consent_withdrawn",
        "access_restricted", "access_restriction_lifted", "emergency_access_opened",
        "emergency_access_closed", "emergency_access_reviewed", "notice_given",
        "right_requested", "right_answered", "right_extended", "erasure_scheduled",
        "erasure_called_off", "erasure_begun", "erasure_certified", "person_erased", "record_read",
        "export_made",
        "copy_given", "summary_share_ended", "record_sent",
    }
)  # fmt: skip
# within those, what someone wrote; why an emergency access was opened must be answered for
WRITTEN = frozenset({"words", "reason", "comment"})
ANSWERED_FOR = frozenset({"emergency_access_opened", "emergency_access_reviewed", "right_answered"})
# what she keeps back is not told to those from whom she keeps it
KEPT_BACK = frozenset({"except_themes", "except_ties"})
LEFT_OUT = frozenset({"left_out"})
RESOURCES = frozenset(
    {
        "strength_named", "strength_reworded", "strength_set_aside",
        "aspiration_named", "aspiration_reworded", "aspiration_set_aside",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """Everything she has said on who sees what, folded from the entries that say it."""

    sittings: Mapping[UUID, Sitting] = field(default_factory=dict)
    tabs: Sharings = field(default_factory=Sharings)
    network: Ties = field(default_factory=Ties)
    plans: Plans = field(default_factory=Plans)
    resources: Mapping[UUID, Mapping[str, Any]] = field(default_factory=dict)
    entries: Mapping[UUID, Entry] = field(default_factory=dict)
    today: date | None = None

    @classmethod
    def told(cls, entries: Iterable[Entry], today: date | None = None) -> Shown:
        """From her entries in the order in which they were recorded, as it is on a day."""
        known = {entry.id: entry for entry in entries}
        shown = cls(entries=known, today=today)
        for entry in known.values():
            shown = shown.hear(entry)
        return shown

    def hear(self, entry: Entry) -> Shown:
        if entry.source == "network":
            return replace(self, network=self.network.hear(entry))
        if entry.source == "plans":
            return replace(self, plans=self.plans.hear(entry))
        if entry.source != "assessment":
            return self
        if entry.kind in RESOURCES:
            return replace(self, resources={**self.resources, entry.id: entry.body})
        sitting = self.sittings.get(entry.stream, Sitting()).hear(entry)
        tabs = self.tabs.hear(entry) if entry.kind in SHARING else self.tabs
        return replace(self, tabs=tabs, sittings={**self.sittings, entry.stream: sitting})

    def sight(self, entry: Entry, eyes: Eyes) -> Sight:
        if eyes.hers or entry.involves(eyes.party) or entry.subject == entry.tenant:
            return Sight.WHOLE
        if eyes.reviewing:
            whole = eyes.words_allowed or entry.kind in OPEN
            return Sight.WHOLE if whole else Sight.ENVELOPE
        return Sight.WHOLE if self.shows(entry, eyes) else Sight.NOTHING

    def shows(self, entry: Entry, eyes: Eyes) -> bool:
        """Whether she has shown these eyes this entry, or it names them."""
        if names(entry, eyes):
            return True
        if not entry.readable:
            return False  # nobody can tell any more whether she had shown it
        if entry.kind in ANSWERS:
            answered = self.entries.get(entry.about) if entry.about else None
            return answered is not None and self.sight(answered, eyes) is Sight.WHOLE
        match entry.source:
            case "assessment" if entry.kind in RESOURCES:
                return self.shows_resource(entry, eyes)
            case "assessment":
                sitting = self.sittings.get(entry.stream, Sitting())
                return eyes.may_open(sitting.tab) and sitting.shows(entry, eyes)
            case "network":
                return eyes.may_open(NETWORK) and self.shows_tie(entry, eyes)
            case "plans":
                return self.plans.shows(entry, eyes)
            case _:
                return False

    def shows_resource(self, entry: Entry, eyes: Eyes) -> bool:
        named = entry.body.get("strength") or entry.body.get("aspiration")
        item = self.resources.get(UUID(named), {}) if named else entry.body
        shown = eyes.may_open(STRENGTHS) and self.tab_shown(STRENGTHS, eyes)
        return set_by_hand(item, eyes, tab_shows=shown)

    def shows_tie(self, entry: Entry, eyes: Eyes) -> bool:
        word = self.network.deciding(eyes)
        if word is None or word.shows is None or self.is_over(word.shows.get("until")):
            return False
        return self.network.shows(entry, eyes, word)

    def trimmed(self, entry: Entry, eyes: Eyes) -> Entry:
        """The entry without what is not for these eyes; whole for her and who took part."""
        if eyes.hers or eyes.words_allowed or entry.involves(eyes.party):
            return entry
        hidden = KEPT_BACK if eyes.team else KEPT_BACK | LEFT_OUT
        audited = eyes.kind == "auditor" and entry.kind not in ANSWERED_FOR
        # why she keeps someone away is hers to say, to whom she wishes
        if audited or entry.kind == "access_restricted":
            hidden = hidden | WRITTEN
        body = {key: value for key, value in entry.body.items() if key not in hidden}
        if isinstance(body.get("audience"), list):
            # who else is shown something is not told
            body["audience"] = [one for one in body["audience"] if one == str(eyes.party)]
        if "grown_from" in body:
            body["grown_from"] = [one for one in body["grown_from"] if self.tells(one, eyes)]
        return replace(entry, body=body)

    def tells(self, source: str, eyes: Eyes) -> bool:
        """Whether what a goal grew from may be named: a theme only where she shows it."""
        kind, _, theme = source.partition(":")
        return kind not in OF_A_THEME or any(
            sitting.shows_any(theme, eyes) for sitting in self.sittings.values()
        )

    def tab_shown(self, tab: str, eyes: Eyes) -> bool:
        """About the person as a whole, the latest word over all her assessments decides."""
        return self.tabs.deciding(eyes, tab) is not None

    def is_over(self, until: str | None) -> bool:
        return until is not None and self.today is not None and until < self.today.isoformat()


def names(entry: Entry, eyes: Eyes) -> bool:
    """Whether the entry is about this party: shown to them, kept from them, entrusted to them."""
    if entry.kind == "record_read" or "visibility" in entry.body:
        return False
    told = entry.body
    # whom she wants to be together with is named, and not yet shown anything
    named = [told.get(key) for key in ("party", "audience", "responsible", "led_by")]
    listed = [one for given in named for one in (given if isinstance(given, list) else [given])]
    return str(eyes.party) in listed or (eyes.team and bool(told.get("my_team")))
