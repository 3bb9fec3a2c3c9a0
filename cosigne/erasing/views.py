"""What the views of one service hold of a person, in every version of them, and how it goes there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import psycopg
from psycopg import sql

from cosigne.erasing.listed import Wanted
from shared.http.service import Plan
from shared.postgres.pool import connect
from shared.settings import Settings
from shared.store.consumers import Consumer
from shared.store.cursors import read
from shared.store.rebuild import hold
from shared.store.views import View

VERSIONS = """
SELECT substring(relname FROM '_v([0-9]+)$')::int FROM pg_class
 WHERE relkind = 'r' AND relname ~ ('^' || %s || '_v[0-9]+$')
"""


class Place(NamedTuple):
    """Where a service's log says that she was erased."""

    gpos: int
    position: int
    lane: int
    version: int


class KeptViews:
    """Of one service; `reader` gives the connection that follows its log."""

    def __init__(
        self, settings: Settings, plan: Plan, reader: Callable[[], psycopg.Connection[Any]]
    ) -> None:
        self._settings, self._plan, self._reader = settings, plan, reader

    def is_purged(self, places: Mapping[str, Place]) -> bool:
        """Whether the views that readers see have come past it in each log that they follow."""
        with self._reader().transaction(), self._reader().cursor() as cursor:
            return all(
                has_passed(cursor, Consumer(view, version), places)
                for view, version in self._active()
            )

    def sweep(self, wanted: Wanted, places: Mapping[str, Place]) -> None:
        """Her rows in the versions that nobody keeps up to date: being built, kept to go back to.

        One that has come past it by itself holds what her envelopes tell, and is left alone.
        """
        active = {view.name: version for view, version in self._active()}
        for view in self._worded():
            for (version,) in self._ask(VERSIONS, view.name):
                if version != active[view.name]:
                    self._forget(Consumer(view, version), wanted, places)
        with connect(self._settings.conninfo(self._plan.name, "eraser")) as eraser:
            eraser.execute(
                "DELETE FROM snapshots WHERE tenant_id = %s AND subject_id = %s",
                (wanted.tenant, wanted.person),
            )

    def _forget(self, consumer: Consumer, wanted: Wanted, places: Mapping[str, Place]) -> None:
        with self._reader().transaction(), self._reader().cursor() as cursor:
            hold(cursor, consumer)  # a rebuild under way waits, and goes on without her
            if not has_passed(cursor, consumer, places):
                consumer.rows.forget(cursor, wanted.tenant, wanted.person)

    def vacuum(self, owner: psycopg.Connection[Any], *, full: bool = False) -> None:
        """Give back the room of rows that were deleted; `full` writes the tables anew."""
        what = sql.SQL("VACUUM (FULL) {}" if full else "VACUUM {}")
        for view in self._worded():
            for (version,) in self._ask(VERSIONS, view.name):
                owner.execute(what.format(sql.Identifier(f"{view.name}_v{version}")))

    def _active(self) -> Iterable[tuple[View[Any], int]]:
        versions = dict(self._ask("SELECT name, active FROM view_version"))
        return [(view, versions[view.name]) for view in self._worded()]

    def _worded(self) -> Iterable[View[Any]]:
        return [view for view in self._plan.all_views if view.holds_words]

    def _ask(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return self._reader().execute(statement.encode(), values or None).fetchall()


def has_passed(cursor: Any, consumer: Consumer, places: Mapping[str, Place]) -> bool:
    """Whether a consumer has come past her erasure in every log that it follows."""
    cursor.execute(
        "SELECT source, max(era) FROM lane_cursor WHERE consumer = %s GROUP BY 1", (consumer.name,)
    )
    eras = dict(cursor.fetchall())
    return all(
        source in eras
        and read(cursor, consumer.name, source, eras[source]).seen(place.lane, place.gpos)
        for source, place in places.items()
        if source in consumer.view.sources
    )
