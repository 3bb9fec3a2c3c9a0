"""A service's store with its keys, for tests of views: tell facts, seal them, project them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.kernel import Act, Fact
from shared.ledger import Ledger
from shared.store.factory import SealedFactory
from shared.store.key_table import KeyTable
from shared.store.projector import Projector
from shared.store.source import SealedLog
from shared.store.subjects import SubjectLog
from shared.store.tables import create_tables
from shared.store.told import Teller
from shared.store.views import View
from tests.support.stores import Store


@dataclass
class Telling:
    """Facts of two fictional persons in one organisation, in a store of the test's own."""

    store: Store
    keys: KeyTable
    factory: SealedFactory
    ledger: Ledger
    tenant: UUID = field(default_factory=uuid4)
    her: UUID = field(default_factory=uuid4)
    him: UUID = field(default_factory=uuid4)
    versions: dict[UUID, int] = field(default_factory=dict)
    opened: list[Any] = field(default_factory=list)

    def tell(self, kind: type[Fact], subject: UUID, /, **fields: Any) -> Any:
        """Record the next fact of this subject's stream (the subject's own id)."""
        at = datetime.now(UTC)
        version = self.versions[subject] = self.versions.get(subject, 0) + 1
        act = Act(
            tenant=self.tenant,
            subject=subject,
            actor=subject,
            author=subject,
            at=at,
            occurred=at,
            command=uuid4(),
        )
        fact = kind(subject, version, at, act, **fields)
        self.ledger.record([fact])
        return fact

    def seal(self) -> None:
        while self.store.ask("sealer", "SELECT seal(1000)"):
            pass

    def source(self) -> SealedLog:
        source = SealedLog("assessment", self.store.conninfo("relay"))
        self.opened.append(source)
        return source

    def projector(self, *views: View[Any]) -> Projector:
        with self.store.connect("owner") as owner:
            for view in (SubjectLog("assessment"), *views):
                create_tables(owner, "assessment", view)
        made = Projector(
            self.store.conninfo("reader"),
            {"assessment": self.source()},
            (SubjectLog("assessment"), *views),
            Teller(self.keys),
        )
        self.opened.append(made)
        return made

    def rows(self, name: str, columns: str = "*") -> list[tuple[Any, ...]]:
        """What the organisation's readers see of a view."""
        with self.store.connect("app") as connection, connection.transaction():
            connection.execute("SELECT set_config('app.tenant', %s, true)", (str(self.tenant),))
            return connection.execute(f"SELECT {columns} FROM {name} ORDER BY 1, 2, 3").fetchall()


def all_of(projector: Projector) -> int:
    """Project until nothing is left; how many events that were, over all views."""
    total = 0
    while done := projector.step():
        total += done
    return total


@pytest.fixture
def telling(new_store: Callable[[str], Store], keys: KeyTable) -> Iterator[Telling]:
    store = new_store("assessment")
    factory = SealedFactory.of(store.settings, "assessment", keys)
    factory.open()
    made = Telling(store, keys, factory, Ledger(factory))
    yield made
    for thing in made.opened:
        thing.close()
    factory.close()


def ids(facts: Iterable[Fact]) -> list[UUID]:
    return [f.id for f in facts]
