"""How much one caller may ask for: told on every answer, so that nobody finds out by a refusal."""

from __future__ import annotations

import hashlib
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from flask import Flask, Response, g, request

from shared.http.errors import TooMany

CALLERS = 10_000


class Limits:
    """So many requests in so many seconds for each sign-in, counted in each process.

    It keeps a program that runs wild from taking everyone's turn; it is no wall against attack.
    Requests without a sign-in are few and cheap, and not counted.
    """

    def __init__(
        self, quota: int = 10_000, window: int = 10, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.quota, self.window, self.now = quota, window, now
        self.seen: OrderedDict[bytes, tuple[float, int]] = OrderedDict()
        self.lock = threading.Lock()

    def install(self, app: Flask) -> None:
        app.before_request(self.count)
        app.after_request(self.tell)

    def count(self) -> None:
        """Raises TooMany (429) beyond the quota of this window."""
        caller = request.headers.get("Authorization")
        if caller is None:
            return
        left, again = self.take(caller)
        g.limit = (max(left, 0), again)
        if left < 0:
            raise TooMany("requests.too_many")

    def take(self, caller: str) -> tuple[int, int]:
        """What is left after this request (negative: nothing was), and seconds until it is new."""
        now = self.now()
        # neither the token itself, nor as much memory as a stranger likes to send
        name = hashlib.sha256(caller.encode("utf-8", "surrogatepass")).digest()
        with self.lock:
            since, count = self.seen.pop(name, (now, 0))
            if now - since >= self.window:
                since, count = now, 0
            self.seen[name] = (since, count + 1)
            while len(self.seen) > CALLERS:
                self.seen.popitem(last=False)
        return self.quota - count - 1, math.ceil(since + self.window - now)

    def tell(self, response: Response) -> Response:
        """The headers of draft-ietf-httpapi-ratelimit-headers."""
        if "limit" in g:
            left, again = g.limit
            response.headers["RateLimit-Policy"] = f'"caller";q={self.quota};w={self.window}'
            response.headers["RateLimit"] = f'"caller";r={left};t={again}'
            if response.status_code == 429:
                response.headers["Retry-After"] = str(again)
        return response
