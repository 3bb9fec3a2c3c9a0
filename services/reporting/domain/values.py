"""What stands behind each placeholder of a sentence: one line a word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from services.reporting.domain.known import answer_id, view_id
from services.reporting.domain.telling import Telling
from services.reporting.domain.wording import part

Placeholder = Callable[[Telling], str | None]
# placeholders that hold someone's name: none may follow « de », « que » or « le »
NAMES = frozenset(
    {
        "actor", "recorder", "person", "party", "practitioner", "representative", "auditor",
        "audience", "responsible", "led_by", "contributors", "everyone", "alter", "old_alter",
        "other_alter", "alters", "reviewer", "contributor",
    }
)  # fmt: skip


def text(key: str) -> Placeholder:
    def found(t: Telling) -> str | None:
        value = t.body.get(key)
        return None if value is None else str(value)

    return found


def code(section: str, key: str) -> Placeholder:
    return lambda t: t.code(section, t.body.get(key))


def flag(section: str, key: str) -> Placeholder:
    return lambda t: t.code(section, str(bool(t.body.get(key))).lower())


def codes(section: str, key: str) -> Placeholder:
    return lambda t: t.listed(t.code(section, one) for one in t.body.get(key) or ())


def person(key: str) -> Placeholder:
    return lambda t: t.name(t.body.get(key))


def place(key: str) -> Placeholder:
    return lambda t: t.place(t.body.get(key))


def day(key: str) -> Placeholder:
    return lambda t: t.day(t.body.get(key))


def things(key: str) -> Placeholder:
    return lambda t: t.listed(t.called(UUID(one)) for one in t.body.get(key) or ())


def themes(key: str) -> Placeholder:
    return lambda t: t.listed(
        t.theme(one["theme"] if isinstance(one, dict) else one) for one in t.body.get(key) or ()
    )


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
        found.append(part("audience", "my_team", t.language))
    return t.listed([*found, t.code("audience", t.body.get("category"))]) or ended_audience(t)


def ended_audience(t: Telling) -> str | None:
    """An end that names nobody ends it for all whom the sharing reached."""
    begun = t.named_entry("sharing") or t.named_entry("summary")
    if begun is None or begun.id == t.entry.id:
        return None
    return audience(Telling(begun, t.known, t.reader, t.language))


def scope(t: Telling) -> str | None:
    """Which part of the record; every service says it under a name of its own."""
    for key in ("scope", "tabs", "parts"):
        given = t.body.get(key)
        if isinstance(given, str):
            return t.code("scope", given) or part("scope_unknown", None, t.language)
        if given:
            return t.listed(t.code("tab", one) or t.code("represented", one) for one in given)
    return None


def together_with(t: Telling) -> str | None:
    return t.name(t.body.get("with_party"))


def everyone(t: Telling) -> str | None:
    """All who took part, the author too: for what is told of a meeting."""
    return t.listed(dict.fromkeys(t.name(c.party) for c in t.entry.contributors))


def moved_by(t: Telling) -> str | None:
    """The words from which a change came."""
    for cause in t.entry.because_of:
        known = t.read(cause)
        said = known and (known.body.get("words") or known.body.get("comment"))
        if said:
            return str(said)
    return None


def corrected_date(t: Telling) -> str | None:
    answered = t.named_entry() or t.named_entry("access")
    return t.day(answered.occurred_at) if answered else None


def asked_right(t: Telling) -> str | None:
    asked = t.named_entry("request")
    own: str | None = t.body.get("right")
    return t.code("right", own or (asked.body.get("right") if asked else None))


def lines(t: Telling) -> str | None:
    found = t.body.get("lines") or ()
    return "; ".join(line[t.language] for line in found) or None


def means(t: Telling) -> str | None:
    return t.listed(t.body.get("means") or ())


PLACEHOLDERS: Mapping[str, Placeholder] = {
    "actor": lambda t: t.name(t.entry.author),
    "recorder": lambda t: t.name(t.entry.actor),
    "person": lambda t: t.you_or_name(t.entry.subject),
    "party": lambda t: t.name(t.entry.stream),
    "practitioner": person("party"),
    "representative": person("party"),
    "auditor": person("auditor"),
    "responsible": person("responsible"),
    "led_by": person("led_by"),
    "audience": audience,
    "contributors": together_with,
    "everyone": everyone,
    "reviewer": lambda t: part("reviewer", None, t.language),
    "role": code("role", "role"),
    "site": lambda t: t.place(t.body.get("site") or t.entry.site),
    "programme": place("programme"),
    "name": text("name"),
    "title": lambda t: t.body.get("title") or t.body.get(t.language),
    "theme": lambda t: t.theme(t.body.get("theme")),
    "sphere": lambda t: t.theme(t.body.get("sphere")),
    "themes": themes("themes"),
    "only_themes": themes("only_themes"),
    "except_themes": themes("except_themes"),
    "left_out": themes("left_out"),
    "about": about,
    "words": words,
    "old_words": old_words,
    "value": text("value"),
    "old_value": old_value,
    "goal": goal,
    "goals": things("goals"),
    "action": lambda t: t.thing("action"),
    "levels": lambda t: "; ".join(t.body.get("levels") or ()) or None,
    "alter": lambda t: t.body.get("name") or t.thing("tie") or t.thing("one"),
    "old_alter": old_words,
    "other_alter": lambda t: t.thing("other"),
    "alters": things("ties"),
    "except_ties": things("except_ties"),
    "quality": text("quality"),
    "closeness": text("closeness"),
    "often": text("often"),
    "means": means,
    "received": codes("support", "received"),
    "given": codes("support", "given"),
    "what": text("what"),
    "moved_by": moved_by,
    "skip_reason": code("skip_reason", "choice"),
    "judgement": code("judgement", "judgement"),
    "expected": code("expected", "expected"),
    "outcome": code("outcome", "outcome"),
    "right": asked_right,
    "recourse": text("recourse"),
    "purpose": lambda t: t.code("purpose", t.body.get("purpose")) or text("purpose")(t),
    "legal_basis": text("legal_basis"),
    "reason_given": text("reason"),
    "scope": scope,
    "form": code("form", "form"),
    "text": code("notice", "text"),
    "first": code("first", "first"),
    "pace": text("pace"),
    "lines": lines,
    "delay": lambda t: t.body.get(t.language),
    "version": lambda t: text("version")(t) or text("edition")(t),
    "edition": text("edition"),
    "lowest": text("lowest"),
    "highest": text("highest"),
    "answered": text("answered"),
    "words_allowed": flag("words_allowed", "words_allowed"),
    "date": lambda t: t.day(t.entry.occurred_at),
    "since": day("since"),
    "until": lambda t: t.hour(t.body["expires"]) if "expires" in t.body else day("until")(t),
    "due": day("due"),
    "begins": day("begins"),
    "starts": day("starts"),
    "ends": day("ends"),
    "next_review": day("next_review"),
    "corrected_date": corrected_date,
}
