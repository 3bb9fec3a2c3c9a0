"""`cosigne-partner listen` and `follow`: each event a line, from webhooks and feed, or the feed alone."""

from __future__ import annotations

import json
import os
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cosigne_partner import (
    Event,
    Feed,
    FileCheckpoint,
    Gap,
    Inbox,
    Missing,
    Refused,
    StartAgain,
    Strange,
    Unverified,
    Verifier,
)

LARGEST = 64 * 1024
REPAIR_EVERY = 30.0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = ArgumentParser(
        prog="cosigne-partner", description="Each event once, in order, a line."
    )
    parser.add_argument("work", choices=("listen", "follow"))
    parser.add_argument("--url", required=True, help="the delivery service, https://…/delivery")
    parser.add_argument("--subscription", required=True, metavar="ID")
    parser.add_argument(
        "--token-file", type=Path, metavar="FILE", help="read anew each time; else COSIGNE_TOKEN"
    )
    parser.add_argument("--place", type=Path, required=True, metavar="FILE", help="kept there")
    parser.add_argument("--port", type=int, default=8770, help="of webhooks, on 127.0.0.1")
    parser.add_argument("--until", type=int, metavar="SEQUENCE", help="stop once it is taken in")
    parser.add_argument(
        "--lose",
        type=int,
        metavar="N",
        help="to try a repair: drop every Nth webhook, answering 204",
    )
    given = parser.parse_args(arguments)
    try:
        (listen if given.work == "listen" else follow)(given)
    except KeyboardInterrupt:
        return 130
    except Refused as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    return 0


def inbox_of(given: Namespace) -> Inbox:
    def token() -> str:
        if given.token_file:
            return str(given.token_file.read_text("ascii").strip())
        return os.environ.get("COSIGNE_TOKEN", "")

    feed = Feed(given.url, given.subscription, token)
    return Inbox(feed, FileCheckpoint(given.place), handle(feed), on_gap=gap)


def handle(feed: Feed) -> Any:
    def one(event: Event, _: Any) -> None:
        data = json.dumps(event.data, ensure_ascii=False)
        say(f"{event.sequence or '-'} {event.type} {event.subject or '-'} {data}")
        if event.erases:
            feed.acknowledge_erasure(event)  # nothing is held here

    return one


def gap(found: Gap) -> None:
    say(f"gap {found.first}-{found.last}: repaired from the feed")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def follow(given: Namespace) -> None:
    inbox = inbox_of(given)
    while not done(given, inbox):
        began = time.monotonic()
        if not repaired(inbox, wait=20) and time.monotonic() - began < 1:
            time.sleep(1)  # too many wait there already: it answered at once


def repaired(inbox: Inbox, wait: int = 0) -> int:
    """How many were taken in; what passes by itself is tried again later."""
    try:
        return inbox.repair(wait=wait)
    except StartAgain:
        inbox.start_again()
    except Refused as refused:
        if refused.status not in (429, 502, 503, 504):
            raise
    except OSError as error:
        sys.stderr.write(f"{error}\n")
    return 0


def done(given: Namespace, inbox: Inbox) -> bool:
    return given.until is not None and inbox.checkpoint.place().sequence >= given.until


def listen(given: Namespace) -> None:
    """Webhooks, and now and then the feed: a last one that was lost shows in nothing after it."""
    inbox = inbox_of(given)
    hook = hook_for(inbox, Verifier(inbox.feed.secrets), given.lose)
    with ThreadingHTTPServer(("127.0.0.1", given.port), hook) as server:
        server.timeout = 0.5
        say(f"listening on http://127.0.0.1:{server.server_port}/")
        due = time.monotonic()
        while not done(given, inbox):
            server.handle_request()
            if time.monotonic() >= due:
                repaired(inbox)
                due = time.monotonic() + REPAIR_EVERY


def hook_for(inbox: Inbox, verifier: Verifier, lose: int | None) -> type[BaseHTTPRequestHandler]:
    counted = iter(range(1, sys.maxsize))

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(self.answer())
            self.send_header("Content-Length", "0")
            self.end_headers()

        def answer(self) -> int:
            """204 taken in, or known; 400 not to be believed; 503 send it again."""
            length = int(self.headers.get("Content-Length") or 0)
            if length > LARGEST:
                return 413
            body = self.rfile.read(length)
            try:
                event = verifier.verify(dict(self.headers.items()), body)
                if lose and next(counted) % lose == 0:
                    say(f"lost {event.sequence} on purpose")
                    return 204
                inbox.receive(event)
            except (Unverified, Strange) as error:
                sys.stderr.write(f"{error}\n")
                return 400
            except (Missing, Refused, OSError) as error:
                sys.stderr.write(f"{error}\n")
                return 503
            return 204

        def log_message(self, *_: Any) -> None:
            """Each event is a line already."""

    return Hook


if __name__ == "__main__":
    sys.exit(main())
