"""An endpoint on this machine for a partner's webhooks, and now and then a look into the feed."""

from __future__ import annotations

import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cosigne_partner.event import Event, Strange
from cosigne_partner.feed import Refused, StartAgain
from cosigne_partner.inbox import Inbox, Missing
from cosigne_partner.webhook import Unverified, Verifier

LARGEST = 64 * 1024
REPAIR_EVERY = 30.0
ELSEWHERE = (
    " (is it the address of the delivery service, https://…/delivery, and a subscription's id?)"
)


class Listening:
    """`lose`: every so many webhooks are dropped, as if they had never come.

    `came` counts them from the first one on that brought something new: what waited while nobody
    listened was told by the feed meanwhile.
    """

    def __init__(self, inbox: Inbox, verifier: Verifier, lose: int | None = None) -> None:
        self.inbox, self.verifier, self.lose = inbox, verifier, lose
        self.came, self._counting = 0, threading.Lock()

    def server(self, port: int) -> ThreadingHTTPServer:
        server = ThreadingHTTPServer(("127.0.0.1", port), self.hook())
        server.timeout = 0.5
        return server

    def run(
        self, server: ThreadingHTTPServer, *, until: int | None = None, webhooks: int | None = None
    ) -> None:
        """A last webhook that was lost shows in nothing after it: so the feed is read as well."""
        due = time.monotonic()
        while not self.done(until, webhooks):
            server.handle_request()
            if time.monotonic() >= due:
                repaired(self.inbox)
                due = time.monotonic() + REPAIR_EVERY

    def done(self, until: int | None, webhooks: int | None) -> bool:
        if webhooks is not None and self.came >= webhooks:
            return True
        return until is not None and self.inbox.checkpoint.place().sequence >= until

    def answer(self, headers: dict[str, str], body: bytes) -> int:
        """204 taken in, or known; 400 not to be believed; 503 send it again."""
        try:
            event = self.verifier.verify(headers, body)
            if self.loses(event):
                say(f"lost {event.sequence} on purpose")
                return 204
            self.inbox.receive(event)
        except (Unverified, Strange) as error:
            complain(error)
            return 400
        except (Missing, Refused, OSError) as error:
            complain(error)
            return 503
        return 204

    def loses(self, event: Event) -> bool:
        with self._counting:
            if not self.came and (event.sequence or 0) <= self.inbox.checkpoint.place().sequence:
                return False
            self.came += 1
            return bool(self.lose) and self.came % (self.lose or 1) == 0

    def hook(self) -> type[BaseHTTPRequestHandler]:
        listening = self

        class Hook(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                headers = dict(self.headers.items())
                fits = length <= LARGEST
                status = listening.answer(headers, self.rfile.read(length)) if fits else 413
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Each event is a line already."""

        return Hook


def repaired(inbox: Inbox, wait: int = 0) -> int:
    """How many were taken in; what passes by itself is tried again later."""
    try:
        return inbox.repair(wait=wait)
    except StartAgain as old:
        complain(old)
        inbox.start_again()
    except Refused as refused:
        if refused.status not in (429, 502, 503, 504):
            raise
        complain(refused)
    except OSError as error:
        complain(error)
    return 0


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def complain(error: Exception) -> None:
    elsewhere = isinstance(error, Refused) and error.code == "route.unknown"
    sys.stderr.write(f"{error}{ELSEWHERE if elsewhere else ''}\n")
