"""What stands behind each placeholder of a sentence: one line a word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from services.reporting.api.saying import values
from services.reporting.api.saying.telling import Telling
from services.reporting.api.saying.wording import part

Placeholder = Callable[[Telling], str | None]
# placeholders that hold someone's name: none may follow « de », « que » or « le »
NAMES = frozenset(
    {
        "actor", "recorder", "person", "party", "practitioner", "representative", "auditor",
        "audience", "partner", "responsible", "led_by", "contributors", "everyone", "alter", "old_alter",
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


def you_or(key: str) -> Placeholder:
    """The same, said as « vous » to that person."""
    return lambda t: t.you_or_name(UUID(t.body[key])) if t.body.get(key) else None


def place(key: str) -> Placeholder:
    return lambda t: t.place(t.body.get(key))


def day(key: str) -> Placeholder:
    return lambda t: t.day(t.body.get(key))


def things(key: str) -> Placeholder:
    return lambda t: t.listed(t.called(UUID(one)) for one in t.body.get(key) or ())


def on_her_map(found: Placeholder) -> Placeholder:
    """What she calls someone on her map is a word of hers: in quotation marks, if it may be read."""
    return lambda t: t.quoted(found(t))


def those_on_her_map(key: str) -> Placeholder:
    return lambda t: t.listed(t.quoted(t.called(UUID(one))) for one in t.body.get(key) or ())


def themes(key: str) -> Placeholder:
    return lambda t: t.listed(
        t.quoted(t.theme(one["theme"] if isinstance(one, dict) else one))
        for one in t.body.get(key) or ()
    )


PLACEHOLDERS: Mapping[str, Placeholder] = {
    "actor": lambda t: t.name(t.entry.author),
    "recorder": lambda t: t.name(t.entry.actor),
    "person": lambda t: t.you_or_name(t.entry.subject),
    "party": lambda t: t.name(t.entry.stream),
    "practitioner": person("party"),
    "representative": person("party"),
    "auditor": person("auditor"),
    "partner": person("partner"),
    "responsible": you_or("responsible"),
    "led_by": person("led_by"),
    "audience": values.audience,
    "contributors": values.together_with,
    "everyone": values.everyone,
    "reviewer": lambda t: part("reviewer", None, t.locale),
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
    "about": values.about,
    "words": values.words,
    "old_words": values.old_words,
    "value": text("value"),
    "old_value": values.old_value,
    "goal": values.goal,
    "goals": things("goals"),
    "action": lambda t: t.thing("action"),
    "levels": values.quoted_all("levels"),
    "alter": on_her_map(lambda t: t.body.get("name") or t.thing("tie") or t.thing("one")),
    "old_alter": on_her_map(values.old_words),
    "other_alter": on_her_map(lambda t: t.thing("other")),
    "alters": those_on_her_map("ties"),
    "except_ties": those_on_her_map("except_ties"),
    "quality": text("quality"),
    "closeness": text("closeness"),
    "line": code("line", "line"),
    "circle": lambda t: t.code(
        "circle", None if t.body.get("circle") is None else str(t.body["circle"])
    ),
    "relation": text("relation"),
    "tie_visibility": values.tie_visibility,
    "often": text("often"),
    "means": values.quoted_all("means"),
    "summary_means": code("summary_means", "means"),
    "by_link": values.by_link,
    "link_closed": values.link_closed,
    "received": codes("support", "received"),
    "given": codes("support", "given"),
    "what": text("what"),
    "what_it_is": values.what_it_is,
    "moved_by": values.moved_by,
    "skip_reason": code("skip_reason", "choice"),
    "judgement": code("judgement", "judgement"),
    "expected": code("expected", "expected"),
    "outcome": code("outcome", "outcome"),
    "right": values.asked_right,
    "recourse": text("recourse"),
    "purpose": values.purpose,
    "legal_basis": text("legal_basis"),
    "reason_given": text("reason"),
    "scope": values.scope,
    "tab": code("tab", "tab"),
    "payload": code("payload", "payload"),
    "why_disabled": code("why_disabled", "reason"),
    "day": day("day"),
    "form": code("form", "form"),
    "text": code("notice", "text"),
    "first": code("first", "first"),
    "pace": text("pace"),
    "lines": values.lines,
    "delay": lambda t: t.body.get(t.language),
    "law": lambda t: t.body.get(t.language),
    "age": text("age"),
    "ethics": text("ethics"),
    "parental": lambda t: part("parental", None, t.locale) if t.body.get("parental") else None,
    "version": lambda t: text("version")(t) or text("edition")(t),
    "edition": text("edition"),
    "lowest": text("lowest"),
    "highest": text("highest"),
    "answered": text("answered"),
    "source": text("source"),
    "read": text("read"),
    "noted": text("noted"),
    "set_aside": text("set_aside"),
    "words_allowed": flag("words_allowed", "words_allowed"),
    "date": lambda t: t.day(t.entry.occurred_at),
    "since": day("since"),
    "until": lambda t: t.hour(t.body["expires"]) if "expires" in t.body else day("until")(t),
    "due": day("due"),
    "after": day("after"),
    "days": text("days"),
    "looked": values.looked,
    "begins": day("begins"),
    "starts": day("starts"),
    "ends": day("ends"),
    "next_review": day("next_review"),
    "corrected_date": values.corrected_date,
}
