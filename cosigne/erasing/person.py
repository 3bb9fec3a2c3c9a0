"""The steps of erasing one person: each may be taken again, and what was done says where to go on.

Close her key → wait until nothing sealed under it can still come → say in every log that she was
erased → wait until every view has folded it → destroy the key → wait until no process remembers it
→ look once more → certify.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

import psycopg

from cosigne.erasing.listed import ErasureList, Wanted
from cosigne.erasing.one_service import DIRECTORY, Mark, OneService
from cosigne.erasing.views import Place
from services.directory.domain.erasure import BeginErasure, CertifyErasure
from services.directory.domain.events import ErasedLog
from services.directory.domain.relations import Relations, stream_of
from shared.kernel import NotFound, Refused
from shared.postgres.pool import connect
from shared.settings import KEYS, Settings
from shared.store.key_table import KeyTable

GRACE = 30.0  # seconds: a statement that was sealed with a key and sent has ended by then
log = logging.getLogger("cosigne.erasing")


class Erasing:
    """One for the installation: it needs every service's database, and the keys."""

    def __init__(
        self,
        settings: Settings,
        keys: KeyTable,
        services: Sequence[OneService],
        *,
        grace: float = GRACE,
    ) -> None:
        self._settings, self._keys = settings, keys
        # the directory first: it says whether it may be done at all
        self.services = sorted(services, key=lambda s: s.plan.name != DIRECTORY)
        self._list = ErasureList(settings.list_of_erasures)
        self._grace = grace
        self._marks: dict[tuple[Wanted, str], Sequence[Mark]] = {}

    def step(self, wanted: Wanted, *, listed: bool = False) -> str:
        """Go as far as can be gone now; says what it waits for, or `certified`."""
        key = wanted.tenant, wanted.person
        fate = self._keys.fate(*key)
        if fate.closed_for is None:
            if not listed:
                self._begin(wanted)
            # on the list first: a crash from here on is found by whoever restores
            self._list.add(wanted)
            self._keys.close(*key)
            return "closed"
        self._list.add(wanted)
        if fate.destroyed_for is None or listed:
            if fate.closed_for < self._keys.lease + self._grace or not self._quiet(
                wanted, "sealed"
            ):
                return "waiting_for_the_last_word"
            places = self._said(wanted, listed=listed)
            if places is None or not all(s.views.is_purged(places) for s in self.services):
                return "purging"
        if fate.destroyed_for is None:
            self._keys.destroy(*key)
            return "destroyed"
        if fate.destroyed_for < self._keys.lease:
            return "waiting_for_other_processes"
        return self._look_once_more(wanted, listed=listed)

    def _begin(self, wanted: Wanted) -> None:
        """Raises Refused when she called it off meanwhile, or before its day."""
        directory = self.services[0]
        act, stream = directory.act(wanted, "begin"), stream_of(wanted.person)
        directory.ledger.execute(
            Relations, BeginErasure(act=act, stream=stream, erasure=wanted.erasure)
        )

    def _quiet(self, wanted: Wanted, why: str) -> bool:
        """Whether all that had begun to write when this was first asked has ended and is sealed."""
        if (wanted, why) not in self._marks:
            self._marks[wanted, why] = [s.mark() for s in self.services]
        asked = zip(self.services, self._marks[wanted, why], strict=True)
        return all(service.is_past(mark) for service, mark in asked)

    def _said(self, wanted: Wanted, *, listed: bool) -> Mapping[str, Place] | None:
        """Where each log says it, after all that is hers there; None while one does not yet."""
        places: dict[str, Place] = {}
        missing = False
        for service in self.services:
            place = service.place(wanted)
            if listed and place is None and not service.entries(wanted):
                continue  # what was restored here is older than she is
            if place is None or service.entries(wanted, place.gpos):
                missing = True
                service.record(wanted, place.version if place else 0, listed=listed)
            else:
                places[service.plan.name] = place
        return None if missing else places

    def _look_once_more(self, wanted: Wanted, *, listed: bool) -> str:
        """Nothing of hers opens any more anywhere: what an old version still holds goes now."""
        if not self._quiet(wanted, "destroyed"):
            return "waiting_for_other_processes"
        places = self._said(wanted, listed=listed)
        if places is None or not all(s.views.is_purged(places) for s in self.services):
            return "purging"
        for service in self.services:
            service.views.sweep(wanted, places)
        self._vacuum()
        self._certify(wanted, places)
        self._marks = {name: mark for name, mark in self._marks.items() if name[0] != wanted}
        return "certified"

    def _vacuum(self) -> None:
        """As far as the owners can be reached from here: autovacuum comes by anyway."""
        try:
            for service in self.services:
                with connect(self._settings.conninfo(service.plan.name, "owner")) as owner:
                    service.views.vacuum(owner)
            with connect(self._settings.conninfo(KEYS, "owner")) as owner:
                owner.execute("VACUUM data_key")
        except psycopg.OperationalError as failure:
            log.warning("the room of what was erased is left to autovacuum: %s", failure)
        except Refused:  # with a password for each role, who erases is not told the owners'
            log.info("the room of what was erased is left to autovacuum")

    def _certify(self, wanted: Wanted, places: Mapping[str, Place]) -> None:
        logs = tuple(
            ErasedLog(s.plan.name, places[s.plan.name].position, s.entries(wanted))
            for s in self.services
            if s.plan.name in places
        )
        directory = self.services[0]
        act, stream = directory.act(wanted, "certify"), stream_of(wanted.person)
        try:
            directory.ledger.execute(
                Relations, CertifyErasure(act=act, stream=stream, erasure=wanted.erasure, logs=logs)
            )
        except NotFound:  # a restored directory does not know of the decision; the list does
            log.info("erased again from the list")
