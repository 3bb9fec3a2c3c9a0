"""Values of a sentence that must be worked out from what is known around the entry."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from services.reporting.api.saying.telling import Telling
from services.reporting.api.saying.wording import part
from services.reporting.domain.known import answer_id, view_id

EXCHANGES = frozenset(
    {
        "theme_discussed",
        "discussion_put_off",
        "goal_discussed",
        "tie_discussed",
        "sharing_meeting_held",
    }
)

SHARED = frozenset({"assessment_shared", "network_shared"})


def words(t: Telling) -> str | None:
    """Words of the entry itself, else of the strength or aspiration it is about."""
    own = t.body.get("words")
    if own is not None:
        return str(own)
    return t.thing("strength") or t.thing("aspiration")


def old_words(t: Telling) -> str | None:
    answered = t.read(t.entry.about)
    if answered is not None:
        said = answered.body.get("words") or answered.body.get("comment")
        return None if said is None else str(said)
    for key in ("strength", "aspiration", "goal", "tie"):
        if key in t.body:
            return worded_before(t, UUID(t.body[key]))
    return None


def worded_before(t: Telling, thing: UUID) -> str | None:
    known = t.known.things.get(thing)
    before = known.before(t.entry) if known else None
    return t.words_of(before) if before else None


def old_value(t: Telling) -> str | None:
    """What this party had put before; its own view for a view, her answer for an answer."""
    if "theme" not in t.body or t.body.get("value") is None:
        return None
    thing = view_id if t.entry.kind.startswith("view") else None
    stream, theme = t.entry.stream, t.body["theme"]
    key = thing(stream, theme, t.entry.author) if thing else answer_id(stream, theme)
    known = t.known.things.get(key)
    before = known.before(t.entry) if known else None
    if before is None or before.value is None or t.read(before.entry) is None:
        return None
    return str(before.value)


def put_again_after_talking(t: Telling) -> bool:
    """Whether she had answered this before, and answers anew because of what an exchange said."""
    theme = t.body.get("theme")
    known = t.known.things.get(answer_id(t.entry.stream, theme)) if theme else None
    return known is not None and known.before(t.entry) is not None and moved_by(t) is not None


def goal(t: Telling) -> str | None:
    """The goal in the words that stood then; those agreed to, where the entry says which."""
    goal_ = t.body.get("goal")
    thing = None if goal_ is None else t.known.things.get(UUID(goal_))
    wording = t.body.get("wording")
    if thing is not None and wording is not None:
        agreed = next((s for s in thing.said if s.entry == UUID(wording)), None)
        return t.words_of(agreed)
    return t.thing("goal")


def about(t: Telling) -> str | None:
    return t.theme(t.body.get("theme")) or goal(t) or t.theme(t.body.get("about"))


def audience(t: Telling) -> str | None:
    """Whom something is shown to: parties by name, a category or the team in words."""
    named = t.body.get("audience")
    parties = [named] if isinstance(named, str) else list(named or ())
    found = [t.name(party) for party in parties]
    if t.body.get("my_team"):
        found.append(part("audience", "my_team", t.locale))
    if t.body.get("for_whom"):  # someone who has no sign-in here, in her words
        found.append(t.quoted(t.body["for_whom"]))
    told = t.listed([*found, t.code("audience", t.body.get("category"))])
    told = told or ended_audience(t)
    if told is None and isinstance(named, list) and t.entry.kind in SHARED:
        return part("other_people", None, t.locale)  # all of them are kept from this reader
    return told


def ended_audience(t: Telling) -> str | None:
    """An end that names nobody ends it for all whom the sharing reached."""
    begun = t.named_entry("sharing") or t.named_entry("share")
    if begun is None or begun.id == t.entry.id:
        return None
    return audience(Telling(begun, t.known, t.reader, t.locale))


def by_link(t: Telling) -> str | None:
    """That it was opened with a link and its code, by whoever had both."""
    unnamed = t.body.get("share") is not None and t.body.get("audience") is None
    return part("by_link", None, t.locale) if unnamed else None


def link_closed(t: Telling) -> str | None:
    return part("link_closed", None, t.locale) if t.body.get("closed") else None


def scope(t: Telling) -> str | None:
    """Which part of the record; every service says it under a name of its own."""
    for key in ("scope", "tabs", "parts"):
        given = t.body.get(key)
        if isinstance(given, str):
            return t.code("scope", given) or part("scope_unknown", None, t.locale)
        if given:
            return t.listed(t.code("tab", one) or t.code("represented", one) for one in given)
    return None


def tie_visibility(t: Telling) -> str | None:
    """To whom a tie is shown: « vous » to her whose it is."""
    chosen = t.body.get("visibility")
    return t.code("tie_visibility", "hers" if chosen == "just_me" and t.is_hers else chosen)


def together_with(t: Telling) -> str | None:
    return t.name(t.body.get("with_party"))


def everyone(t: Telling) -> str | None:
    """All who took part, the author too: for what is told of a meeting."""
    return t.listed(dict.fromkeys(t.you_or_name(c.party) for c in t.entry.contributors))


def what_it_is(t: Telling) -> str | None:
    """« cette décision » where the entry that is answered is one."""
    answered = t.named_entry()
    decided = answered is not None and answered.is_decision
    return part("this_decision" if decided else "this_entry", None, t.locale)


def moved_by(t: Telling) -> str | None:
    """The words of an exchange from which a change came; other causes are no exchange."""
    for cause in t.entry.because_of:
        known = t.read(cause)
        if known is not None and known.kind in EXCHANGES and known.body.get("words"):
            return str(known.body["words"])
    return None


def corrected_date(t: Telling) -> str | None:
    answered = t.named_entry() or t.named_entry("access")
    return t.day(answered.occurred_at) if answered else None


def looked(t: Telling) -> str | None:
    """The day of the look that a request is about."""
    look = t.named_entry("about")
    return t.day(look.occurred_at) if look and look.kind == "record_read" else None


def asked_right(t: Telling) -> str | None:
    asked = t.named_entry("request")
    own: str | None = t.body.get("right")
    return t.code("right", own or (asked.body.get("right") if asked else None))


def lines(t: Telling) -> str | None:
    found = t.body.get("lines") or ()
    return ", ".join(line[t.language] for line in found) or None


def purpose(t: Telling) -> str | None:
    """One of the purposes that the house knows, else in the words of whoever said it."""
    told = t.body.get("purpose")
    if told is None:
        return None
    return t.code("purpose", told) or t.quoted(str(told))


def quoted_all(key: str) -> Callable[[Telling], str | None]:
    """Several of someone's words, each in quotation marks."""
    return lambda t: t.listed(t.quoted(one) for one in t.body.get(key) or ())
