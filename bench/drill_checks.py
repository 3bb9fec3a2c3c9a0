"""What is asked of an installation that was restored; it shares no code with the store's own writing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from bench.drill_life import Said
from cosigne.erasing.scan import scan_tables
from cosigne.plans import plans
from cosigne.running.caught_up import statuses
from cosigne.running.rebuilding import anew
from shared.http.service import keys_of
from shared.kernel import Refused
from shared.postgres.pool import connect
from shared.settings import SERVICES, Settings
from shared.store.cipher import Tampered
from shared.store.opening import Row, opened, read
from shared.store.told import Teller

EVENTS = "SELECT envelope ->> 'id' FROM events"
PUBLISHED = "SELECT envelope ->> 'id' FROM published"
BODIES = "SELECT tenant_id, stream_id, version, subject_id, envelope::text, body FROM published"


def missing(settings: Settings, said: Iterable[Said]) -> list[Said]:
    """Of what was acknowledged, what is in no log here, sealed or about to be."""
    return not_in(settings, said, EVENTS)


def unsealed(settings: Settings, said: Iterable[Said]) -> list[Said]:
    return not_in(settings, said, PUBLISHED)


def not_in(settings: Settings, said: Iterable[Said], asked: str) -> list[Said]:
    here: dict[str, set[str]] = {}
    for service in SERVICES:
        with connect(settings.conninfo(service, "reader")) as reader:
            here[service] = {one for (one,) in reader.execute(asked.encode()).fetchall()}
    return [one for one in said if one.entry not in here[one.service]]


@dataclass(frozen=True)
class Views:
    """Each view beside another one made anew from the logs: rows compared, rows that differ."""

    views: int
    rows: int
    different: int
    parked: int
    which: tuple[str, ...] = ()


def compared(settings: Settings, services: Collection[str] = SERVICES) -> Views:
    """Of these services; what is set aside, of all."""
    views = rows = different = 0
    which: list[str] = []
    with keys_of(settings) as keys:
        for service in services:
            for view in plans()[service].all_views:
                views += 1
                try:
                    done = anew(settings, service, view, (Teller(keys), None), accept=False)
                except Refused as refused:
                    if refused.code != "rebuild.different":
                        raise
                    which.append(f"{service}.{view.name}")
                    different += int(str(refused.values["rows"]))
                else:
                    rows += done.rows
    parked = sum(view.parked for one in statuses(settings) for view in one.followers)
    return Views(views, rows, different, parked, tuple(which))


def readable(settings: Settings, words: Sequence[str]) -> list[str]:
    """Which of these words are found in any table, or in any body that a key here opens."""
    with keys_of(settings) as keys:
        found = scan_tables(settings, keys, words, SERVICES)
    return sorted({one.word for one in found})


def unopened(settings: Settings) -> int:
    """How many bodies no key here opens: those of the erased, and those whose key was lost."""
    count = 0
    with keys_of(settings) as keys:
        for service in SERVICES:
            with connect(settings.conninfo(service, "relay")) as relay:
                for *place, envelope, body in relay.execute(BODIES).fetchall():
                    row = Row(*place, envelope.encode(), body)
                    told = None
                    with suppress(Tampered):
                        told = opened(keys, row, read(row))
                    count += body is not None and told is None
    return count
