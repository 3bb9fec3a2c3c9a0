"""Sends one request out, to the address the guard found: no redirect, no proxy, all of it bounded."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from shared.http.channel import Channel, left_until
from shared.http.guard import Guard, Target, Unsafe

TIME_OUT, BODY_TIME_OUT = 15.0, 1.0
MOST_HEAD, MOST_BODY = 64 * 1024, 16 * 1024
KEPT_OPEN, KEPT, SWEPT_EVERY = 60.0, 4, 15.0


@dataclass(frozen=True, slots=True)
class Answer:
    """`status`: None when there was none in time. What was answered besides is not kept."""

    status: int | None
    milliseconds: int
    outcome: str = "answered"
    retry_after: str | None = None


@dataclass
class Line:
    """A connection to one endpoint, used for one request at a time."""

    target: Target
    channel: Channel
    opened_at: float = field(default_factory=time.monotonic)

    @property
    def fresh(self) -> bool:
        return time.monotonic() - self.opened_at < KEPT_OPEN


class Outward:
    """`post` from any thread. An open connection is used again: it leads where the guard allowed."""

    def __init__(self, guard: Guard, tls: ssl.SSLContext | None = None) -> None:
        self.guard = guard
        self._tls = tls or ssl.create_default_context()
        self._lines: dict[str, list[Line]] = {}
        self._lock = threading.Lock()
        self._swept_at = time.monotonic()

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Raises nothing: whatever goes wrong on the way is an answer that was not given."""
        began = time.monotonic()
        status, outcome, retry_after = None, "answered", None
        try:
            status, retry_after = self._exchange(url, headers, body, began + TIME_OUT)
        except Unsafe:
            outcome = "not_allowed"
        except TimeoutError:
            outcome = "too_slow"
        except (OSError, http.client.HTTPException, ValueError):
            outcome = "no_answer"
        return Answer(status, int((time.monotonic() - began) * 1000), outcome, retry_after)

    def close(self) -> None:
        with self._lock:
            lines = [line for kept in self._lines.values() for line in kept]
            self._lines.clear()
        for line in lines:
            line.channel.close()

    def _exchange(
        self, url: str, headers: Mapping[str, str], body: bytes, until: float
    ) -> tuple[int, str | None]:
        kept = self._take(url)
        if kept is not None:
            with suppress(ConnectionError):  # closed meanwhile, before anything was answered
                return self._ask(url, kept, headers, body, until)
        return self._ask(url, self._open(self.guard.check(url, until), until), headers, body, until)

    def _ask(
        self, url: str, line: Line, headers: Mapping[str, str], body: bytes, until: float
    ) -> tuple[int, str | None]:
        again = False
        try:
            line.channel.allow(until, MOST_HEAD)
            line.channel.sendall(written(line.target, headers, body))
            answer = http.client.HTTPResponse(line.channel, method="POST")  # type: ignore[arg-type]
            answer.begin()
            again = self._pass_over(answer, line.channel, until)
            return answer.status, answer.headers.get("Retry-After")
        finally:
            if again:
                self._keep(url, line)
            else:
                line.channel.close()

    @staticmethod
    def _pass_over(answer: http.client.HTTPResponse, channel: Channel, until: float) -> bool:
        """Read what follows the status, if it comes at once; whether the line is clear then."""
        channel.allow(min(until, time.monotonic() + BODY_TIME_OUT), MOST_BODY)
        try:
            while answer.read(4096):
                pass
        except (OSError, http.client.HTTPException, ValueError):
            return False  # the status was given: how an answer goes on is nobody's business
        return not answer.will_close

    def _open(self, target: Target, until: float) -> Line:
        raw = socket.create_connection((target.address, target.port), left_until(until))
        try:
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if target.scheme == "https":
                raw.settimeout(left_until(until))
                # the certificate is the name's, wherever the name leads
                raw = self._tls.wrap_socket(raw, server_hostname=target.host)
        except BaseException:
            raw.close()
            raise
        return Line(target, Channel(raw))

    def _take(self, url: str) -> Line | None:
        with self._lock:
            kept = self._lines.get(url, [])
            while kept:
                line = kept.pop()
                if line.fresh:
                    return line
                line.channel.close()
        return None

    def _keep(self, url: str, line: Line) -> None:
        with self._lock:
            stale = self._swept()
            kept = self._lines.setdefault(url, [])
            again = len(kept) < KEPT and line.fresh
            if again:
                kept.append(line)
        for one in stale if again else (*stale, line):
            one.channel.close()

    def _swept(self) -> list[Line]:
        """What nobody has used for a while, now and then: an endpoint may never be sent to again."""
        if time.monotonic() - self._swept_at < SWEPT_EVERY:
            return []
        self._swept_at, stale = time.monotonic(), []
        for kept in self._lines.values():
            stale += [line for line in kept if not line.fresh]
            kept[:] = [line for line in kept if line.fresh]
        for url in [url for url, kept in self._lines.items() if not kept]:
            del self._lines[url]
        return stale


def written(target: Target, headers: Mapping[str, str], body: bytes) -> bytes:
    """A whole request, in one piece: the guard let no path through that could end a line."""
    said = {"Host": target.authority, **headers, "Content-Length": str(len(body))}
    lines = [f"POST {target.path} HTTP/1.1", *(f"{name}: {value}" for name, value in said.items())]
    return "\r\n".join(lines).encode("ascii") + b"\r\n\r\n" + body
