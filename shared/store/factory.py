"""The library's infrastructure factory, ours: pools are given to it, nothing is read at import."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from eventsourcing.persistence import (
    AggregateRecorder,
    InfrastructureFactory,
    InfrastructureFactoryError,
    Mapper,
    ProcessRecorder,
    Transcoder,
)
from eventsourcing.utils import Environment

from shared.postgres.arrays import take_arrays
from shared.postgres.pool import Connection, Pool, closed_pool
from shared.settings import Settings
from shared.store.combiner import LEADERS
from shared.store.keys import Keys
from shared.store.mapper import FactMapper
from shared.store.recorder import SealedRecorder
from shared.store.snapshots import SnapshotRecorder
from shared.store.tracking import CursorRecorder
from shared.telemetry.pools import watch


class SealedFactory(InfrastructureFactory[CursorRecorder]):
    """Recorders over one service's pools; the mapper over the installation's keys."""

    def __init__(
        self,
        app: Pool,
        combine: Pool,
        keys: Keys,
        *,
        reader: Pool | None = None,
        appended: Callable[[], None] = lambda: None,
        env: Environment | None = None,
        service: str | None = None,
    ) -> None:
        super().__init__(env or Environment())
        self._app, self._combine, self._reader = app, combine, reader
        self._keys, self._appended, self._service = keys, appended, service

    @classmethod
    def of(
        cls,
        settings: Settings,
        service: str,
        keys: Keys,
        *,
        appended: Callable[[], None] = lambda: None,
        follows: bool = False,
    ) -> SealedFactory:
        """With closed pools of the service's roles: `open()` it after the fork."""
        reader = closed_pool(settings.conninfo(service, "reader")) if follows else None
        return cls(
            closed_pool(settings.conninfo(service, "app")),
            combine_pool(settings.conninfo(service, "combine")),
            keys,
            reader=reader,
            appended=appended,
            service=service,
        )

    @property
    def app(self) -> Pool:
        return self._app

    def open(self, check: Callable[[Connection], None] | None = None) -> None:
        """All pools, or none where one does not come up or `check` raises for a connection of it."""
        try:
            for pool in self.pools:
                pool.open(wait=True)
                watch(pool)
                if check is not None:
                    with pool.connection() as connection:
                        check(connection)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        for pool in self.pools:
            pool.close()

    def mapper(
        self,
        transcoder: Transcoder | None = None,
        mapper_class: type[Mapper[Any]] | None = None,
    ) -> Mapper[Any]:
        return (mapper_class or FactMapper)(self._keys)  # type: ignore[arg-type]

    def aggregate_recorder(self, purpose: str = "events") -> AggregateRecorder:
        if purpose == "snapshots":
            return SnapshotRecorder(self._app)
        return self.application_recorder()

    def application_recorder(self) -> SealedRecorder:
        """One for the process: its combiner is where commands meet."""
        return self._recorder

    def tracking_recorder(
        self, tracking_recorder_class: type[CursorRecorder] | None = None
    ) -> CursorRecorder:
        kind = tracking_recorder_class or CursorRecorder
        return kind(self._recorder.reader, self.env.name)

    def process_recorder(self) -> ProcessRecorder:
        raise InfrastructureFactoryError("views follow the sealed log: see shared/store/views.py")

    @cached_property
    def _recorder(self) -> SealedRecorder:
        return SealedRecorder(self._app, self._combine, self._reader, self._appended, self._service)

    @property
    def pools(self) -> list[Pool]:
        """Those it opens and closes."""
        return [p for p in (self._app, self._combine, self._reader) if p is not None]


def combine_pool(conninfo: str) -> Pool:
    """As many connections as statements may be under way; a lost one is settled, not checked."""
    return closed_pool(conninfo, size=LEADERS, checked=False, configure=take_arrays)
