"""`cosigne rebuild plans goals`: a view built anew beside the old one, compared, swapped in."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from cosigne.cli.here import settings_here
from cosigne.plans import plans
from cosigne.words import Words
from shared.http.service import sources_of, teller_of
from shared.kernel import Refused
from shared.settings import SERVICES
from shared.store.rebuild import Rebuild


def arguments(parser: ArgumentParser, words: Words) -> None:
    parser.add_argument("service", choices=SERVICES, metavar="SERVICE")
    parser.add_argument("view", metavar="VIEW", nargs="?", help=words.line("help.view"))
    parser.add_argument(
        "--accept-differences", action="store_true", help=words.line("help.accept_differences")
    )
    parser.add_argument("--back", action="store_true", help=words.line("help.back"))


def command(given: Namespace, words: Words) -> None:
    settings, plan = settings_here(), plans()[given.service]
    views = {view.name: view for view in plan.all_views}
    if given.view not in views:
        raise Refused("rebuild.which", service=given.service, views=", ".join(sorted(views)))
    tell, close = teller_of(settings)
    sources = sources_of(settings, plan)
    rebuild = Rebuild(
        given.service,
        views[given.view],
        settings.conninfo(given.service, "owner"),
        settings.conninfo(given.service, "reader"),
        sources,
        tell,
    )

    def progress(source: str, done: int, head: int) -> None:
        print(words.line("rebuild.progress", source=source, done=done, head=head), flush=True)

    try:
        if given.back:
            print(words.say("rebuild.gone_back", view=given.view, version=rebuild.back()))
            return
        done = rebuild.run(progress, accept_differences=given.accept_differences)
        print(words.say("rebuild.done", view=done.view, version=done.version, rows=done.rows))
    finally:
        for source in sources.values():
            source.close()
        close()
