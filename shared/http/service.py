"""A service put together: pools, keys, ledger, desk and application, from settings and its rooms.

Each service's wiring says only what is its own: its name, title, ledger, routes and views.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from flask import Blueprint as FlaskBlueprint
from flask import Flask

from shared.access.relations import relation_views
from shared.http.app import service_app
from shared.http.blueprint import Blueprint
from shared.http.desk import Clock, Desk, system_clock
from shared.http.guard import Guard
from shared.http.idempotency import Idempotency
from shared.http.identity import Claims, Verifier
from shared.http.messages import Sentences
from shared.http.provider import Provider, fetched
from shared.http.standing import keys_folder, watch_over
from shared.http.trust import trusting
from shared.kernel import Refused
from shared.ledger import Ledger
from shared.postgres.pool import Connection, closed_pool
from shared.postgres.safety import refuse_dangerous_role
from shared.postgres.schema import require_schema
from shared.settings import KEYS, Settings
from shared.store.factory import SealedFactory
from shared.store.key_files import KeyFiles
from shared.store.key_table import KeyTable
from shared.store.source import SealedLog, Source
from shared.store.subjects import SubjectLog
from shared.store.views import View
from shared.telemetry.pools import watch

SHARED_MESSAGES = Path(__file__).parent.parent / "messages"
Routes = Callable[[Desk], Blueprint]
Pages = Callable[[Desk], FlaskBlueprint]
# runs until the first is set; the second says that something was sealed
Work = Callable[[Event, Event], None]


@dataclass(frozen=True)
class Plan:
    """What a service is, before anything is opened: enough to migrate, to work and to serve."""

    name: str
    title: str
    description: str
    folder: Path
    ledger: type[Ledger]
    views: Sequence[View[Any]] = ()
    routes: Sequence[Routes] = ()
    pages: Sequence[Pages] = ()  # what people open in a browser, without signing in
    works: Callable[[Bench], Iterable[Work]] | None = None  # what it does by itself, in the worker
    # what else follows the logs and is no view: its name, and which of them
    followers: Mapping[str, Collection[str]] = field(default_factory=dict)
    # takes up what those had set aside; of how many sequences it could
    takes_up: Callable[[Settings, KeyTable], int] | None = None

    @property
    def all_views(self) -> tuple[View[Any], ...]:
        """Its own, and what every service keeps: the index by subject, and who is who."""
        return (*self.views_of_access, *self.other_views)

    @property
    def views_of_access(self) -> tuple[View[Any], ...]:
        """What it is decided by who is let in, and what they may see."""
        return relation_views()

    @property
    def other_views(self) -> tuple[View[Any], ...]:
        return (SubjectLog(self.name), *self.views)

    @property
    def follows(self) -> frozenset[str]:
        """The services whose sealed events its views are made of."""
        return frozenset().union(*(v.sources for v in self.all_views))


@dataclass(frozen=True)
class Bench:
    """What a service's own work is done with, in the worker."""

    settings: Settings
    keys: KeyTable
    factory: SealedFactory
    source: Callable[[str], Source]


@dataclass
class Service:
    """A service that serves. `open` after the fork, `close` at the end."""

    plan: Plan
    app: Flask
    desk: Desk
    ledger: Ledger
    opened: list[Any] = field(default_factory=list)

    def close(self) -> None:
        for thing in reversed(self.opened):
            thing.close()


def build(
    settings: Settings,
    plan: Plan,
    *,
    keys: KeyTable,
    clock: Clock = system_clock,
    appended: Callable[[], None] = lambda: None,
) -> Service:
    """Open the pools (after a fork, never before), check the roles, and make the application.

    Raises Refused for a role that could bypass row-level security, for a database that does not
    fit this release, or for a clock that is not the system's in production.
    """
    if settings.mode == "production" and clock is not system_clock:
        raise Refused("clock.not_the_systems")
    views = [view.name for view in plan.all_views]

    def fits(connection: Connection) -> None:
        refuse_dangerous_role(connection, production=settings.mode == "production")
        require_schema(connection, plan.name, views)

    factory = SealedFactory.of(settings, plan.name, keys, appended=appended)
    factory.open(fits)
    ledger, verifier = plan.ledger(factory), verifier_of(settings)
    watch = watch_over(settings, plan.name, views, verifier.provider)
    desk = Desk(
        service=plan.name,
        ledger=ledger,
        pool=factory.app,
        signed_in=verifier,
        idempotency=Idempotency(keys.digest_key),
        clock=clock,
        url=f"{settings.url}/{plan.name}",
        guard=Guard(settings.webhook_test_addresses),
    )
    app = service_app(
        plan.name,
        plan.title,
        [routes(desk) for routes in plan.routes],
        sentences=Sentences(SHARED_MESSAGES, plan.folder / "messages"),
        pages=[pages(desk) for pages in plan.pages],
        servers=[{"url": desk.url}],
        description=plan.description,
        issuer=settings.oidc_issuer,
        ready=watch,
    )
    return Service(plan, app, desk, ledger, [factory, watch])


def verifier_of(settings: Settings) -> Verifier:
    """Reads the tokens of whichever provider the installation names."""
    provider = Provider(
        settings.oidc_issuer,
        discovery=settings.oidc_discovery or None,
        fetch=partial(fetched, tls=trusting(settings.oidc_ca)),
    )
    claims = Claims(
        audience=settings.oidc_audience,
        tenant=settings.oidc_tenant_claim,
        operator_role=settings.oidc_operator_role,
    )
    return Verifier(provider, claims)


def sources_of(settings: Settings, plan: Plan, role: str = "relay") -> dict[str, Source]:
    """The sealed logs that a service follows, read directly (the embedded adapter).

    Each thread needs its own: a source is one connection.
    """
    return {name: source_of(settings, plan, name, role) for name in sorted(plan.follows)}


def source_of(settings: Settings, plan: Plan, name: str, role: str = "relay") -> Source:
    """One of them, for a thread of its own."""
    return SealedLog(name, settings.conninfo(name, "reader" if name == plan.name else role))


@contextmanager
def keys_of(settings: Settings) -> Iterator[KeyTable]:
    """The key store, one for the whole process: what is erased is known everywhere in it at once."""
    with closed_pool(settings.conninfo(KEYS, "app")) as pool:
        pool.wait()
        with pool.connection() as connection:
            # a key that was forgotten takes with it all that it sealed
            refuse_dangerous_role(connection, production=settings.mode == "production")
        watch(pool)
        yield KeyTable(pool, KeyFiles(keys_folder(settings)), lease=settings.key_lease)
