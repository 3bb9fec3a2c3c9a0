"""Fetching what must be known in order to say some entries: names, themes, things, other entries."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.reporting.domain.entry import Entry
from services.reporting.domain.eyes import Eyes
from services.reporting.domain.known import Known, Thing, answer_id, view_id
from services.reporting.domain.sight import Shown, Sight
from services.reporting.views.asking import entries, hers, so_far
from services.reporting.views.names import names_of
from services.reporting.views.themes import labels_of
from services.reporting.views.things import things_of
from shared.http.house import zone_of
from shared.store.key_leases import Leases

ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
OF_A_THEME = ("star", "rating", "theme")
THEME_FIELDS = (
    "theme", "themes", "only_themes", "except_themes", "left_out", "sphere", "about", "grown_from",
)  # fmt: skip


def shown_by(
    connection: Connection[Any],
    tenant: UUID,
    person: UUID,
    eyes: Eyes,
    now: datetime,
    remembered: Leases[Shown],
) -> Shown:
    """What she shows now; not asked for where it decides nothing.

    It follows from all she has told: worked out once for each state of her story.
    """
    if eyes.hers or eyes.reviewing:
        return Shown()
    today = now.astimezone(zone_of(connection)).date()
    name = (tenant, person, today, so_far(connection, tenant, person))
    held = remembered.get(name)
    if held is None:
        asked = remembered.now()
        held = Shown.told(hers(connection, tenant, person), today)
        remembered.put(name, held, asked)
    return held


def seen_by(
    connection: Connection[Any],
    tenant: UUID,
    told: Iterable[Entry],
    eyes: Eyes,
    now: datetime,
    remembered: Leases[Shown],
) -> frozenset[UUID]:
    """Those of these entries, of any persons, that are shown to these eyes."""
    seen: set[UUID] = set()
    for entry in told:
        shown = shown_by(connection, tenant, entry.subject, eyes, now, remembered)
        if shown.sight(entry, eyes) is Sight.WHOLE:
            seen.add(entry.id)
    return frozenset(seen)


def known_here(connection: Connection[Any], persons: Collection[UUID]) -> frozenset[UUID]:
    """Those of these persons whom the directory still knows."""
    rows = connection.execute(
        "SELECT party FROM known_parties WHERE party = ANY(%s)", (list(persons),)
    ).fetchall()
    return frozenset(party for (party,) in rows)


def known_around(
    connection: Connection[Any], tenant: UUID, told: Collection[Entry], eyes: Eyes, shown: Shown
) -> Known:
    """All that saying these entries to these eyes may need, in a few questions however many."""
    ids = {id_ for entry in told for id_ in ids_in(entry)}
    # an entry may name, by mistake or on purpose, what is another person's: not said here
    subjects = {tenant, *(entry.subject for entry in told)}
    things = things_of(connection, ids, subjects)
    named = (ids | worded_by(things)) - {e.id for e in told}
    beside = of_subjects(entries(connection, tenant, named), subjects)
    further = {id_ for entry in beside for id_ in ids_in(entry)} - ids
    more = things_of(connection, further, subjects)
    things = {**things, **more}
    seen = {e.id for e in (*told, *beside)}
    beside += of_subjects(entries(connection, tenant, worded_by(more) - seen), subjects)
    around = {e.id: e for e in (*told, *beside)}
    return Known(
        names=names_of(connection, ids | further),
        themes=labels_of(connection, {t for e in around.values() for t in themes_in(e.body)}),
        things=things,
        entries=around,
        hidden=frozenset(e.id for e in around.values() if shown.sight(e, eyes) is not Sight.WHOLE),
        zone=zone_of(connection),
    )


def of_subjects(found: Iterable[Entry], subjects: Collection[UUID]) -> list[Entry]:
    return [entry for entry in found if entry.subject in subjects]


def worded_by(things: Any) -> set[UUID]:
    """The entries whose words a thing has had: shown or not, its words are."""
    found: Iterable[Thing] = things.values()
    return {said.entry for thing in found for said in thing.said}


def ids_in(entry: Entry) -> Iterator[UUID]:
    """Every id an entry speaks of, in its envelope and in its body."""
    yield from (entry.subject, entry.actor, entry.author, entry.stream, *entry.because_of)
    yield from (c.party for c in entry.contributors)
    yield from (a.author for a in entry.answers)
    yield from (i for i in (entry.site, entry.programme, entry.about) if i is not None)
    for text in texts_in(entry.body):
        if found := ID.search(text):
            yield UUID(found[0])
    theme = entry.body.get("theme")
    if entry.source == "assessment" and theme:
        yield answer_id(entry.stream, theme)
        yield view_id(entry.stream, theme, entry.author)


def texts_in(value: Any) -> Iterator[str]:
    """Short texts anywhere in a body; longer ones are words and hold no id."""
    if isinstance(value, str):
        if len(value) < 60:
            yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts_in(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from texts_in(one)


def themes_in(body: Any) -> Iterator[str]:
    for field in THEME_FIELDS:
        for text in texts_in(body.get(field)):
            kind, _, theme = text.partition(":")
            yield theme if theme and kind in OF_A_THEME else text
