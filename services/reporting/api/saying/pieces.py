"""The pieces that a sentence may end with: who else took part, how it is attested, why, after what.

Each brings its own space and full stop, and is empty when it does not apply.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from services.reporting.api.saying.telling import Telling, as_id
from services.reporting.api.saying.values import moved_by
from services.reporting.api.saying.wording import maybe_part, part, say
from shared.kernel import Contributor

Piece = Callable[[Telling], str]


def after(text: str | None) -> str:
    return f" {text}" if text else ""


def quoted(section: str, words: str | None, t: Telling) -> str:
    """A part around someone's words."""
    return after(say(section, None, t.language, words=words)) if words else ""


def comment(t: Telling) -> str:
    return quoted("comment", t.body.get("comment"), t)


def reason(t: Telling) -> str:
    return quoted("reason", t.body.get("reason"), t)


def because_of(t: Telling) -> str:
    return quoted("because_of", moved_by(t), t)


def setting(t: Telling) -> str:
    return maybe_part("setting", t.entry.setting, t.language) or ""


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
        t.language,
        name=t.you_or_name(party) or "",
        role=part("role", found[0].role, t.language),
        part=t.listed(part("part", c.part, t.language) for c in found) or "",
    )


def contribution(t: Telling, contributor: Contributor) -> str:
    """One contributor in full: role, part, the knowledge they say they brought, how they stand."""
    stands_ = say(
        "attestation_word",
        t.entry.attestation_of(contributor),
        t.language,
        recorder=recorder(t),
    )
    known = t.listed(part("knowledge", one_, t.language) for one_ in contributor.knowledge)
    return say(
        "contributor_whole",
        None,
        t.language,
        name=t.name(contributor.party) or "",
        role=part("role", contributor.role, t.language),
        part=part("part", contributor.part, t.language),
        knowledge=known or "",
        attestation=stands_,
    )


def contributors_line(t: Telling) -> str:
    named = others(t)
    return after(say("contributors_line", None, t.language, contributors=named)) if named else ""


def with_contributors(t: Telling) -> str:
    """« avec … », for whom a view was talked over with."""
    cause = [t.known.entries[c] for c in t.entry.because_of if c in t.known.entries]
    parties = [c.party for c in t.entry.contributors] + [c.author for c in cause]
    named = t.listed(dict.fromkeys(t.you_or_name(p) for p in parties if p != t.entry.author))
    return say("with_contributors", None, t.language, contributors=named) if named else ""


def attestation(t: Telling) -> str:
    """How those named stand behind it now; nothing where everyone signed in and did it."""
    found: dict[str, None] = {}
    if t.entry.is_decision or t.entry.answers:
        for party in dict.fromkeys(c.party for c in t.entry.contributors):
            found |= dict.fromkeys(clauses(stands(t, party)))
    if not found and t.entry.actor != t.entry.author:
        found[say("recorded_by", None, t.language, recorder=recorder(t))] = None
    return after(" ".join(found))


def stands(t: Telling, party: UUID) -> str:
    attested = t.entry.attested(party) or "own"
    if attested == "own":
        return ""
    said = t.entry.said_by(party)
    mine = party == t.reader
    return say(
        "attestation_of_yours" if mine else "attestation",
        attested,
        t.language,
        recorder=recorder(t),
        contributor=t.name(party) or "",
        date=(t.day(said.occurred_at) or "") if said else "",
    )


def recorder(t: Telling) -> str:
    return t.you_or_name(t.entry.actor) or ""


def clauses(text: str) -> Iterable[str]:
    """Its sentences, so that « Noté par … » stands once however many have not answered."""
    return [f"{s.rstrip('.')}." for s in text.split(". ") if s]


def as_seen_by(t: Telling) -> str:
    """Whose eyes: nothing for her own, said where someone else rates, or noted her answer."""
    if t.entry.author != t.entry.subject:
        return part("as_seen_by", "other_view", t.language)
    if t.entry.actor != t.entry.author:
        person = t.you_or_name(t.entry.subject) or ""
        return say("as_seen_by", "self_recorded_by_other", t.language, person=person)
    return ""


def stood_in_the_way(t: Telling) -> str:
    found = t.body.get("stood_in_the_way")
    logic = t.code("logic", found["logic"]) if found else None
    if not logic:
        return ""
    if not found.get("words"):
        return after(say("stood_in_the_way_unsaid", None, t.language, logic=logic))
    return after(say("stood_in_the_way", None, t.language, reason=found["words"], logic=logic))


def thanks_to(t: Telling) -> str:
    named = t.listed(t.code("thanks", one) for one in t.body.get("thanks_to") or ())
    return after(say("thanks_to", None, t.language, sources=named)) if named else ""


def grown_from(t: Telling) -> str:
    named = t.listed(source(t, one) for one in t.body.get("grown_from") or ())
    return after(say("grown_from", None, t.language, sources=named)) if named else ""


def source(t: Telling, told: str) -> str | None:
    """`star:<theme>`, `strength:<id>` … in words, as it was called when the goal was proposed."""
    kind, _, key = told.partition(":")
    if t.code("source", kind) is None:
        return None
    named = kind in ("strength", "aspiration", "tie")
    words = t.called(as_id(key)) if named else t.theme(key)
    return say("source", kind, t.language, words=words or "")


def people_took_part(t: Telling) -> str:
    return after(t.code("people_took_part", str(bool(t.body.get("people_took_part"))).lower()))


def device(t: Telling) -> str:
    return after(t.code("device", t.body.get("device")))


def recorded_later(t: Telling) -> str:
    """When it was written down on another day than it happened."""
    occurred, recorded = t.day(t.entry.occurred_at), t.day(t.entry.recorded_at)
    if occurred == recorded or occurred is None or recorded is None:
        return ""
    return after(say("recorded_later", None, t.language, occurred=occurred, recorded=recorded))


PIECES: Mapping[str, Piece] = {
    "comment": comment,
    "reason": reason,
    "because_of": because_of,
    "setting": setting,
    "contributors_line": contributors_line,
    "with_contributors": with_contributors,
    "attestation": attestation,
    "as_seen_by": as_seen_by,
    "stood_in_the_way": stood_in_the_way,
    "thanks_to": thanks_to,
    "grown_from": grown_from,
    "people_took_part": people_took_part,
    "device": device,
}
