"""What the teller remembers of a life so far: which id each thing that was told has got."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Life:
    """One person's: her assessments by catalogue, plan, goals by key, and every entry by name.

    `entries` holds event ids by what the cast calls them (a key, `star:travail`, a phrase);
    `homes` the address below which each entry is answered; `themes` those a goal grew from.
    """

    assessments: dict[str, str] = field(default_factory=dict)
    plan: str | None = None
    version: int = 0
    ids: dict[str, str] = field(default_factory=dict)
    entries: dict[str, str] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    themes: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def number(self, kind: str) -> int:
        """1 for the first of its kind in this life, then 2: ids that never change follow."""
        self.counts[kind] += 1
        return self.counts[kind]

    def remember(self, names: Sequence[str], answer: Mapping[str, Any], home: str) -> None:
        if "/plans/" in home:
            self.version = answer.get("version", self.version)
        for entry in answer.get("entries", ()):
            self.homes[entry] = home
            for name in names:
                self.entries[name] = entry

    def because(self, names: Sequence[str]) -> list[str]:
        """The entries of these names, as far as they were told."""
        return list(dict.fromkeys(self.entries[name] for name in names if name in self.entries))

    def first(self, *names: str) -> tuple[str, ...]:
        """The first of these names that was told, if one was."""
        return tuple(name for name in names if name in self.entries)[:1]
