"""Who reads: whose eyes, in which capacity, and the limits that come with it."""

from __future__ import annotations

from dataclasses import dataclass

import shared.access.eyes
from shared.access.scopes import ONLY_THEIRS

REVIEWING = frozenset({"auditor", "privacy_officer"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Eyes(shared.access.eyes.Eyes):
    """`tabs` limit what is seen (none: no limit), `closed` are those she has shut to this party."""

    tabs: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    words_allowed: bool = False

    @property
    def only_theirs(self) -> bool:
        """Whoever represents or assists her reads no more than what falls to them."""
        return self.kind in ONLY_THEIRS

    @property
    def told_hours(self) -> bool:
        """At what hour she wrote is hers to know; the privacy officer answers for the log."""
        return self.hers or self.kind == "privacy_officer"

    @property
    def reviewing(self) -> bool:
        """Those who look at how things are done: an auditor, the privacy officer."""
        return self.kind in REVIEWING

    def may_open(self, tab: str) -> bool:
        """Whether nothing said beforehand keeps this tab from these eyes."""
        return tab not in self.closed and (not self.tabs or tab in self.tabs)
