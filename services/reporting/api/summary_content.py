"""What is in a summary, said in words: the pieces as they stand now, in her order, and her words."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from services.reporting.api.reading import Reading
from services.reporting.api.saying import values
from services.reporting.api.saying.telling import Telling
from services.reporting.domain.entry import Entry
from services.reporting.domain.events import Part
from services.reporting.domain.eyes import Eyes
from services.reporting.domain.pieces import still_said
from services.reporting.domain.sight import Shown
from services.reporting.domain.summary import Arrangement
from services.reporting.views.reach import Reach
from services.reporting.views.summaries import undone_in
from shared.http.desk import Desk

WORDS = Path(__file__).parents[1] / "data" / "summary-words.json"
Say = Callable[[Telling], str | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """How entries of a kind are told: under which heading, with which words."""

    name: str
    heading: Say
    words: Say
    by_author: bool = False


def theme(t: Telling) -> str | None:
    return t.theme(t.body.get("theme"))


def body(key: str) -> Say:
    return lambda t: t.body.get(key)


def nothing(_: Telling) -> None:
    return None


def judged(t: Telling) -> str | None:
    said = (t.code("judgement", t.body.get("judgement")), t.body.get("words"))
    return " — ".join(text for text in said if text) or None


NAMED = Kind("tie", body("name"), body("relation"))
KINDS: Mapping[str, Kind] = {
    "theme_rated": Kind("answer", theme, body("comment")),
    "star_placed": Kind("star", theme, nothing),
    "theme_discussed": Kind("discussed", theme, body("words"), by_author=True),
    "view_noted": Kind("view", theme, body("words"), by_author=True),
    "view_revised": Kind("view", theme, body("words"), by_author=True),
    "change_judged": Kind("change", values.about, judged),
    "strength_named": Kind("strength", nothing, body("words")),
    "strength_reworded": Kind("strength", nothing, body("words")),
    "aspiration_named": Kind("aspiration", nothing, body("words")),
    "aspiration_reworded": Kind("aspiration", nothing, body("words")),
    "tie_added": NAMED,
    "tie_renamed": NAMED,
    "goal_proposed": Kind("goal", nothing, body("words")),
    "goal_reworded": Kind("goal", nothing, body("words")),
    "goal_agreed": Kind("goal_agreed", nothing, values.goal),
    "goal_achieved": Kind("goal_achieved", values.goal, body("words")),
    "action_added": Kind("action", nothing, body("words")),
    "theme_declined": Kind("left_out", theme, body("reason")),
}


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = json.loads(WORDS.read_text("utf-8"))
    return found


def word(which: str, locale: str, **given: str) -> str:
    return words()[which][locale.partition("-")[0]].format(**given)


def her_own(desk: Desk, tenant: UUID, person: UUID) -> Reading:
    """Her record as she reads it: what she shows is hers to show, whoever opens it."""
    eyes = Eyes(party=person, kind="self")
    return Reading(desk, tenant, person, eyes, Shown(), Reach(), desk.locale(tenant))


def told(reading: Reading, arrangement: Arrangement) -> list[dict[str, Any] | None]:
    """Each part as it is shown, in her order; None for what is no longer said."""
    found = reading.entries(arrangement.pieces)
    hers = {id_: e for id_, e in found.items() if e.subject == reading.person}
    undone = reading.desk.view(
        reading.tenant,
        lambda c: undone_in(c, reading.tenant, {e.stream for e in hers.values()}),
    )
    standing = {id_: e for id_, e in hers.items() if still_said(e, undone)}
    known = reading.known(list(standing.values()))

    def said(part: Part) -> dict[str, Any] | None:
        if part.words is not None:
            own = word("own_words", reading.locale)
            return piece("own_words", label=own, words=part.words)
        entry = standing.get(part.entry) if part.entry else None
        if entry is None or reading.person is None:
            return None
        return of_entry(Telling(entry, known, reading.person, reading.locale))

    return [said(part) for part in arrangement.parts]


def of_entry(t: Telling) -> dict[str, Any]:
    kind, value = KINDS[t.entry.kind], t.body.get("value")
    return piece(
        kind.name,
        label=word(kind.name, t.locale),
        heading=kind.heading(t),
        words=kind.words(t),
        value=value,
        value_said=None if value is None else word("value", t.locale, value=str(value)),
        day=t.day(t.entry.occurred_at),
        by=by_whom(t, kind),
    )


def by_whom(t: Telling, kind: Kind) -> str | None:
    """Whose words these are where they are not hers, and who noted them for her."""
    entry: Entry = t.entry
    if kind.by_author and entry.author != entry.subject:
        return word("by", t.locale, name=t.name(entry.author) or "")
    if entry.actor != entry.subject and entry.attested(entry.subject) not in ("own", "confirmed"):
        return word("noted_by", t.locale, name=t.name(entry.actor) or "")
    return None


def piece(kind: str, **said: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("heading", "words", "value", "value_said", "day", "by"))
    return {"kind": kind, **empty, **said}
