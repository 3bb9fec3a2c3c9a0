"""What is made of the events of a page: a place in each log they concern, or set aside, visibly.

Whose event could not be placed, of hers nothing more is until that one is: the rest flows.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.delivery.domain.offer import (
    CONFIRMED,
    CONSENTED,
    DISPUTED,
    ERASED,
    OFFER,
    RECONSIDERED,
    WITHDRAWN,
    YES_CONFIRMED,
)
from services.delivery.domain.schedule import KEPT
from services.delivery.messaging.own_log import OWN, heard
from services.delivery.messaging.placing import Placing
from services.delivery.views.aside import (
    CONSUMER,
    EARLIER,
    FAULTS,
    VIEW,
    Begin,
    held,
    let_go,
    set_aside,
)
from services.delivery.views.places import place
from shared.store.consumers import stored_name
from shared.store.cursors import read
from shared.store.source import Sealed, Source
from shared.store.told import Teller, Told
from shared.telemetry.words import Word

LISTENS: Mapping[str, frozenset[str]] = {
    "directory": frozenset({CONSENTED, CONFIRMED, DISPUTED, WITHDRAWN, ERASED}),
    "plans": frozenset({*OFFER, YES_CONFIRMED, RECONSIDERED}),
    "delivery": OWN,
}
log = logging.getLogger("cosigne.delivery")


class Taking:
    """In the caller's transaction, which holds the lock of whoever gives places."""

    def __init__(self, tell: Teller, placing: Placing) -> None:
        self._tell, self._placing = tell, placing

    def take(self, cursor: Any, source: str, events: Sequence[Sealed]) -> int:
        """A page at once; where something in it cannot be placed, one after the other."""
        self._tell.prepare(events)
        waiting = held(cursor, {whose(event) for event in events})
        going: list[Sealed] = []
        for event in events:
            if whose(event) in waiting and stored_name(event.envelope) != ERASED:
                set_aside(cursor, source, event, waiting[whose(event)])
            else:
                going.append(event)
        try:
            with cursor.connection.transaction():
                return self._placed(cursor, source, going)
        except FAULTS as fault:
            log.warning("placing one after the other: %s", fault)
        return self._one_by_one(cursor, source, going)

    def again(
        self,
        cursor: Any,
        sources: Mapping[str, Source],
        person: tuple[UUID, UUID],
        begins: Iterable[Begin],
    ) -> bool:
        """All of hers since it was set aside, in the order it happened; whether it could be placed.

        Not while a view is set aside by which it is decided. Raises one of FAULTS where it fails.
        """
        if VIEW in held(cursor, {person}).values():
            return False
        let_go(cursor, *person)
        told: list[Told] = []
        for begin in begins:
            told += self._since(cursor, sources[begin.source], person, begin)
        for one in sorted(told, key=lambda one: one.act.at):
            self._of(cursor, one.source, [one])
        return True

    def _since(
        self, cursor: Any, source: Source, person: tuple[UUID, UUID], begin: Begin
    ) -> list[Told]:
        """What was passed over since: what comes next is still to be read."""
        era = source.head().era
        upto = read(cursor, CONSUMER, source.name, era).floor
        first = begin.gpos if begin.era == era else 0
        return [
            self._tell(source.name, event)
            for event in source.of_subject(*person, upto)
            if event.gpos >= first and stored_name(event.envelope) in LISTENS[source.name]
        ]

    def _one_by_one(self, cursor: Any, source: str, events: Sequence[Sealed]) -> int:
        done, failed = 0, set[tuple[UUID, UUID]]()
        for event in events:
            if whose(event) in failed:
                set_aside(cursor, source, event, EARLIER)
                continue
            try:
                with cursor.connection.transaction():
                    done += self._placed(cursor, source, [event])
            except FAULTS as fault:
                log.error("set aside an event of %s at %s", Word(source), event.gpos)  # noqa: TRY400
                set_aside(cursor, source, event, type(fault).__name__)
                failed.add(whose(event))
        return done

    def _placed(self, cursor: Any, source: str, events: Sequence[Sealed]) -> int:
        return self._of(cursor, source, [self._tell(source, event) for event in events])

    def _of(self, cursor: Any, source: str, told: Sequence[Told]) -> int:
        # where a log is read from its start again, what was removed since is not told anew
        oldest = datetime.now(UTC) - KEPT
        recent = [one for one in told if one.type == ERASED or one.act.at > oldest]
        if source == "delivery":
            return heard(cursor, recent, self._placing)
        if source == "directory":
            return sum(self._of_directory(cursor, one) for one in recent)
        return place(cursor, self._placing.offered(cursor, recent))

    def _of_directory(self, cursor: Any, told: Told) -> int:
        if told.type == ERASED:
            return self._placing.erasures(cursor, told)
        if told.type == CONFIRMED:
            return place(cursor, self._placing.confirmed(cursor, told))
        if told.type == DISPUTED:
            return place(cursor, self._placing.disputed(cursor, told))
        return place(cursor, self._placing.consents(cursor, told))


def whose(event: Sealed) -> tuple[UUID, UUID]:
    return event.tenant_id, event.subject_id
