"""A whole installation for tests: real databases, worker, services and issuer on a real socket.

One for each worker of the run; each test lives in an organisation of its own (`house`).
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

import httpx
import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from cosigne.embedded.postgres import Server
from cosigne.issuer.kept import Kept
from cosigne.issuer.tokens import mint
from cosigne.plans import plans
from cosigne.running.preparing import tables_of
from cosigne.running.serving import ISSUER, Front, front
from cosigne.running.worker import Worker
from services.directory.domain import events as told
from shared.kernel import Act, Contributor, Fact
from shared.postgres.migrate import migrate
from shared.postgres.pool import Connection, connect
from shared.settings import KEYS, Kafka, Settings
from shared.store.status import UNSEALED
from tests.support.stores import SECRET, cloned, prepared

PATIENCE = 120  # seconds: a busy machine finds no fault of its own
KEY_LEASE = 2.0  # a process of the tests forgets a key sooner, so that erasing one takes seconds


class Clock:
    """The services' clock in tests: the system's, until a test sets another time."""

    def __init__(self) -> None:
        self.at: datetime | None = None

    def __call__(self) -> datetime:
        return self.at or datetime.now(UTC)


class Quiet(WSGIRequestHandler):
    def log(self, *_: Any, **__: Any) -> None:
        """Tests read answers, not access logs."""


@dataclass
class Installation:
    """`client("luc's sign-in", tenant)` is someone's HTTP client, signed in with a real token."""

    settings: Settings
    worker: Worker
    front: Front
    clock: Clock
    issuer_folder: Path
    url: str
    readers: dict[str, Connection] = field(default_factory=dict)

    def client(self, subject: str, tenant: UUID | None, *, operator: bool = False) -> httpx.Client:
        token = mint(
            Kept(self.issuer_folder).signing_key(),
            issuer=self.settings.oidc_issuer,
            subject=subject,
            tenant=tenant,
            operator=operator,
        )
        return httpx.Client(
            base_url=self.url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=60,
            # plain HTTP on the loopback: a TLS context for each would cost more than the tests
            verify=False,
            trust_env=False,
        )

    def record(self, facts: Sequence[Fact]) -> None:
        """Write facts of the directory as they are, to set a scene."""
        self.front.services["directory"].ledger.record(facts)

    def settled(self) -> None:
        """Wait until every view of every service has seen everything acknowledged so far."""
        heads = {name: self.sealed_head(name) for name in self.front.services}
        for name in self.front.services:
            eventually(lambda name=name: self._caught_up(name, heads))

    def sealed_head(self, service: str) -> int:
        """How far a service's log goes, once everything acknowledged before is in it."""
        eventually(lambda: self._ask(service, UNSEALED)[0][0] == 0)
        return self._ask(service, "SELECT gpos FROM published_head")[0][0]

    def table(self, service: str, view: str) -> str:
        """The table a view is read from now: another test may have built it anew."""
        asked = "SELECT active FROM view_version WHERE name = %s"
        with connect(self.settings.conninfo(service, "owner")) as owner:
            (active,) = owner.execute(asked, (view,)).fetchone() or (1,)
        return f"{view}_v{active}"

    def _caught_up(self, service: str, heads: dict[str, int]) -> bool:
        floors = {
            (consumer, source): gpos
            for consumer, source, gpos in self._ask(
                service, "SELECT consumer, source, gpos FROM lane_cursor WHERE lane = -1"
            )
        }
        versions = dict(self._ask(service, "SELECT name, active FROM view_version"))
        return all(
            floors.get((f"{view.name}_v{versions[view.name]}", source), 0) >= heads[source]
            for view in plans()[service].all_views
            for source in view.sources
        )

    def _ask(self, service: str, statement: str) -> list[tuple[Any, ...]]:
        if service not in self.readers:
            self.readers[service] = connect(self.settings.conninfo(service, "reader"))
        return self.readers[service].execute(statement).fetchall()


def eventually(true: Callable[[], Any], patience: float = PATIENCE) -> Any:
    """The first answer that is true; fails when none is in time."""
    until = time.monotonic() + patience
    while not (answer := true()):
        assert time.monotonic() < until, "it did not come true in time"
        time.sleep(0.02)
    return answer


def views_made(server: Server, service: str) -> str:
    store = cloned(server, service)
    migrate(store.conninfo("owner"), service, tables_of(plans().get(service)))
    return server.url(store.database)


