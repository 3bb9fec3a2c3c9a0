"""Which texts a person is given, in which version, and how many lines each has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from services.portal.house import House

# other words are another version: what someone was told stays known
VERSION = "2026-11"
# WORDS.md: one screen each; the lines of each are `notices.<text>.1`, `.2`, …
LINES: Mapping[str, int] = {
    "welcome": 7,
    "nobody_reads_live": 3,
    "limits_of_confidentiality": 6,
    "showing_to_my_team": 4,
    "sharing_with_a_relative": 5,
    "summary_by_link": 4,
    "partner_systems": 4,
    "research": 4,
    "recorded_in_my_name": 4,
    "emergency_access": 5,
    "withdrawing_words": 4,
    "erasing_all": 4,
    "names_of_others": 4,
    "young_people": 5,
    "acting_for_someone": 4,
    "incident": 4,
    "leaving": 4,
    "shared_device": 4,
}
# before the first word, in this order
FIRST = ("welcome", "nobody_reads_live", "limits_of_confidentiality")
CHARTER = 7


def given(told: Iterable[Mapping[str, Any]]) -> Mapping[str, str]:
    """The texts that were given in today's version, and when."""
    return {one["text"]: one["given"] for one in told if one["version"] == VERSION}


def next_of(told: Mapping[str, str]) -> str | None:
    """What is to be read next before the first word; None when all was."""
    return next((text for text in FIRST if text not in told), None)


def named_in(house: House) -> Mapping[str, str]:
    """Whom to ask and where to complain, by the country whose law holds (codes of sentences)."""
    country = "_fr" if house.country.startswith("FR") else ""
    return {name: f"notices.{name}{country}" for name in ("officer", "recourse", "outside")}
