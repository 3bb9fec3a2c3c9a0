"""What each kind of work is: sealing, following, relaying, taking words away, erasing people."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from threading import Event

from cosigne.erasing.person import GRACE
from cosigne.erasing.work import ErasingWork
from cosigne.plans import plans as every_plan
from cosigne.running.following import followed_of, relay_of
from cosigne.running.kinds import KINDS, ONCE
from shared.http.service import Bench, Plan, keys_of, source_of
from shared.settings import Settings
from shared.store.eraser import Eraser
from shared.store.factory import SealedFactory
from shared.store.key_table import KeyTable
from shared.store.projector import Projector
from shared.store.sealer import Sealer
from shared.store.told import Teller

Work = Callable[[Event], None]  # runs until it is told to stop


class Works:
    """The work of one process. `closing` closes what was opened for it."""

    def __init__(
        self,
        settings: Settings,
        plans: Mapping[str, Plan],
        kinds: tuple[str, ...] = KINDS,
        grace: float = GRACE,
    ) -> None:
        self.settings, self.plans, self.kinds, self._grace = settings, plans, kinds, grace
        self._wakes: list[tuple[frozenset[str], Event]] = []
        self.sealers = {
            name: Sealer(
                settings.conninfo(name, "sealer"), sealed=partial(self._wake_followers, name)
            )
            for name in (plans if "seal" in kinds else ())
        }
        self.closing = ExitStack()
        self._key_store: KeyTable | None = None

    def ready(self) -> list[tuple[str, Work]]:
        """All of it put together before any of it begins; what failed half-way is closed again."""
        try:
            return list(self.all())
        except Exception:
            self.closing.close()
            self._wakes.clear()
            self._key_store = None
            raise

    def all(self) -> Iterator[tuple[str, Work]]:
        """Each with its name, such as `seal-plans`."""
        for name, plan in self.plans.items():
            for kind, works in self._by_kind().items():
                if kind in self.kinds and ONCE.get(kind, name) == name:
                    for work in works(name, plan):
                        yield f"{kind}-{name}", work
            yield from self._followers(name, plan)

    def _by_kind(self) -> Mapping[str, Callable[[str, Plan], Iterable[Work]]]:
        return {
            "seal": self._seal,
            "relay": self._relay,
            "erase": self._erase,
            "forget": self._forget,
            "work": self._work_of,
        }

    def _keys(self) -> KeyTable:
        """One key store for all threads, opened when the first one needs it."""
        if self._key_store is None:
            self._key_store = self.closing.enter_context(keys_of(self.settings))
        return self._key_store

    def _wake_followers(self, name: str) -> None:
        """Something was sealed in this service: who follows it here looks at once."""
        for followed, wake in self._wakes:
            if name in followed:
                wake.set()

    def _woken_by(self, followed: frozenset[str]) -> Event:
        wake = Event()
        self._wakes.append((followed, wake))
        return wake

    def _seal(self, name: str, plan: Plan) -> Iterable[Work]:
        del plan
        yield self.sealers[name].run

    def _followers(self, name: str, plan: Plan) -> Iterator[tuple[str, Work]]:
        """By whom one is let in waits for nothing else: it is followed on a thread of its own."""
        purposes = (("access", plan.views_of_access), ("views", plan.other_views))
        for purpose, views in purposes:
            ours = [view for view in views if follower_of(name, view.sources) in self.kinds]
            if not ours:
                continue
            followed = frozenset().union(*(view.sources for view in ours))
            projector = Projector(
                self.settings.conninfo(name, "reader"),
                followed_of(self.settings, plan, followed, purpose),
                ours,
                Teller(self._keys()),
            )
            wake = self._woken_by(followed)
            yield f"{purpose}-{name}", partial(projector.run, wake=wake)

    def _relay(self, name: str, plan: Plan) -> Iterable[Work]:
        relay = relay_of(self.settings, plan)
        if relay is not None:
            yield partial(relay.run, wake=self._woken_by(frozenset({name})))

    def _erase(self, name: str, plan: Plan) -> Iterable[Work]:
        eraser = Eraser(
            source_of(self.settings, plan, name),
            self.settings.conninfo(name, "reader"),
            self.settings.conninfo(name, "eraser"),
        )
        yield eraser.run

    def _work_of(self, name: str, plan: Plan) -> Iterable[Work]:
        """What a service does by itself, besides keeping its views."""
        if plan.works is None:
            return
        # a sealer that is here too is woken; one of another process looks by itself
        sealer = self.sealers.get(name)
        appended = sealer.wake if sealer else lambda: None
        factory = SealedFactory.of(self.settings, name, self._keys(), appended=appended)
        factory.open()
        self.closing.callback(factory.close)
        bench = Bench(self.settings, self._keys(), factory, partial(source_of, self.settings, plan))
        for work in plan.works(bench):
            yield partial(_woken, work, self._woken_by(plan.follows))

    def _forget(self, name: str, plan: Plan) -> Iterable[Work]:
        del name, plan  # every service is concerned, also those whose other work is done elsewhere
        yield ErasingWork(self.settings, every_plan(), self._keys(), self._grace).run


def follower_of(service: str, sources: frozenset[str]) -> str:
    """Which kind of work keeps a view: one made of the service's own log alone, or of others' too."""
    return "project" if sources <= {service} else "consume"


def views_of(plan: Plan, kinds: Collection[str]) -> list[str]:
    """The views that this work keeps."""
    return [v.name for v in plan.all_views if follower_of(plan.name, v.sources) in kinds]


def _woken(work: Callable[[Event, Event], None], wake: Event, stop: Event) -> None:
    work(stop, wake)
