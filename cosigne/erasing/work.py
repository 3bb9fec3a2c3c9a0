"""Carries out the erasures whose day has come, one step after the other, until each is certified."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import ExitStack
from threading import Event
from typing import Any

import psycopg
from eventsourcing.persistence import PersistenceError
from psycopg_pool import PoolTimeout

from cosigne.erasing.listed import Wanted
from cosigne.erasing.one_service import DIRECTORY, OneService
from cosigne.erasing.person import GRACE, Erasing
from shared.http.service import Plan
from shared.kernel import Refused
from shared.postgres.pool import connect
from shared.settings import Settings
from shared.store.key_table import KeyTable
from shared.telemetry.words import Word

IDLE_SECONDS, BUSY_SECONDS = 2.0, 0.2
PASSING = (psycopg.Error, PoolTimeout, PersistenceError, OSError, Refused)
HINDERED = "hindered"
OF_AN_ERASURE = "erasure."  # what the directory's refusals of one begin with
DUE = """
SELECT tenant_id, subject_id, erasure, officer FROM erasures
 WHERE stage = 'scheduled' AND after <= clock_timestamp() OR stage = 'begun'
 ORDER BY after
"""
log = logging.getLogger("cosigne.erasing")


class ErasingWork:
    """`run` until told to stop; killed anywhere, it goes on where it was."""

    def __init__(
        self, settings: Settings, plans: Mapping[str, Plan], keys: KeyTable, grace: float = GRACE
    ) -> None:
        self._settings, self._plans, self._keys, self._grace = settings, plans, keys, grace

    def run(self, stop: Event) -> None:
        while not stop.is_set():
            try:
                with ExitStack() as opened:
                    self._look(stop, opened)
            except PASSING as failure:
                log.warning("erasing stopped for a moment: %s", failure)
                stop.wait(IDLE_SECONDS)

    def _look(self, stop: Event, opened: ExitStack) -> None:
        reader = opened.enter_context(connect(self._settings.conninfo(DIRECTORY, "reader")))
        erasing: Erasing | None = None
        while not stop.is_set():
            due = self.due(reader)
            if due and erasing is None:
                erasing = self._opened(opened)
            stages = [self.tried(erasing, wanted) for wanted in due if erasing is not None]
            busy = bool(stages) and HINDERED not in stages
            stop.wait(BUSY_SECONDS if busy else IDLE_SECONDS)

    def _opened(self, opened: ExitStack) -> Erasing:
        """Every service's database, once there is something to do."""
        services = [OneService(self._settings, p, self._keys) for p in self._plans.values()]
        for service in services:
            opened.callback(service.close)
        return Erasing(self._settings, self._keys, services, grace=self._grace)

    @staticmethod
    def due(reader: psycopg.Connection[Any]) -> list[Wanted]:
        return [Wanted(*row) for row in reader.execute(DUE).fetchall()]

    @classmethod
    def tried(cls, erasing: Erasing, wanted: Wanted) -> str:
        """One step; what hinders it, a master key that is missing for one, holds up no other."""
        try:
            return cls.step(erasing, wanted)
        except PASSING as failure:
            log.warning("erasure %s stopped for a moment: %s", wanted.erasure, failure)
            return HINDERED

    @staticmethod
    def step(erasing: Erasing, wanted: Wanted) -> str:
        """One step. Raises Refused for anything but what the directory says of this erasure."""
        try:
            stage = erasing.step(wanted)
        except Refused as refused:
            if not refused.code.startswith(OF_AN_ERASURE):
                raise
            # called off a moment ago: the view has not heard of it yet
            log.info("erasure %s: %s", wanted.erasure, Word(refused.code))
            return refused.code
        log.debug("erasure %s: %s", wanted.erasure, Word(stage))
        return stage
