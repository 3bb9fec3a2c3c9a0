"""The library's own projection runner over the same log: one event, one row, one commit at a time."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any, ClassVar, cast

import orjson
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg import sql
from psycopg.rows import tuple_row

from bench.ground import Ground
from cosigne.embedded.data_folder import SUPERUSER
from services.assessment.ledger import AssessmentLedger
from shared.http.service import keys_of
from shared.kernel import Fact
from shared.postgres.pool import connect
from shared.store.codec import encode
from shared.store.factory import SealedFactory
from shared.store.rows import Rows
from shared.store.told import Told
from shared.store.views import View, columns, names, table

PATIENCE = 600.0


class Followed(AssessmentLedger):
    """The service's own application, as the runner makes one."""

    factory: ClassVar[SealedFactory]

    def __init__(self, env: Any = None) -> None:
        del env
        super().__init__(self.factory)


class Kept(PostgresTrackingRecorder):
    """The library's tracking recorder, and beside it the view's table."""

    rows: ClassVar[Rows]

    def put(self, told: Told, tracking: Tracking) -> None:
        """The position and the rows, or neither."""
        view = self.rows.view
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.row_factory = cast("Any", tuple_row)
            keys = list(view.keys(told))
            before = self.rows.load(cursor, keys)
            after = [view.fold(key, before.get(key), told) for key in keys]
            self.rows.write(cursor, [row for row in after if row is not None])


class OneByOne(Projection[Kept]):
    """Listens to what the view listens to."""

    name = "stock"

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        self.view.put(told(domain_event, tracking), tracking)


def told(fact: Fact, tracking: Tracking) -> Told:
    """What a view asks of an event, from the fact that the library hands over."""
    return cast(
        "Told",
        SimpleNamespace(
            source="assessment", type=fact.TOPIC, id=fact.id, tenant=fact.act.tenant,
            subject=fact.act.subject, stream=fact.originator_id, version=fact.originator_version,
            act=fact.act, body=orjson.loads(encode(fact)), entry=None, readable=True,
            position=tracking.notification_id, leaf=b"",
        ),
    )  # fmt: skip


def prepare(here: Ground, view: View[Any]) -> None:
    """A table for the rows in a database of the library's."""
    described = sql.SQL(", ").join(
        sql.Identifier(c.name) + sql.SQL(" ") + sql.SQL(c.sql_type) for c in columns(view.row)
    )
    with connect(here.server.conninfo("stock")) as connection:
        connection.execute(
            sql.SQL("CREATE TABLE {} ({}, PRIMARY KEY ({}))").format(
                table(view, 1), described, names(view.key)
            )
        )


def followed(here: Ground, view: View[Any], events: int) -> float:
    """Log positions passed each second, until the view holds the first so many."""
    server = here.server
    environment = {
        "PERSISTENCE_MODULE": "eventsourcing.postgres", "POSTGRES_DBNAME": "stock",
        "POSTGRES_HOST": server.host, "POSTGRES_PORT": str(server.port),
        "POSTGRES_USER": SUPERUSER, "POSTGRES_PASSWORD": server.password,
    }  # fmt: skip
    Kept.rows = Rows(view, 1)
    OneByOne.name = f"stock_{view.name}"
    OneByOne.topics = tuple(sorted(view.listens or ()))
    with keys_of(here.settings) as keys:
        Followed.factory = SealedFactory.of(here.settings, "assessment", keys, follows=True)
        Followed.factory.open()
        begun = time.perf_counter()
        with ProjectionRunner(
            application_class=Followed, projection_class=OneByOne, view_class=Kept, env=environment
        ) as runner:
            first = runner.view.max_tracking_id("assessment") or 0
            runner.wait(first + events, timeout=PATIENCE)
        took = time.perf_counter() - begun
        Followed.factory.close()
    return events / took
