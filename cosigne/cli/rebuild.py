"""`cosigne rebuild plans goals`: a view built anew beside the old one, compared, swapped in."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

from cosigne.cli.here import settings_here
from cosigne.plans import plans
from cosigne.running.rebuilding import Anew, rebuild_all
from cosigne.words import Words
from shared.http.service import Plan, keys_of, sources_of
from shared.kernel import Refused
from shared.settings import SERVICES, Settings
from shared.store.garbage import collect_rarely
from shared.store.key_table import KeyTable
from shared.store.projector import Projector
from shared.store.rebuild import Rebuild
from shared.store.shares import Shares
from shared.store.told import Teller


def arguments(parser: ArgumentParser, words: Words) -> None:
    named = words.line("help.rebuild_service", services=", ".join(SERVICES))
    parser.add_argument("service", choices=SERVICES, metavar="SERVICE", nargs="?", help=named)
    parser.add_argument("view", metavar="VIEW", nargs="?", help=words.line("help.view"))
    parser.add_argument(
        "--accept-differences", action="store_true", help=words.line("help.accept_differences")
    )
    parser.add_argument(
        "--processes", type=int, default=1, metavar="N", help=words.line("help.processes")
    )
    parser.add_argument("--back", action="store_true", help=words.line("help.back"))
    parser.add_argument("--all", action="store_true", help=words.line("help.rebuild_all"))
    parser.add_argument("--parked", action="store_true", help=words.line("help.parked"))


def command(given: Namespace, words: Words) -> None:
    settings = settings_here()
    collect_rarely()
    if given.all:
        services = (given.service,) if given.service else SERVICES
        shares = Shares(given.processes, partial(keys_in_a_process, settings))
        found = rebuild_all(settings, services, shares, accept=given.accept_differences)
        print_all(found, words)
        return
    if given.service is None:
        raise Refused("rebuild.which_service", services=", ".join(SERVICES))
    plan = plans()[given.service]
    if given.parked:
        replay_parked(settings, plan, words)
        return
    views = {view.name: view for view in plan.all_views}
    if given.view not in views:
        raise Refused("rebuild.which", service=given.service, views=", ".join(sorted(views)))
    sources = sources_of(settings, plan)

    def progress(source: str, done: int, head: int) -> None:
        print(words.line("rebuild.progress", source=source, done=done, head=head), flush=True)

    with keys_of(settings) as keys, ExitStack() as opened:
        for source in sources.values():
            opened.callback(source.close)
        rebuild = Rebuild(
            given.service,
            views[given.view],
            settings.conninfo(given.service, "owner"),
            settings.conninfo(given.service, "reader"),
            sources,
            Teller(keys),
            Shares(given.processes, partial(keys_in_a_process, settings)),
        )
        if given.back:
            print(words.say("rebuild.gone_back", view=given.view, version=rebuild.back()))
            return
        done = rebuild.run(progress, accept_differences=given.accept_differences)
        print(words.say("rebuild.done", view=done.view, version=done.version, rows=done.rows))


@contextmanager
def keys_in_a_process(settings: Settings) -> Iterator[KeyTable]:
    """For a process that begins empty: with the keys it needs every service's facts, as here."""
    plans()
    with keys_of(settings) as keys:
        yield keys


def print_all(found: Iterable[Anew], words: Words) -> None:
    """A line for each view as it is done, then what all of them took."""
    views, seconds, peak = 0, 0.0, 0
    for one in found:
        views, seconds, peak = views + 1, seconds + one.seconds, max(peak, one.peak)
        name = f"{one.service}.{one.view}"
        told = words.line("rebuild.one", rows=one.rows, events=one.events)
        print(f"  {name:32} {one.seconds:8.1f} s  {told}", flush=True)
    print(words.say("rebuild.all", views=views, seconds=round(seconds), peak=peak // 1_000_000))


def replay_parked(settings: Settings, plan: Plan, words: Words) -> None:
    """Take up every sequence that a view of this service, or what else follows, had set aside."""
    with keys_of(settings) as keys:
        projector = Projector(
            settings.conninfo(plan.name, "reader"),
            sources_of(settings, plan),
            plan.all_views,
            Teller(keys),
        )
        try:
            mended = projector.replay_parked()
        finally:
            projector.close()
        if plan.takes_up is not None:
            mended += plan.takes_up(settings, keys)
    print(words.say("rebuild.replayed", service=plan.name, mended=mended))
