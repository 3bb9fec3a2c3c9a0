"""What one service keeps of a person, and how it goes there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from typing import Any, NamedTuple
from uuid import UUID, uuid5

import psycopg
from eventsourcing.persistence import IntegrityError

from cosigne.erasing.listed import Wanted
from cosigne.erasing.views import KeptViews, Place
from services.directory.domain.erasure import ErasePerson
from services.directory.domain.relations import Relations, stream_of
from shared.coproduction import PersonErased
from shared.http.service import Plan
from shared.kernel import Act, NotFound
from shared.postgres.pool import connect
from shared.settings import Settings
from shared.store.cursors import view_at
from shared.store.factory import SealedFactory
from shared.store.key_table import KeyTable
from shared.store.subjects import SubjectLog

DIRECTORY = "directory"
WHERE = """
SELECT l.gpos, l.position, l.lane, e.version FROM events e JOIN log l USING (xid, seq)
 WHERE e.tenant_id = %s AND e.stream_id = %s AND e.envelope ->> 'type' = %s
 ORDER BY e.version DESC LIMIT 1
"""
HERS = """
SELECT count(*) FROM subject_log s JOIN log l USING (gpos)
  JOIN events e ON e.xid = l.xid AND e.seq = l.seq
 WHERE s.tenant_id = %s AND s.subject_id = %s AND s.gpos > %s AND e.envelope ->> 'key' LIKE 'subject.%%'
"""
NOW = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text"
SEALED = "SELECT pg_snapshot_xmin(prev) >= %s::xid8 FROM seal"
INDEX = SubjectLog.name


class Head(NamedTuple):
    """How far a log went, at some moment."""

    era: int
    gpos: int


@dataclass
class Mark:
    """A moment in a service's log, which does not move on while others go on writing.

    `head` is known once all before `barrier` is sealed.
    """

    barrier: str
    head: Head | None = None


class OneService:
    """Opened for as long as erasing takes; every method may be called again."""

    def __init__(self, settings: Settings, plan: Plan, keys: KeyTable) -> None:
        self.plan, self._settings = plan, settings
        self.factory = SealedFactory.of(settings, plan.name, keys)
        self.factory.open()
        self.ledger = plan.ledger(self.factory)
        pages = import_module(f"services.{plan.name}.domain.events")
        self._erased: type[PersonErased] = pages.PersonErased
        self._reader: psycopg.Connection[Any] | None = None
        self.views = KeptViews(settings, plan, lambda: self.reader)

    # ── nothing more comes ───────────────────────────────────────────────────────────────────

    def mark(self) -> Mark:
        """Every transaction that has begun to write is before it."""
        return Mark(str(self._ask(NOW)[0][0]))

    def is_past(self, mark: Mark) -> bool:
        """Whether all before the mark have ended, are sealed, and are in the index by subject."""
        if mark.head is None or mark.head.era != self._head().era:
            if not self._ask(SEALED, mark.barrier)[0][0]:
                return False
            mark.head = self._head()
        with self.reader.cursor() as cursor:
            return view_at(cursor, INDEX, self.plan.name, mark.head.era) >= mark.head.gpos

    def _head(self) -> Head:
        return Head(*self._ask("SELECT era, gpos FROM published_head")[0])

    # ── the log says so ──────────────────────────────────────────────────────────────────────

    def place(self, wanted: Wanted) -> Place | None:
        """The last word of it in the sealed log."""
        found = self._ask(WHERE, wanted.tenant, self._stream(wanted), self._name)
        return Place(*found[0]) if found else None

    def entries(self, wanted: Wanted, after: int = 0) -> int:
        """How many entries of hers stand under her own key, after a place of the log."""
        found: int = self._ask(HERS, wanted.tenant, wanted.person, after)[0][0]
        return found

    def record(self, wanted: Wanted, again: int, *, listed: bool) -> None:
        """Say in this service's own log that she was erased; `again` counts the times before."""
        act = self.act(wanted, f"{self.plan.name}/{again}")
        stream = self._stream(wanted)
        try:
            if self.plan.name == DIRECTORY:
                self.ledger.execute(Relations, ErasePerson(act=act, stream=stream, listed=listed))
            else:
                self.ledger.record([self._erased(stream, again + 1, act.at, act)])
        except (IntegrityError, NotFound):
            # another worker said it; or a restored directory never knew her
            return

    @staticmethod
    def act(wanted: Wanted, what: str) -> Act:
        """On the officer's decision; carried out by the worker."""
        now = datetime.now(UTC)
        return Act(
            tenant=wanted.tenant,
            subject=wanted.person,
            actor=wanted.officer,
            author=wanted.officer,
            at=now,
            occurred=now,
            command=uuid5(wanted.erasure, what),
            because_of=(wanted.erasure,),
        )

    # ── asking ───────────────────────────────────────────────────────────────────────────────

    @property
    def _name(self) -> str:
        return self._erased.TOPIC

    def _stream(self, wanted: Wanted) -> UUID:
        own = self.plan.name == DIRECTORY
        return stream_of(wanted.person) if own else uuid5(wanted.person, self._name)

    def _ask(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return self.reader.execute(statement.encode(), values or None).fetchall()

    @property
    def reader(self) -> psycopg.Connection[Any]:
        if self._reader is None or self._reader.closed:
            self._reader = connect(self._settings.conninfo(self.plan.name, "reader"))
        return self._reader

    def close(self) -> None:
        if self._reader is not None:
            self._reader.close()
        self.factory.close()
