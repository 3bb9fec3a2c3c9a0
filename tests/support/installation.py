"""A whole installation for tests: real databases, worker, services and issuer on a real socket.

One for each worker of the run; each test lives in an organisation of its own (`house`).
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
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
from shared.settings import KEYS, Settings
from tests.support.stores import SECRET, cloned

PATIENCE = 10


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

    def client(self, subject: str, tenant: UUID | None, *, operator: bool = False) -> httpx.Client:
        token = mint(
            Kept(self.issuer_folder).signing_key(),
            issuer=self.settings.oidc_issuer,
            subject=subject,
            tenant=tenant,
            operator=operator,
        )
        return httpx.Client(
            base_url=self.url, headers={"Authorization": f"Bearer {token}"}, timeout=30
        )

    def record(self, facts: Sequence[Fact]) -> None:
        """Write facts of the directory as they are, to set a scene."""
        self.front.services["directory"].ledger.record(facts)

    def settled(self) -> None:
        """Wait until every view of every service has seen everything acknowledged so far."""
        eventually(lambda: all(self._caught_up(name) for name in self.front.services))

    def _caught_up(self, name: str) -> bool:
        from shared.http.service import sources_of
        from shared.store.status import status

        plan = plans()[name]
        sources = sources_of(self.settings, plan)
        try:
            reader = self.settings.conninfo(name, "reader")
            found = status(name, reader, sources, plan.all_views)
        finally:
            for source in sources.values():
                source.close()
        return not found.unsealed and not any(v.behind_events for v in found.views)


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
    folder = tmp_path_factory.mktemp("installation")
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
        oidc_issuer=f"{url}/{ISSUER}",
        url=url,
    )
    worker = Worker(settings, plans())
    worker.start()
    app = front(
        settings,
        plans(),
        clock=clock,
        issuer_folder=folder / ISSUER,
        appended=lambda name: worker.sealers[name].wake,
    )
    listening.app = app
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    yield Installation(settings, worker, app, clock, folder / ISSUER, url)
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
    store = cloned(server, KEYS)
    return server.url(store.database)


@dataclass
class Someone:
    """A fictional person of one test, with a client signed in as her or him."""

    name: str
    id: UUID
    subject: str
    client: httpx.Client = field(repr=False)


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

    def tell(self, kind: type[Fact], stream: UUID, subject: UUID, **fields: Any) -> Fact:
        """Record one fact of the directory, the next of its stream."""
        at = datetime.now(UTC)
        version = self.versions[stream] = self.versions.get(stream, 0) + 1
        someone = Contributor(
            party=self.tenant, role="administrator", part="wrote", attestation="own"
        )
        act = Act(
            tenant=self.tenant,
            subject=subject,
            actor=self.tenant,
            author=self.tenant,
            at=at,
            occurred=at,
            command=uuid4(),
            contributors=(someone,),
        )
        fact = kind(stream, version, at, act, **fields)
        self.installation.record([fact])
        return fact

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
        someone = Someone(name, party, subject, self.installation.client(subject, self.tenant))
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


def made_house(installation: Installation) -> House:
    house = House(installation, uuid4(), uuid4(), uuid4())
    house.tell(
        told.OrganisationRegistered,
        house.tenant,
        house.tenant,
        name="Maison des essais",
        country="CA-QC",
        locale="fr-CA",
        timezone="America/Toronto",
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
        someone.client.close()


@pytest.fixture
def other_house(installation: Installation) -> Iterator[House]:
    """Another organisation in the same installation."""
    made = made_house(installation)
    installation.settled()
    yield made
    for someone in made.people.values():
        someone.client.close()
