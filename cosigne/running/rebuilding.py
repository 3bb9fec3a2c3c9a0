"""Every view of every service built anew, one after the other, each beside the one that serves."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from cosigne.plans import plans
from cosigne.running.peaks import peak
from shared.http.service import keys_of, sources_of
from shared.settings import Settings
from shared.store.rebuild import Rebuild
from shared.store.shares import Shares
from shared.store.told import Teller
from shared.store.views import View


@dataclass(frozen=True)
class Anew:
    """One view's: rows compared, events read for it, seconds, and this process's peak in bytes."""

    service: str
    view: str
    rows: int
    events: int
    seconds: float
    peak: int


def rebuild_all(
    settings: Settings, services: Iterable[str], shares: Shares | None, *, accept: bool
) -> Iterator[Anew]:
    """Raises Refused at the first view whose two versions differ, unless that is accepted."""
    with keys_of(settings) as keys:
        for service in services:
            for view in plans()[service].all_views:
                yield anew(settings, service, view, (Teller(keys), shares), accept=accept)


def anew(
    settings: Settings,
    service: str,
    view: View[Any],
    how: tuple[Teller, Shares | None],
    *,
    accept: bool,
) -> Anew:
    began = time.monotonic()
    with ExitStack() as opened:
        sources = sources_of(settings, plans()[service])
        for source in sources.values():
            opened.callback(source.close)
        rebuild = Rebuild(
            service,
            view,
            settings.conninfo(service, "owner"),
            settings.conninfo(service, "reader"),
            sources,
            *how,
        )
        done = rebuild.run(lambda *_: None, accept_differences=accept)
    seconds = time.monotonic() - began
    return Anew(service, view.name, done.rows, done.events, seconds, peak())
