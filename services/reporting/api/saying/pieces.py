"""The pieces that a sentence may end with: who else took part, how it is attested, why, after what.

Each brings its own space and full stop, and is empty when it does not apply.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from services.reporting.api.saying.taking_part import (
    after,
    attestation,
    contributors_line,
    with_contributors,
)
from services.reporting.api.saying.telling import Telling, as_id
from services.reporting.api.saying.values import moved_by
from services.reporting.api.saying.wording import maybe_part, part, say
from shared.kernel import FILES

Piece = Callable[[Telling], str]
NAMED_BY_ID = frozenset({"strength", "aspiration", "tie"})


def quoted(section: str, words: str | None, t: Telling) -> str:
    """A part around someone's words."""
    return after(say(section, None, t.locale, words=words)) if words else ""


def comment(t: Telling) -> str:
    return quoted("comment", t.body.get("comment"), t)


def reason(t: Telling) -> str:
    return quoted("reason", t.body.get("reason"), t)


def because_of(t: Telling) -> str:
    return quoted("because_of", moved_by(t), t)


def setting(t: Telling) -> str:
    return maybe_part("setting", t.entry.setting, t.locale) or ""


def as_seen_by(t: Telling) -> str:
    """Whose eyes: nothing for her own, said where someone else rates, or noted her answer for her."""
    if t.entry.author != t.entry.subject:
        return part("as_seen_by", "other_view", t.locale)
    if t.entry.actor != t.entry.author and t.reader not in (t.entry.actor, t.entry.author):
        # whoever gave it, or noted it, reads in « Noté par … » all that this would say
        person = t.you_or_name(t.entry.subject) or ""
        return say("as_seen_by", "self_recorded_by_other", t.locale, person=person)
    return ""


def stood_in_the_way(t: Telling) -> str:
    found = t.body.get("stood_in_the_way")
    logic = t.code("logic", found["logic"]) if found else None
    if not logic:
        return ""
    if not found.get("words"):
        return after(say("stood_in_the_way_unsaid", None, t.locale, logic=logic))
    return after(say("stood_in_the_way", None, t.locale, reason=found["words"], logic=logic))


def thanks_to(t: Telling) -> str:
    named = t.listed(t.quoted(t.code("thanks", one)) for one in t.body.get("thanks_to") or ())
    return after(say("thanks_to", None, t.locale, sources=named)) if named else ""


def grown_from(t: Telling) -> str:
    named = t.listed(source(t, one) for one in t.body.get("grown_from") or ())
    return after(say("grown_from", None, t.locale, sources=named)) if named else ""


def source(t: Telling, told: str) -> str | None:
    """`star:<theme>`, `strength:<id>` … in words, as it was called when the goal was proposed."""
    kind, _, key = told.partition(":")
    if t.code("source", kind) is None:
        return None
    if kind not in NAMED_BY_ID:
        return say("source", kind, t.locale, words=t.theme(key) or "")
    words = t.called_if_told(as_id(key))
    if words is None:
        return part("some_source", kind, t.locale)
    named = (t.quoted(words) or "") if kind == "tie" else words
    return say("source", kind, t.locale, words=named)


def people_took_part(t: Telling) -> str:
    return after(t.code("people_took_part", str(bool(t.body.get("people_took_part"))).lower()))


def device(t: Telling) -> str:
    return after(t.code("device", t.body.get("device")))


def from_files(t: Telling) -> str:
    """Who noted it read it in the organisation's own files; nobody told it them."""
    return after(part("from_files", None, t.locale)) if t.entry.setting == FILES else ""


def recorded_later(t: Telling) -> str:
    """When it was written down on another day than it happened."""
    occurred, recorded = t.day(t.entry.occurred_at), t.day(t.entry.recorded_at)
    if occurred == recorded or occurred is None or recorded is None:
        return ""
    return after(say("recorded_later", None, t.locale, occurred=occurred, recorded=recorded))


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
