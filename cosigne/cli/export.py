"""`cosigne export ORGANISATION --to FOLDER`: all that an organisation has recorded, as open files."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from psycopg import Connection

from cosigne.carrying.export import export
from cosigne.carrying.restore import restore
from cosigne.cli.here import settings_here
from cosigne.cli.moving import MovingLine
from cosigne.people import cast, tenant_of
from cosigne.plans import plans
from cosigne.words import Words
from shared.kernel import Refused
from shared.postgres.pool import closed_pool, in_tenant
from shared.settings import Settings

NAMED = "SELECT name FROM known_organisations WHERE tenant_id = %s"


def arguments(parser: ArgumentParser, words: Words) -> None:
    said = words.line
    parser.add_argument("organisation", metavar="ORGANISATION", help=said("help.export_what"))
    parser.add_argument(
        "--to", type=Path, required=True, metavar="FOLDER", help=said("help.export_to")
    )
    parser.add_argument(
        "--purpose", required=True, metavar="WORDS", help=said("help.export_purpose")
    )


def command(given: Namespace, words: Words) -> None:
    """On the installation's own machine: whoever may run it can read the keys."""
    settings = settings_here()
    tenant = tenant_told(given.organisation)
    named = (tenant, name_of(settings, tenant))
    made = export(settings, plans(), named, given.to, given.purpose, telling(words))
    events = sum(part.events for part in made.services.values())
    print(words.say("export.done", events=events, folder=given.to, name=made.name))


def bring_back(folder: Path, words: Words) -> int:
    """What `cosigne import` does with an export."""
    made = restore(settings_here(), plans(), folder, telling(words))
    events = sum(part.events for part in made.services.values())
    print(words.say("restore.done", events=events, name=made.name))
    return 0


def telling(words: Words) -> Callable[[str, int, int], None]:
    """A line for each service."""
    moving: defaultdict[str, MovingLine] = defaultdict(lambda: MovingLine(1))

    def progress(service: str, done: int, whole: int) -> None:
        line = words.line("export.progress", service=service, done=done, whole=whole)
        moving[service].show(line, done, whole)

    return progress


def tenant_told(told: str) -> UUID:
    """An organisation's id, or the name of one of the demo."""
    try:
        return UUID(told)
    except ValueError:
        pass
    for one in cast()["organisations"]:
        if told in (one["id"], one["name"]):
            return tenant_of(one["id"])
    raise Refused("export.unknown", organisation=told)


def name_of(settings: Settings, tenant: UUID) -> str:
    with (
        closed_pool(settings.conninfo("directory", "app")) as pool,
        in_tenant(pool, tenant) as seen,
    ):
        return found_name(seen, tenant)


def found_name(connection: Connection[tuple[str]], tenant: UUID) -> str:
    found = connection.execute(NAMED, (tenant,)).fetchone()
    if found is None:
        raise Refused("export.unknown", organisation=tenant)
    return found[0]
