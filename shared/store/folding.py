"""One batch into one view: load the rows it touches, fold in memory, write what changed.

An event that a view cannot fold parks its subject for that view; everybody else's go on. Words
taken back are handled here once for all views: the subject's rows are folded again without them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import psycopg
from psycopg import Cursor

from shared.store.cipher import Tampered
from shared.store.codec import Undecodable
from shared.store.key_files import KeyTrouble, LostKey
from shared.store.parking import Batch, Whose, named, park, parked
from shared.store.told import Told
from shared.store.views import Key, Row, View

AWAY = (KeyTrouble, psycopg.OperationalError, OSError)


def fold_batch(cursor: Cursor[Any], batch: Batch, events: Sequence[Told]) -> None:
    """Bring the view from before these events to after them, in the caller's transaction."""
    subjects = {(t.tenant, t.subject) for t in events}
    batch.parked |= parked(cursor, batch.consumer, subjects)
    taken_back = {
        (t.tenant, t.subject): t for t in events if batch.rows.view.holds_words and t.takes_back
    }
    ordinary = [
        t
        for t in events
        if (t.tenant, t.subject) not in taken_back and (t.tenant, t.subject) not in batch.parked
    ]
    before = set(batch.parked)
    try:
        with cursor.connection.transaction():
            write_batch(cursor, batch, ordinary)
    except (psycopg.DataError, psycopg.IntegrityError):
        # whoever was parked on the way was unparked by the way back
        batch.parked = before
        # the database took offence at somebody's row: find whose, one subject at a time
        for subject in sorted({(t.tenant, t.subject) for t in ordinary}):
            of_subject = [t for t in ordinary if (t.tenant, t.subject) == subject]
            write_or_park(cursor, batch, of_subject)
    erased = {(t.tenant, t.subject) for t in events if erases(t)}
    for subject, trigger in taken_back.items():
        last = max(t.gpos for t in events if (t.tenant, t.subject) == subject)
        whose = Whose(trigger.source, trigger.era, last, *subject)
        if subject in erased:
            erase(cursor, batch, whose)
        elif subject in batch.parked:
            # nobody can tell which of the rows say it: none of hers stays until they are folded anew
            batch.rows.forget(cursor, *subject)
        else:
            fold_again(cursor, batch, whose)


def write_batch(cursor: Cursor[Any], batch: Batch, events: Sequence[Told]) -> None:
    view = batch.rows.view
    # whether a row has to be looked for: not when the first event that touches it begins it
    sought: dict[Key, bool] = {}
    keys_of: list[tuple[Told, list[Key]]] = []
    for told in (t for t in events if view.wants(t.type)):
        try:
            keys = list(view.keys(told))
            for key in keys:
                if key not in sought:
                    sought[key] = not view.begins(key, told)
        except Exception as offence:  # noqa: BLE001 - whatever a fold does, others go on
            park(cursor, batch, named(told), its_own(offence))
            continue
        keys_of.append((told, keys))
    before = batch.rows.load(cursor, [key for key, seek in sought.items() if seek])
    after = fold(
        view, dict(before), keys_of, lambda told, e: park(cursor, batch, named(told), e), batch
    )
    changed = [row for key, row in after.items() if row != before.get(key)]
    batch.rows.write(cursor, changed)
    batch.rows.remove(cursor, [key for key in before if key not in after])


def fold(
    view: View[Any],
    rows: dict[Key, Row],
    events: Iterable[tuple[Told, list[Key]]],
    offended: Callable[[Told, Exception], None],
    batch: Batch,
) -> dict[Key, Row]:
    for told, keys in events:
        if (told.tenant, told.subject) in batch.parked:
            continue
        try:
            changed = {key: view.fold(key, rows.get(key), told) for key in keys}
        except Exception as offence:  # noqa: BLE001 - whatever a fold does, others go on
            offended(told, its_own(offence))
            continue
        for key, row in changed.items():
            if row is None:
                rows.pop(key, None)
            else:
                rows[key] = row
    return rows


def its_own(offence: Exception) -> Exception:
    """The event's own fault. Raises it again where keys or a database are away, for all: that passes."""
    if isinstance(offence, AWAY) and not isinstance(offence, LostKey):
        raise offence
    return offence


def fold_again(cursor: Cursor[Any], batch: Batch, whose: Whose) -> None:
    """A subject's rows from its first event on, without what was taken back."""
    try:
        events = without_taken_back(batch.again(whose))
    except (Tampered, Undecodable) as offence:
        park(cursor, batch, whose, offence)
        return
    batch.rows.forget(cursor, whose.tenant, whose.subject)
    write_or_park(cursor, batch, events)


def erase(cursor: Cursor[Any], batch: Batch, whose: Whose) -> None:
    """An erased person's rows as her envelopes alone tell them, set aside before or not.

    They go first: whatever keeps them from being folded again does not keep them there.
    """
    batch.rows.forget(cursor, whose.tenant, whose.subject)
    unpark(cursor, batch, whose)


def erases(told: Told) -> bool:
    """Whether nothing of its subject's is read any more once this event is known."""
    return told.type.endswith(".person_erased")


def unpark(cursor: Cursor[Any], batch: Batch, whose: Whose) -> bool:
    """Fold a parked subject again; False when it is parked anew."""
    cursor.execute(
        "DELETE FROM parked WHERE consumer = %s AND tenant_id = %s AND subject_id = %s",
        (batch.consumer, whose.tenant, whose.subject),
    )
    batch.parked.discard((whose.tenant, whose.subject))
    fold_again(cursor, batch, whose)
    return (whose.tenant, whose.subject) not in batch.parked


def without_taken_back(events: Sequence[Told]) -> list[Told]:
    """The same events, with nothing to read in those that were withdrawn, misfiled or erased.

    An erasure does not wait for the key to be destroyed: the fold is the same before and after.
    """
    if any(erases(t) for t in events):
        return [t if t.outlives else t.silent() for t in events]
    gone = {t.entry for t in events if t.takes_back and t.entry is not None}
    return [t.silent() if t.id in gone else t for t in events]


def write_or_park(cursor: Cursor[Any], batch: Batch, events: Sequence[Told]) -> None:
    if not events:
        return
    try:
        with cursor.connection.transaction():
            write_batch(cursor, batch, events)
    except (psycopg.DataError, psycopg.IntegrityError) as offence:
        park(cursor, batch, named(events[0]), offence)
