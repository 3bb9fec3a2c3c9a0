"""What has happened that a partner may be told: an event of a page, or what waited for her yes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from services.delivery.domain.offer import (
    AGREED,
    OFFER,
    RECONSIDERED,
    YES_CONFIRMED,
    is_hers_to_tell,
)
from services.delivery.views.goals_agreed import GoalsAgreedRow, agreed_by
from services.delivery.views.offered import Waiting, of_entries, of_goals
from shared.store.told import Told

Person = tuple[UUID, UUID]


class Happened(NamedTuple):
    """What is told, and by which event it may be told from then on."""

    by: Told
    what: Waiting


class Audience(NamedTuple):
    """To whom a consent is given: one party, or everyone of a category."""

    party: object
    category: str | None


def happened(cursor: Any, told: Sequence[Told]) -> list[Happened]:
    """Of what she agrees to now, each once. What is about any other goal gets no place.

    It is looked at again when she agrees by her own word, confirms what was noted for her, or no
    longer leaves out a theme.
    """
    entries = {event.id for event in told if event.type in OFFER}
    entries |= {event.entry for event in told if event.type == YES_CONFIRMED and event.entry}
    known = of_entries(cursor, entries)
    yes = [event for event in told if is_a_yes(event, known)]
    changed = {event.id for event in yes}
    goals = of_goals(cursor, {(event.tenant, event.subject) for event in yes})
    persons = {(row.tenant, row.person) for row in (*known.values(), *goals) if row.goal}
    agreed = agreed_by(cursor, persons)
    waiting: dict[Person, list[Waiting]] = defaultdict(list)
    for row in goals:
        waiting[row.tenant, row.person].append(row)
    found: dict[UUID, Happened] = {}
    for event in told:
        person = (event.tenant, event.subject)
        rows = told_by(event, known)
        if event.id in changed:
            rows = [*concerned(event, known, waiting[person], agreed.get(person)), *rows]
        for row in rows:
            if row.goal is None or (person in agreed and agreed[person].holds(row.goal)):
                # by the last that lets it be told: a page may begin before she consented
                found[row.entry] = Happened(event, row)
    return list(found.values())


def told_by(event: Told, known: Mapping[UUID, Waiting]) -> list[Waiting]:
    """What was said to a goal by others is between them and her."""
    row = known.get(event.id)
    by_her = event.act.author == event.subject and event.act.actor == event.act.author
    return [row] if row and is_hers_to_tell(event.type, by_her=by_her) else []


def is_a_yes(event: Told, known: Mapping[UUID, Waiting]) -> bool:
    """Whether more goals may be told of from then on."""
    if event.type == RECONSIDERED:
        return True
    if event.act.author != event.subject:
        return False
    if event.type == YES_CONFIRMED:
        row = known.get(event.entry) if event.entry else None
        return row is not None and row.type == AGREED and row.person == event.subject
    return event.type == AGREED and event.act.actor == event.act.author


def concerned(
    event: Told,
    known: Mapping[UUID, Waiting],
    rows: Iterable[Waiting],
    agreed: GoalsAgreedRow | None,
) -> list[Waiting]:
    """What was recorded before of these goals, in order."""
    if event.type == RECONSIDERED:
        # her themes go by several names: all goals that grew from any
        about = [r for r in rows if agreed and r.goal and agreed.themes_of(r.goal)]
    else:
        yes = known.get(event.entry if event.type == YES_CONFIRMED and event.entry else event.id)
        about = [r for r in rows if yes is not None and r.goal == yes.goal]
    return sorted((r for r in about if r.gpos <= event.gpos), key=lambda row: row.gpos)


def consented(one: Happened, tabs: Mapping[str, datetime] | None) -> bool:
    """Whether she had consented when it could be told: what was before is in the snapshot."""
    since = (tabs or {}).get(OFFER[one.what.type].tab)
    return since is not None and since <= one.by.act.at
