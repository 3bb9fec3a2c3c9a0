"""The work behind the services on threads, in one process; what breaks or hangs there is seen."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from cosigne.erasing.person import GRACE
from cosigne.running.kinds import KINDS, roles_of
from cosigne.running.pulse import Pulse, waits_elsewhere
from cosigne.running.works import Work, Works, views_of
from shared.http.service import Plan
from shared.postgres.pool import connect
from shared.postgres.safety import refuse_dangerous_role
from shared.postgres.schema import require_schema
from shared.settings import Settings
from shared.store.garbage import collect_rarely
from shared.store.sealer import Sealer
from shared.telemetry.words import Word

log = logging.getLogger("cosigne.worker")


@dataclass(frozen=True)
class Hand:
    """One thread and what is heard of it."""

    thread: threading.Thread
    pulse: Pulse


class Worker:
    """Threads for each service, in one process. `start`, then `stop`, which waits for them."""

    def __init__(
        self,
        settings: Settings,
        plans: Mapping[str, Plan],
        kinds: tuple[str, ...] = KINDS,
        grace: float = GRACE,
    ) -> None:
        self.settings, self.plans, self.kinds = settings, plans, kinds
        self.works = Works(settings, plans, kinds, grace)
        self._stop, self.broken, self.started = (threading.Event() for _ in range(3))
        self._hands: list[Hand] = []

    @property
    def sealers(self) -> Mapping[str, Sealer]:
        return self.works.sealers

    def start(self) -> None:
        """Raises Refused for a role that row-level security does not bind, or an unfit database."""
        for name in self.plans:
            self._check_roles(name)
        collect_rarely()
        for name, work in self.works.ready():
            pulse = Pulse(self._stop)
            told = partial(self._work, work, pulse)
            thread = threading.Thread(target=told, name=name, daemon=True)
            self._hands.append(Hand(thread, pulse))
            thread.start()
        self.started.set()

    def stop(self, patience: float = 10) -> None:
        self._stop.set()
        for sealer in self.sealers.values():
            sealer.wake()
        for hand in self._hands:
            hand.thread.join(patience)
        self.works.closing.close()

    def hung(self, after: float) -> list[str]:
        """The threads of which nothing was heard for so many seconds, and which wait for nobody."""
        return [
            hand.thread.name
            for hand in self._hands
            if hand.pulse.silent > after and not waits_elsewhere(hand.thread)
        ]

    def _work(self, work: Work, pulse: Pulse) -> None:
        """What nobody foresaw ends the whole process: work that stopped in silence is not seen."""
        try:
            work(pulse)
        except Exception:  # whatever it is, the process starts again
            log.critical("%s broke", Word(threading.current_thread().name), exc_info=True)
            self.broken.set()

    def _check_roles(self, name: str) -> None:
        for role in roles_of(self.kinds):
            with connect(self.settings.conninfo(name, role)) as connection:
                production = self.settings.mode == "production"
                refuse_dangerous_role(connection, production=production)
                require_schema(connection, name, views_of(self.plans[name], self.kinds))
