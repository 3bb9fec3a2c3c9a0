"""Databases, roles, tables and views of every service, made or brought up to date."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from shared.http.service import Plan
from shared.postgres.migrate import migrate
from shared.postgres.pool import Connection
from shared.postgres.roles import prepare
from shared.settings import KEYS, Settings
from shared.store.tables import create_tables

Say = Callable[[str], None]


def prepare_all(settings: Settings, plans: Mapping[str, Plan], say: Say = lambda _: None) -> None:
    """Harmless to repeat; `say` hears the name of each database as it is done."""
    for name in (KEYS, *plans):
        prepare(administrator_of(settings, name), name, settings.password)
        migrate(settings.conninfo(name, "owner"), name, tables_of(plans.get(name)))
        say(name)


def administrator_of(settings: Settings, name: str) -> str:
    """How an administrator reaches the server on which a database is; the keys' may be another."""
    return (name == KEYS and settings.keys_admin_database_url) or settings.admin_database_url


def tables_of(plan: Plan | None) -> Callable[[Connection], None] | None:
    """What makes the tables of a service's declared views."""
    if plan is None:
        return None

    def make(connection: Connection) -> None:
        for view in plan.all_views:
            create_tables(connection, plan.name, view)

    return make