@pytest.fixture(scope="session")
def installation(
    server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    with installed(server, tmp_path_factory.mktemp("installation")) as made:
        yield made


@contextmanager
def installed(
    server: Server, folder: Path, issuer: str | None = None, kafka: Kafka | None = None
) -> Iterator[Installation]:
    """Started and stopped again; people sign in at the provider it names, or at its own issuer.

    Services follow each other by Kafka where brokers are named, else directly.
    """
    databases = {name: views_made(server, name) for name in plans()}
    databases[KEYS] = keys_made(server)
    clock, started = Clock(), threading.Event()
    listening = make_server("127.0.0.1", 0, late(started), threaded=True, request_handler=Quiet)
    url = f"http://127.0.0.1:{listening.server_port}"
    settings = Settings(
        databases=databases,
        database_secret=SECRET,
        admin_database_url=server.admin_conninfo,
        keys_folder=folder / "keys",
        oidc_issuer=issuer or f"{url}/{ISSUER}",
        url=url,
        key_lease=KEY_LEASE,
        kafka=kafka,
        webhook_test_addresses=("127.0.0.0/8",),
        portal_secret="for the tests",
        portal_away=url.replace("127.0.0.1", "localhost") + "/away-from-here",
    )
    worker = Worker(settings, plans(), grace=0.2)
    worker.start()
    app = front(
        settings,
        plans(),
        clock=clock,
        issuer_folder=None if issuer else folder / ISSUER,
        appended=lambda name: worker.sealers[name].wake,
    )
    listening.app = app
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    made = Installation(settings, worker, app, clock, folder / ISSUER, url)
    yield made
    for reader in made.readers.values():
        reader.close()
    listening.shutdown()
    thread.join()
    listening.server_close()
    worker.stop()
    app.close()


def late(_: threading.Event) -> Any:
    def app(environ: dict[str, Any], start: Any) -> list[bytes]:
        start("503 Service Unavailable", [])
        return [b""]

    return app


def keys_made(server: Server) -> str:
    """A key store of this worker's own, copied from a migrated one."""
    template, name = prepared(server, KEYS), f"{KEYS}_{uuid4().hex[:12]}"
    with connect(server.admin_conninfo) as admin:
        admin.execute(f'CREATE DATABASE "{name}" OWNER keys_owner TEMPLATE "{template}"')
        admin.execute(f'GRANT CONNECT ON DATABASE "{name}" TO keys_app')
    return server.url(name)


@dataclass
class Someone:
    """A fictional person of one test, with a client signed in as her or him."""

    name: str
    id: UUID
    subject: str
    sign_in: Callable[[], httpx.Client] = field(repr=False)

    @cached_property
    def client(self) -> httpx.Client:
        return self.sign_in()

    def leave(self) -> None:
        if "client" in self.__dict__:
            self.client.close()


@dataclass
class House:
    """An organisation of one test's own. `house.person`, `house.practitioner`, … are people."""

    installation: Installation
    tenant: UUID
    site: UUID
    programme: UUID
    people: dict[str, Someone] = field(default_factory=dict)
    versions: dict[UUID, int] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Someone:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    def tell(self, fact: type[Fact], stream: UUID, subject: UUID, /, **fields: Any) -> Fact:
        """Record one fact of the directory, the next of its stream; `by` whom, the house itself."""
        by = fields.pop("by", self.tenant)
        at = datetime.now(UTC)
        version = self.versions[stream] = self.versions.get(stream, 0) + 1
        someone = Contributor(
            party=self.tenant, role="administrator", part="wrote", attestation="own"
        )
        act = Act(
            tenant=self.tenant,
            subject=subject,
            actor=by,
            author=by,
            at=at,
            occurred=at,
            command=uuid4(),
            contributors=(someone,),
        )
        recorded = fact(stream, version, at, act, **fields)
        self.installation.record([recorded])
        return recorded

    def add(self, name: str, kind: str, *roles: str) -> Someone:
        party, subject = uuid4(), f"{name}-{uuid4().hex[:8]}"
        if kind == "person":
            self.tell(
                told.PersonRegistered, relations(party), party, name=name, sign_in_subject=subject
            )
        else:
            self.tell(
                told.PartyRegistered,
                party,
                self.tenant,
                kind=kind,
                name=name,
                sign_in_subject=subject,
            )
        for role in roles:
            self.tell(told.RoleGranted, party, self.tenant, role=role)
        someone = Someone(
            name, party, subject, lambda: self.installation.client(subject, self.tenant)
        )
        self.people[name] = someone
        return someone

    def care(self, person: Someone, worker: Someone, role: str = "practitioner") -> Fact:
        return self.tell(
            told.CareRelationStarted,
            relations(person.id),
            person.id,
            party=worker.id,
            role=role,
            site=self.site,
            programme=self.programme,
            words="Pour faire connaissance.",
        )


def relations(person: UUID) -> UUID:
    return uuid5(person, "relations")


def made_house(installation: Installation, timezone: str = "America/Toronto") -> House:
    house = House(installation, uuid4(), uuid4(), uuid4())
    house.tell(
        told.OrganisationRegistered,
        house.tenant,
        house.tenant,
        name="Maison des essais",
        country="CA-QC",
        locale="fr-CA",
        timezone=timezone,
        address_form="vous",
    )
    house.add("person", "person")
    house.add("neighbour", "person")
    house.add("practitioner", "practitioner", "practitioner")
    house.add("colleague", "practitioner", "practitioner")
    house.add("administrator", "practitioner", "administrator")
    house.add("manager", "practitioner", "manager")
    house.add("officer", "practitioner", "privacy_officer")
    house.add("auditor", "practitioner", "auditor")
    house.add("relative", "relative", "relative")
    house.care(house.person, house.practitioner)
    return house


@pytest.fixture
def house(installation: Installation) -> Iterator[House]:
    """Fresh organisation: a person with her practitioner, and others who do not know her."""
    made = made_house(installation)
    installation.settled()
    yield made
    installation.clock.at = None
    for someone in made.people.values():
        someone.leave()


@pytest.fixture
def other_house(installation: Installation) -> Iterator[House]:
    """Another organisation in the same installation."""
    made = made_house(installation)
    installation.settled()
    yield made
    for someone in made.people.values():
        someone.leave()
