"""Writers of every manner, all at once: what they were told was stored is what must be found."""

import random
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from uuid import UUID, uuid4

import psycopg
from eventsourcing.persistence import PersistenceError

from shared.postgres.arrays import take_arrays
from shared.postgres.pool import Connection, connect
from shared.store.appending import Appended, Appending, append
from shared.store.recorder import SealedRecorder
from tests.support.appending import one, several
from tests.support.stores import Store

Place = tuple[UUID, int]


class Streams:
    """Streams of many organisations, one of them hot, and the next version as far as is known."""

    def __init__(self, tenants: int, per_tenant: int = 4) -> None:
        self.hot = [(t, uuid4()) for t in [uuid4()] for _ in range(per_tenant)]
        self.calm = [(t, uuid4()) for t in (uuid4() for _ in range(tenants)) for _ in range(2)]
        self.reached: dict[UUID, int] = {}
        self.stored: list[Place] = []
        self.conflicts = 0
        self.failures = 0
        self.lock = threading.Lock()

    def choose(self, by: random.Random) -> tuple[UUID, UUID]:
        return by.choice(self.hot if by.random() < 0.4 else self.calm)

    def next(self, stream: UUID) -> int:
        with self.lock:
            return self.reached.get(stream, 0) + 1

    def told(self, appending: Appending) -> None:
        """It was acknowledged."""
        with self.lock:
            for row in appending.rows:
                stream, version = row.originator_id, row.originator_version
                self.stored.append((stream, version))
                self.reached[stream] = max(version, self.reached.get(stream, 0))


def until(stop: threading.Event) -> Iterator[int]:
    """For writers that go on until they are told to stop."""
    number = 0
    while not stop.is_set():
        yield (number := number + 1)


def combining(streams: Streams, recorder: SealedRecorder, seed: int, times: Iterable[int]) -> None:
    """As the ledger writes: one or several events, now and then over two streams."""
    by = random.Random(seed)
    for _ in times:
        tenant, stream = streams.choose(by)
        version = streams.next(stream)
        places = [(stream, version + n) for n in range(by.choice((1, 1, 2, 5)))]
        if by.random() < 0.1:
            places.append((uuid4(), 1))
        command = several(tenant, *places)
        try:
            if isinstance(recorder.append(command), Appended):
                streams.told(command)
            else:
                streams.conflicts += 1
        except PersistenceError:
            streams.failures += 1


def in_transaction(
    manner: Callable[[Connection, Streams, random.Random], Sequence[Appending]],
) -> Callable[[Streams, Store, int, int], None]:
    """A writer that opens transactions of its own and takes its time."""

    def write(streams: Streams, store: Store, seed: int, count: int) -> None:
        by = random.Random(seed)
        with connect(store.conninfo("app")) as app:
            take_arrays(app)
            for _ in range(count):
                written: Sequence[Appending] = []
                with suppress(psycopg.errors.UniqueViolation):
                    with app.transaction():
                        written = manner(app, streams, by)
                    for command in written:
                        streams.told(command)

    return write


def nap(app: Connection, by: random.Random) -> None:
    app.execute("SELECT pg_sleep(%s)", (by.uniform(0.005, 0.06),))


@in_transaction
def slow(app: Connection, streams: Streams, by: random.Random) -> Sequence[Appending]:
    """Writes, then waits with its commit."""
    tenant, stream = streams.choose(by)
    command = one(tenant, stream, streams.next(stream))
    append(app, command)
    nap(app, by)
    return [command]


@in_transaction
def early(app: Connection, streams: Streams, by: random.Random) -> Sequence[Appending]:
    """Takes its id with a first write, and writes to a busy stream much later."""
    tenant, stream = streams.choose(by)
    first = one(tenant, uuid4(), 1)
    append(app, first)
    nap(app, by)
    second = one(tenant, stream, streams.next(stream))
    append(app, second)
    return [first, second]


@in_transaction
def savepoints(app: Connection, streams: Streams, by: random.Random) -> Sequence[Appending]:
    """Tries, takes back, tries again under the same id."""
    tenant, stream = streams.choose(by)
    append(app, before := one(tenant, uuid4(), 1))
    with app.transaction(force_rollback=True):
        append(app, one(tenant, stream, streams.next(stream)))
        nap(app, by)
    append(app, after := one(tenant, stream, streams.next(stream)))
    return [before, after]


@in_transaction
def aborting(app: Connection, streams: Streams, by: random.Random) -> Sequence[Appending]:
    """Changes its mind every time."""
    tenant, stream = streams.choose(by)
    append(app, one(tenant, stream, streams.next(stream)))
    raise psycopg.Rollback


FORGED = (
    "INSERT INTO events (tenant_id, stream_id, version, subject_id, command_id, envelope, body, "
    "xid) VALUES (%s, %s, 1, %s, %s, '{}', 's', '9000000000')"
)


def forging(store: Store, tenant: UUID, count: int) -> int:
    """Tries an id of its own choosing, which no sealer would ever find; how often it was refused."""
    refused = 0
    for role in ("app", "combine"):
        with connect(store.conninfo(role)) as connection:
            for _ in range(count):
                try:
                    connection.execute(FORGED, (tenant, uuid4(), tenant, uuid4()))
                except psycopg.errors.InsufficientPrivilege:
                    refused += 1
    return refused


MANNERS = (slow, early, savepoints, aborting)
