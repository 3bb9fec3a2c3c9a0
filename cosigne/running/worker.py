"""The work behind the services: sealing, projecting, relaying, taking words away, erasing people."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from functools import partial

from cosigne.erasing.one_service import DIRECTORY
from cosigne.erasing.person import GRACE
from cosigne.erasing.work import ErasingWork
from cosigne.plans import plans as every_plan
from cosigne.running.following import followed_of, relay_of
from shared.http.service import Bench, Plan, keys_of, source_of, sources_of
from shared.postgres.pool import connect
from shared.postgres.safety import refuse_dangerous_role
from shared.settings import Settings
from shared.store.eraser import Eraser
from shared.store.factory import SealedFactory
from shared.store.garbage import collect_rarely
from shared.store.key_table import KeyTable
from shared.store.projector import Projector
from shared.store.sealer import Sealer
from shared.store.told import Teller

KINDS = ("seal", "project", "relay", "erase", "forget", "work")
ROLES = {
    "seal": ("sealer",),
    "project": ("reader",),
    "relay": ("reader",),
    "erase": ("reader", "eraser"),
    "forget": ("app", "combine", "reader", "eraser"),
    "work": ("app", "combine", "reader"),
}
# one for the installation, where the directory's work is done
ONCE = {"forget": DIRECTORY}
log = logging.getLogger("cosigne.worker")


class Worker:
    """Threads for each service, in one process. `start`, then `stop`, which waits for them."""

    def __init__(
        self,
        settings: Settings,
        plans: Mapping[str, Plan],
        kinds: tuple[str, ...] = KINDS,
        grace: float = GRACE,
    ) -> None:
        self.settings, self.plans, self.kinds, self._grace = settings, plans, kinds, grace
        self._wakes: list[tuple[frozenset[str], threading.Event]] = []
        self.sealers = {
            name: Sealer(
                settings.conninfo(name, "sealer"), sealed=partial(self._wake_followers, name)
            )
            for name in plans
        }
        self._stop, self.broken = threading.Event(), threading.Event()
        self._threads: list[threading.Thread] = []
        self._opened = ExitStack()
        self._key_store: KeyTable | None = None

    def start(self) -> None:
        """Raises Refused for a role that row-level security does not bind."""
        for name in self.plans:
            self._check_roles(name)
        collect_rarely()
        for name, plan in self.plans.items():
            for kind in self.kinds:
                if ONCE.get(kind, name) != name:
                    continue
                for work in self._of_kind(kind)(name, plan):
                    told = partial(self._work, work)
                    thread = threading.Thread(target=told, name=f"{kind}-{name}", daemon=True)
                    thread.start()
                    self._threads.append(thread)

    def stop(self, patience: float = 10) -> None:
        self._stop.set()
        for sealer in self.sealers.values():
            sealer.wake()
        for thread in self._threads:
            thread.join(patience)
        self._opened.close()

    def _work(self, work: Callable[[], None]) -> None:
        """What nobody foresaw ends the whole process: work that stopped in silence is not seen."""
        try:
            work()
        except Exception:  # whatever it is, the process starts again
            log.critical("%s broke", threading.current_thread().name, exc_info=True)
            self.broken.set()

    def _check_roles(self, name: str) -> None:
        for role in sorted({role for kind in self.kinds for role in ROLES[kind]}):
            with connect(self.settings.conninfo(name, role)) as connection:
                production = self.settings.mode == "production"
                refuse_dangerous_role(connection, production=production)

    def _keys(self) -> KeyTable:
        """One key store for all threads, opened when the first one needs it."""
        if self._key_store is None:
            self._key_store = self._opened.enter_context(keys_of(self.settings))
        return self._key_store

    def _wake_followers(self, name: str) -> None:
        """Something was sealed in this service: who follows it here looks at once."""
        for followed, wake in self._wakes:
            if name in followed:
                wake.set()

    def _of_kind(self, kind: str) -> Callable[[str, Plan], Iterable[Callable[[], None]]]:
        kinds = {
            "seal": self._seal,
            "project": self._project,
            "relay": self._relay,
            "erase": self._erase,
            "forget": self._forget,
            "work": self._work_of,
        }
        return kinds[kind]

    def _seal(self, name: str, plan: Plan) -> Iterable[Callable[[], None]]:
        del plan
        yield lambda: self.sealers[name].run(self._stop)

    def _project(self, name: str, plan: Plan) -> Iterable[Callable[[], None]]:
        """By whom one is let in waits for nothing else: it is followed on a thread of its own."""
        purposes = (("access", plan.views_of_access), ("views", plan.other_views))
        for purpose, views in purposes:
            followed = frozenset().union(*(view.sources for view in views))
            sources = followed_of(self.settings, plan, purpose)
            wake = threading.Event()
            self._wakes.append((followed, wake))
            projector = Projector(
                self.settings.conninfo(name, "reader"),
                {source: sources[source] for source in sorted(followed)},
                views,
                Teller(self._keys()),
            )
            yield partial(projector.run, self._stop, wake)

    def _relay(self, name: str, plan: Plan) -> Iterable[Callable[[], None]]:
        relay = relay_of(self.settings, plan)
        if relay is not None:
            wake = threading.Event()
            self._wakes.append((frozenset({name}), wake))
            yield partial(relay.run, self._stop, wake)

    def _erase(self, name: str, plan: Plan) -> Iterable[Callable[[], None]]:
        eraser = Eraser(
            sources_of(self.settings, plan)[name],
            self.settings.conninfo(name, "reader"),
            self.settings.conninfo(name, "eraser"),
        )
        yield lambda: eraser.run(self._stop)

    def _work_of(self, name: str, plan: Plan) -> Iterable[Callable[[], None]]:
        """What a service does by itself, besides keeping its views."""
        if plan.works is None:
            return
        factory = SealedFactory.of(
            self.settings, name, self._keys(), appended=self.sealers[name].wake
        )
        factory.open()
        self._opened.callback(factory.close)
        bench = Bench(self.settings, self._keys(), factory, partial(source_of, self.settings, plan))
        for work in plan.works(bench):
            wake = threading.Event()
            self._wakes.append((plan.follows, wake))
            yield partial(work, self._stop, wake)

    def _forget(self, name: str, plan: Plan) -> Iterable[Callable[[], None]]:
        del name, plan  # every service is concerned, also those whose other work is done elsewhere
        work = ErasingWork(self.settings, every_plan(), self._keys(), self._grace)
        yield lambda: work.run(self._stop)
