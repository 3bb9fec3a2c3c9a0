"""Who took part, and how each stands behind an entry now."""

from __future__ import annotations

from uuid import UUID

from services.reporting.api.saying.telling import Telling
from services.reporting.api.saying.wording import part, say
from shared.kernel import Contributor


def after(text: str | None) -> str:
    return f" {text}" if text else ""


def others(t: Telling) -> str:
    """Who else took part, with role and parts; one line a party, however many parts."""
    parts: dict[UUID, list[Contributor]] = {}
    for contributor in t.entry.contributors:
        if contributor.party != t.entry.author:
            parts.setdefault(contributor.party, []).append(contributor)
    return t.listed(one(t, party, found) for party, found in parts.items()) or ""


def one(t: Telling, party: UUID, found: list[Contributor]) -> str:
    return say(
        "contributor",
        None,
        t.locale,
        name=t.you_or_name(party) or "",
        role=part("role", found[0].role, t.locale),
        part=t.listed(part("part", c.part, t.locale) for c in found) or "",
    )


def contribution(t: Telling, contributor: Contributor) -> str:
    """One contributor in full: role, part, the knowledge they say they brought, how they stand."""
    stands_ = say(
        "attestation_word",
        t.entry.attestation_of(contributor),
        t.locale,
        recorder=recorder(t),
    )
    known = t.listed(part("knowledge", one_, t.locale) for one_ in contributor.knowledge)
    return say(
        "contributor_whole",
        None,
        t.locale,
        name=t.name(contributor.party) or "",
        role=part("role", contributor.role, t.locale),
        part=part("part", contributor.part, t.locale),
        knowledge=known or "",
        attestation=stands_,
    )


def contributors_line(t: Telling) -> str:
    named = others(t)
    return after(say("contributors_line", None, t.locale, contributors=named)) if named else ""


def with_contributors(t: Telling) -> str:
    """« avec … », for whom a view was talked over with."""
    cause = [t.known.entries[c] for c in t.entry.because_of if c in t.known.entries]
    parties = [c.party for c in t.entry.contributors] + [c.author for c in cause]
    named = t.listed(dict.fromkeys(t.you_or_name(p) for p in parties if p != t.entry.author))
    return say("with_contributors", None, t.locale, contributors=named) if named else ""


def attestation(t: Telling) -> str:
    """How those named stand behind it now; nothing where everyone signed in and did it."""
    confirmed: list[str] = []
    waiting: list[str] = []
    if t.entry.is_decision or t.entry.answers:
        for party in dict.fromkeys(c.party for c in t.entry.contributors):
            stood = t.entry.attested(party) or "own"
            if stood != "own":
                (confirmed if stood == "confirmed" else waiting).append(stands(t, party, stood))
    if not confirmed and not waiting and t.entry.actor == t.entry.author:
        return ""
    # « Noté par … » stands once, with who confirmed, however many have not answered
    named = t.listed(confirmed) or ""
    noted = say("recorded_by", None, t.locale, recorder=recorder(t), confirmed=named)
    return after(" ".join((noted, *waiting)))


def stands(t: Telling, party: UUID, attested: str) -> str:
    """What one of them said of it since, or did not: part of « Noté par … » or after it."""
    said = t.entry.said_by(party)
    mine = party == t.reader
    told = say(
        "attestation_of_yours" if mine else "attestation",
        attested,
        t.locale,
        contributor=t.name(party) or "",
        date=(t.day(said.occurred_at) or "") if said else "",
    )
    return told[0].upper() + told[1:] if told.startswith(part("someone", None, t.locale)) else told


def recorder(t: Telling) -> str:
    return t.you_or_name(t.entry.actor) or ""
