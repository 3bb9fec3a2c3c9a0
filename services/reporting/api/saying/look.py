"""All that one person looked at on one day, in one sentence, with the reason for which they could."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from uuid import UUID

from services.reporting.api.saying.telling import day_in_words, in_a_row
from services.reporting.api.saying.wording import fill, maybe_part, part
from services.reporting.views.looking import Looks, Way

# how someone stood when looking → the relation or fact that let them in
LET_IN_BY: Mapping[str, str] = {
    "care": "care",
    "relative": "consent",
    "representative": "representation",
    "assistant": "representation",
    "emergency": "emergency",
    "auditor": "auditor",
}


def said_look(
    looks: Looks, ways: Sequence[Way], names: Mapping[UUID, str], zone: tzinfo, locale: str
) -> tuple[str, str]:
    """The sentence, and the reason alone."""
    why = reason(looks, ways, names, zone, locale)
    scopes = (
        maybe_part("scope", scope, locale) or part("scope_unknown", None, locale)
        for scope in looks.scopes
    )
    values = {
        "who": names.get(looks.party) or part("someone", None, locale),
        "what": in_a_row(dict.fromkeys(scopes), locale) or part("scope_unknown", None, locale),
        "day": day_in_words(looks.day, zone, locale),
        "reason": why,
    }
    told = fill(part("look", "told", locale), values.get, missing="")
    return told[0].upper() + told[1:], why


def reason(
    looks: Looks, ways: Sequence[Way], names: Mapping[UUID, str], zone: tzinfo, locale: str
) -> str:
    """Since when they accompany her and where, the emergency in their words, the mandate, …"""
    way = way_of(looks, ways)
    template = maybe_part("look", looks.standing, locale) or part("look", "other", locale)
    values = {
        "site": names.get(way.site) if way and way.site else None,
        "since": day_in_words(way.since, zone, locale) if way else None,
        "words": way.words if way else None,
    }
    return fill(template, values.get, missing="").strip()


def way_of(looks: Looks, ways: Sequence[Way]) -> Way | None:
    """The latest that had begun when they first looked, of the kind that let them in."""
    kind = LET_IN_BY.get(looks.standing)
    found = [w for w in ways if (w.kind, w.party) == (kind, looks.party)]
    begun = [w for w in found if w.since <= looks.first <= w.until]
    return begun[-1] if begun else None
