"""A new version of a view beside the old one: built, compared, swapped in, or taken back.

Commands go on and readers see the old version until the swap. A killed rebuild goes on where its
cursor stands. A difference found stops the swap, unless it was asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from psycopg import Connection, Cursor, sql

from shared.kernel import NotFound, Refused
from shared.postgres.pool import connect
from shared.store.consumers import Consumer
from shared.store.cursors import read, together
from shared.store.parking import parked_of
from shared.store.projector import Projector
from shared.store.replaying import LOST, replay
from shared.store.shares import Progress, Shares
from shared.store.source import Source
from shared.store.tables import create_indexes, create_version, point_at
from shared.store.told import Teller
from shared.store.views import View, columns, names, table

TIMES_TO_MEET = 200


@dataclass(frozen=True)
class Rebuilt:
    """Which version readers see now, over how many rows and events it was compared."""

    view: str
    version: int
    rows: int
    events: int
    different: int


class Rebuild:
    """One view of one service. Needs the owner (tables) and the reader (rows)."""

    def __init__(
        self,
        service: str,
        view: View[Any],
        owner: str,
        reader: str,
        sources: Mapping[str, Source],
        tell: Teller,
        shares: Shares | None = None,
    ) -> None:
        self.service, self.view = service, view
        self.owner, self.reader = owner, reader
        self.sources = {n: s for n, s in sources.items() if n in view.sources}
        self.tell, self.shares = tell, shares

    def run(self, progress: Progress, *, accept_differences: bool = False) -> Rebuilt:
        """Build, catch up, compare, swap. Raises Refused when the two versions differ."""
        with connect(self.owner) as owner:
            active, version = self._begin(owner)
            old, new = Consumer(self.view, active), Consumer(self.view, version)
            events = self._divided(new, progress) + self._catch_up(new, progress)
            create_indexes(owner, self.view, version)
            with connect(self.reader) as reader:
                return self._swap(owner, reader, old, new, events, accept_differences)

    def back(self) -> int:
        """Let readers see the version before this one again; the worker brings it up to date."""
        with connect(self.owner) as owner, owner.transaction():
            _, _, previous = self._versions(owner)
            if previous is None:
                raise Refused("rebuild.nothing_to_go_back_to", view=self.view.name)
            point_at(owner, self.service, self.view, previous)
            owner.execute(
                "UPDATE view_version SET active = previous, previous = active WHERE name = %s",
                (self.view.name,),
            )
            return previous

    def _versions(self, owner: Connection[Any]) -> tuple[int, int | None, int | None]:
        found = owner.execute(
            "SELECT active, building, previous FROM view_version WHERE name = %s FOR UPDATE",
            (self.view.name,),
        ).fetchone()
        if found is None:
            raise NotFound("rebuild.unknown_view", view=self.view.name)
        active, building, previous = found
        return active, building, previous

    def _begin(self, owner: Connection[Any]) -> tuple[int, int]:
        """The version to build: the one a killed rebuild left, or a new one."""
        with owner.transaction():
            active, building, previous = self._versions(owner)
            if building is not None:
                return active, building
            version = max(active, previous or 0) + 1
            owner.execute(
                "DELETE FROM lane_cursor WHERE consumer = %s",
                (Consumer(self.view, version).name,),
            )
            owner.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(table(self.view, version)))
            create_version(owner, self.service, self.view, version)
            owner.execute(
                "UPDATE view_version SET building = %s WHERE name = %s",
                (version, self.view.name),
            )
            return active, version

    def _divided(self, new: Consumer, progress: Progress) -> int:
        """The bulk of the log by several processes, where there are several."""
        if self.shares is None or self.shares.processes < 2:
            return 0
        return self.shares.catch_up(new, self.reader, self.sources, progress)

    def _catch_up(self, new: Consumer, progress: Progress) -> int:
        projector = Projector(self.reader, self.sources, [self.view], self.tell)
        total = 0
        try:
            for source in self.sources.values():
                while done := projector.advance(source, [new]):
                    total += done
                    progress(source.name, total, source.head().head)
            replay(projector, [new], LOST)
        finally:
            projector.close()
        return total

    def _swap(
        self,
        owner: Connection[Any],
        reader: Connection[Any],
        old: Consumer,
        new: Consumer,
        events: int,
        accept: bool,
    ) -> Rebuilt:
        """Compare both at the same positions, then point readers at the new one."""
        for _ in range(TIMES_TO_MEET):
            events += self._catch_up(new, lambda *_: None)
            with reader.transaction(), reader.cursor() as cursor:
                # nobody moves either while they are compared
                hold(cursor, old, new)
                if not self._met(cursor, old, new):
                    continue
                if parked_of(cursor, new.name, LOST):
                    raise Refused("rebuild.key_lost", view=self.view.name)
                different, rows = compare(cursor, old, new)
                if different and not accept:
                    raise Refused("rebuild.different", view=self.view.name, rows=different)
                self._point(owner, old, new)
                return Rebuilt(self.view.name, new.version, rows, events, different)
        raise Refused("rebuild.never_met", view=self.view.name)

    def _met(self, cursor: Cursor[Any], old: Consumer, new: Consumer) -> bool:
        for source in self.sources.values():
            era = source.head().era
            one, two = (read(cursor, c.name, source.name, era) for c in (old, new))
            if together([one]) != together([two]):
                return False
        return True

    def _point(self, owner: Connection[Any], old: Consumer, new: Consumer) -> None:
        with owner.transaction():
            point_at(owner, self.service, self.view, new.version)
            owner.execute(
                "UPDATE view_version SET active = %s, building = NULL, previous = %s "
                "WHERE name = %s",
                (new.version, old.version, self.view.name),
            )


def hold(cursor: Cursor[Any], *consumers: Consumer) -> None:
    cursor.execute(
        "SELECT 1 FROM lane_cursor WHERE consumer = ANY(%s) ORDER BY 1 FOR UPDATE",
        ([c.name for c in consumers],),
    )


def compare(cursor: Cursor[Any], old: Consumer, new: Consumer) -> tuple[int, int]:
    """How many rows stand in one version only, and how many there are."""
    listed = names(c.name for c in columns(old.view.row))
    one, two = table(old.view, old.version), table(new.view, new.version)
    missing = sql.SQL("(SELECT {0} FROM {1} EXCEPT SELECT {0} FROM {2})")
    counted = sql.SQL("SELECT (SELECT count(*) FROM {} a), (SELECT count(*) FROM {} b), ").format(
        missing.format(listed, one, two), missing.format(listed, two, one)
    ) + sql.SQL("(SELECT count(*) FROM {})").format(two)
    left, right, rows = cursor.execute(counted).fetchone() or (0, 0, 0)
    return left + right, rows
