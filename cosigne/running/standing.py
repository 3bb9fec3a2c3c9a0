"""What a worker process needs in order to do its work: what its readiness says."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from functools import partial

from cosigne.running.following import brokers_answer
from cosigne.running.kinds import FOLLOWING, OPENING, roles_of
from cosigne.running.worker import Worker
from cosigne.running.works import follower_of
from shared.http.service import Plan, source_of
from shared.http.standing import keys_stand
from shared.http.watching import Check
from shared.kafka.relayed import RELAY
from shared.postgres.pool import connect
from shared.postgres.schema import require_schema
from shared.settings import Settings
from shared.store.lag import behind, unsealed_for, views_behind


def standing_of(worker: Worker) -> Mapping[str, Check]:
    """Each thing by its name, and how it is looked at. Nothing of it ends the process."""
    settings, kinds = worker.settings, set(worker.kinds)
    checks: dict[str, Check] = {"started": worker.started.is_set}
    role = roles_of(kinds)[-1]
    for name, plan in worker.plans.items():
        conninfo = settings.conninfo(name, role)
        checks[f"database.{name}"] = partial(stands, conninfo, plan)
        if kinds & {"seal", "project", "consume", "relay"}:
            checks[f"lag.{name}"] = partial(follows, settings, plan, kinds)
    if kinds & OPENING:
        checks["keys"] = partial(keys_stand, settings)
    if settings.kafka is not None and kinds & {"relay", *FOLLOWING}:
        checks["kafka"] = partial(brokers_answer, settings.kafka)
    return checks


def stands(conninfo: str, plan: Plan) -> None:
    """Raises what the database raises, or Refused for one that this release cannot work with."""
    with connect(conninfo) as connection:
        require_schema(connection, plan.name, [view.name for view in plan.all_views])


def follows(settings: Settings, plan: Plan, kinds: set[str]) -> bool:
    """Whether the oldest that waits for this work waits no longer than is allowed."""
    with ExitStack() as opened:
        waited = [0.0]
        if "seal" in kinds:
            sealer = opened.enter_context(connect(settings.conninfo(plan.name, "sealer")))
            waited.append(unsealed_for(sealer))
        if kinds & {"project", "consume", "relay"}:
            reader = opened.enter_context(connect(settings.conninfo(plan.name, "reader")))
            followed = {
                view.name: view.sources
                for view in plan.all_views
                if follower_of(plan.name, view.sources) in kinds
            }
            wanted = frozenset().union(*followed.values()) | {plan.name}
            sources = {name: source_of(settings, plan, name) for name in sorted(wanted)}
            for source in sources.values():
                opened.callback(source.close)
            waited.append(views_behind(reader, sources, followed))
            if "relay" in kinds and settings.kafka is not None:
                waited.append(behind(reader, sources[plan.name], RELAY))
    return max(waited) <= settings.ready_lag_seconds
