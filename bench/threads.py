"""The same event stored from Python by many threads: our recorder, and the library's own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from uuid import UUID, uuid4

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

from bench.ground import Ground, Run
from bench.scripts import BODY, ENVELOPE, TENANTS
from cosigne.embedded.data_folder import SUPERUSER
from shared.postgres.pool import closed_pool
from shared.store.appending import Appending, Conflict
from shared.store.factory import combine_pool
from shared.store.recorder import SealedRecorder
from shared.store.stored import Stored

BYTES = bytes.fromhex(BODY[2:])
TENANT_IDS = [UUID(int=(7 << 76) | (2 << 62) | n) for n in range(1, TENANTS + 1)]
CONFLICT_EVERY = 50  # 2 %


def race(threads: int, each: int, work: Callable[[int], int]) -> Run:
    """All threads start together; what they stored over the time of the slowest."""
    stored = [0] * threads
    ready = threading.Barrier(threads + 1)

    def run(number: int) -> None:
        ready.wait()
        for _ in range(each):
            stored[number] += work(number)

    runners = [threading.Thread(target=run, args=(n,)) for n in range(threads)]
    for runner in runners:
        runner.start()
    ready.wait()
    begun = time.perf_counter()
    for runner in runners:
        runner.join()
    took = time.perf_counter() - begun
    return Run(sum(stored) / took, sum(stored))


def row(tenant: UUID, stream: UUID, version: int = 1) -> Stored:
    return Stored(stream, version, "", BYTES, tenant, uuid4(), uuid4(), ENVELOPE.encode())


def ours(ground: Ground, threads: int, each: int) -> Run:
    """Through the combiner; every fiftieth command meets a version that is taken."""
    app = closed_pool(ground.settings.conninfo("assessment", "app"))
    combine = combine_pool(ground.settings.conninfo("assessment", "combine"))
    with app, combine:
        recorder = SealedRecorder(app, combine)
        taken = row(TENANT_IDS[0], uuid4())
        recorder.insert_events([taken])
        counts = [0] * threads

        def work(number: int) -> int:
            counts[number] += 1
            tenant = TENANT_IDS[(number * 7 + counts[number]) % TENANTS]
            if counts[number] % CONFLICT_EVERY == 0:
                again = row(taken.tenant_id, UUID(str(taken.originator_id)))
                assert isinstance(recorder.append(Appending.of([again])), Conflict)
            recorder.insert_events([row(tenant, uuid4())])
            return 1

        run = race(threads, each, work)
        return Run(run.tps, run.acknowledged + 1)


def stock(ground: Ground, threads: int, each: int) -> Run:
    """The library's own recorder on PostgreSQL, as its documentation sets it up."""
    server = ground.server
    datastore = PostgresDatastore(
        dbname="stock",
        host=server.host,
        port=str(server.port),
        user=SUPERUSER,
        password=server.password,
        pool_size=threads,
    )
    recorder = PostgresApplicationRecorder(datastore, events_table_name="stored_events")
    recorder.create_table()
    state = ENVELOPE.encode() + BYTES
    try:

        def work(_: int) -> int:
            recorder.insert_events([StoredEvent(uuid4(), 1, "assessment.theme_rated", state)])
            return 1

        return race(threads, each, work)
    finally:
        datastore.close()
