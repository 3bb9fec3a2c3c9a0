"""`cosigne-partner listen` and `follow`: each event a line, from webhooks and feed, or the feed alone."""

from __future__ import annotations

import json
import os
import sys
import time
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cosigne_partner.checkpoint import FileCheckpoint
from cosigne_partner.credentials import sign_in
from cosigne_partner.event import Event
from cosigne_partner.feed import Feed, Refused
from cosigne_partner.inbox import Gap, Inbox
from cosigne_partner.listening import Listening, complain, repaired, say
from cosigne_partner.webhook import Verifier

HELP = """\
Each event once, in order, a line: its sequence, type, subject and data.
`listen` takes webhooks and repairs from the feed; `follow` reads the feed alone.

The environment may say whose: COSIGNE_DELIVERY, COSIGNE_SUBSCRIPTION, and to sign in
COSIGNE_TOKEN_URL, COSIGNE_CLIENT and COSIGNE_CLIENT_SECRET, or COSIGNE_TOKEN;
COSIGNE_CLIENT_SECRET_FILE and COSIGNE_TOKEN_FILE name files that hold them."""


def main(arguments: Sequence[str] | None = None) -> int:
    given = parsed(arguments)
    try:
        if given.work == "listen":
            listen(given)
        else:
            follow(given)
    except KeyboardInterrupt:
        return 130
    except (Refused, ValueError, OSError) as error:
        complain(error)
        return 1
    return 0


def parsed(arguments: Sequence[str] | None) -> Namespace:
    from_environment = {
        name: os.environ.get(f"COSIGNE_{name}") for name in ("DELIVERY", "SUBSCRIPTION")
    }
    parser = ArgumentParser(
        prog="cosigne-partner", description=HELP, formatter_class=RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("work", choices=("listen", "follow"))
    add(
        "--url",
        default=from_environment["DELIVERY"],
        help="the delivery service, https://…/delivery",
    )
    add("--subscription", default=from_environment["SUBSCRIPTION"], metavar="ID")
    add("--token-file", type=Path, metavar="FILE", help="a token, read anew each time")
    add(
        "--place",
        type=Path,
        required=True,
        metavar="FILE",
        help="where one has come to is kept there",
    )
    add("--until", type=int, metavar="SEQUENCE", help="stop once it is taken in")
    hook = parser.add_argument_group("listen")
    hook.add_argument("--port", type=int, default=8770, help="of webhooks, on 127.0.0.1 (8770)")
    hook.add_argument(
        "--endpoint", metavar="URL", help="while listening, webhooks go there, which leads here"
    )
    hook.add_argument("--webhooks", type=int, metavar="N", help="stop once so many came")
    hook.add_argument(
        "--lose",
        type=int,
        metavar="N",
        help="to try a repair: drop every Nth of them, answering 204",
    )
    given = parser.parse_args(arguments)
    for name, variable in (("url", "DELIVERY"), ("subscription", "SUBSCRIPTION")):
        if not getattr(given, name):
            parser.error(f"--{name} is missing, and COSIGNE_{variable} is not set")
    return given


def inbox_of(given: Namespace) -> Inbox:
    feed = Feed(given.url, given.subscription, token_of(given))
    return Inbox(feed, FileCheckpoint(given.place), handle(feed), on_gap=gap)


def token_of(given: Namespace) -> Callable[[], str]:
    file: Path | None = given.token_file
    return sign_in(os.environ) if file is None else lambda: file.read_text("ascii").strip()


def handle(feed: Feed) -> Callable[[Event, Any], None]:
    def one(event: Event, _: Any) -> None:
        data = json.dumps(event.data, ensure_ascii=False)
        say(f"{event.sequence or '-'} {event.type} {event.subject or '-'} {data}")
        if event.erases:
            feed.acknowledge_erasure(event)  # nothing is held here

    return one


def gap(found: Gap) -> None:
    say(f"gap {found.first}-{found.last}: repaired from the feed")


def listen(given: Namespace) -> None:
    inbox = inbox_of(given)
    hearing = Listening(inbox, Verifier(inbox.feed.secrets), given.lose)
    with hearing.server(given.port) as server:
        say(f"listening on http://127.0.0.1:{server.server_port}/")
        repaired(inbox)  # what the feed has told so far needs no webhook
        with sent_here(inbox.feed, given.endpoint):
            hearing.run(server, until=given.until, webhooks=given.webhooks)
    repaired(inbox)
    say(f"nothing is missing up to {inbox.checkpoint.place().sequence}")


@contextmanager
def sent_here(feed: Feed, endpoint: str | None) -> Iterator[None]:
    """Webhooks go there meanwhile; what comes while nobody listens is told by the feed."""
    if endpoint is None:
        yield
        return
    feed.webhooks_to(endpoint)
    try:
        yield
    finally:
        feed.webhooks_to(None)


def follow(given: Namespace) -> None:
    inbox = inbox_of(given)
    while given.until is None or inbox.checkpoint.place().sequence < given.until:
        began = time.monotonic()
        if not repaired(inbox, wait=20) and time.monotonic() - began < 1:
            time.sleep(1)  # too many wait there already: it answered at once


if __name__ == "__main__":
    sys.exit(main())
