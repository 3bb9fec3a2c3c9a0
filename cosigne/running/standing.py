"""What a worker process needs in order to do its work: what its readiness says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from cosigne.running.kinds import roles_of
from cosigne.running.worker import Worker
from shared.http.watching import Check
from shared.postgres.pool import connect

HUNG_SECONDS = 300.0


def standing_of(worker: Worker) -> Mapping[str, Check]:
    """Each thing by its name, and how it is looked at."""
    return {"started": worker.started.is_set, **databases(worker)}


def databases(worker: Worker) -> Mapping[str, Check]:
    role = roles_of(worker.kinds)[-1]
    told = {name: worker.settings.conninfo(name, role) for name in worker.plans}
    return {f"database.{name}": partial(reached, one) for name, one in told.items()}


def reached(conninfo: str) -> bool:
    with connect(conninfo) as connection:
        return connection.execute("SELECT 1").fetchone() is not None
