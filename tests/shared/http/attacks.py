"""Attacks on whoever sends webhooks, and a server on the loopback that means no good.

python -m tests.shared.http.attacks   # writes docs/reference/ssrf.md
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "ssrf.md"
REFUSED, NOT_SENT = "refused", "not sent"


@dataclass(frozen=True)
class Attack:
    """An address that must not be sent to; `answers`: what its name resolves to."""

    name: str
    url: str
    answers: tuple[str, ...] = ()


ATTACKS = (
    Attack("plain http", "http://hooks.example/", ("93.184.215.14",)),
    Attack("another scheme", "ftp://hooks.example/", ("93.184.215.14",)),
    Attack("a file", "file:///etc/passwd"),
    Attack("a port of something else", "https://hooks.example:22/", ("93.184.215.14",)),
    Attack("a name and a password", "https://me:secret@hooks.example/", ("93.184.215.14",)),
    Attack("another host behind @", "https://hooks.example@127.0.0.1/", ("127.0.0.1",)),
    Attack("a backslash", "https://hooks.example\\@127.0.0.1/", ("127.0.0.1",)),
    Attack("a line break", "https://hooks.example/\r\nHost: evil", ("93.184.215.14",)),
    Attack("no host", "https:///path"),
    Attack("an address that goes on and on", "https://hooks.example/" + "a" * 2000),
    Attack("a name that is none", "https://-hooks..example/", ("93.184.215.14",)),
    Attack("letters that look like others", "https://hооks.example/", ("93.184.215.14",)),
    Attack("an address as one decimal number", "https://2130706433/", ("127.0.0.1",)),
    Attack("an address in octal", "https://0177.0.0.1/", ("127.0.0.1",)),
    Attack("an address in hexadecimal", "https://0x7f.0x0.0x0.0x1/", ("127.0.0.1",)),
    Attack("an address with parts left out", "https://127.1/", ("127.0.0.1",)),
    Attack("loopback", "https://127.0.0.1/", ("127.0.0.1",)),
    Attack("loopback, by a name", "https://localhost/", ("127.0.0.1",)),
    Attack("loopback of IPv6", "https://[::1]/", ("::1",)),
    Attack("nowhere, which is here", "https://0.0.0.0/", ("0.0.0.0",)),
    Attack("a private network", "https://hooks.example/", ("10.0.0.7",)),
    Attack("another private network", "https://hooks.example/", ("172.16.4.4",)),
    Attack("and another", "https://hooks.example/", ("192.168.1.1",)),
    Attack("a shared network", "https://hooks.example/", ("100.64.0.1",)),
    Attack("link-local, where clouds tell secrets", "https://hooks.example/", ("169.254.169.254",)),
    Attack("a cloud's service in a public range", "https://hooks.example/", ("168.63.129.16",)),
    Attack("a cloud's service of IPv6", "https://hooks.example/", ("fd00:ec2::254",)),
    Attack("link-local of IPv6", "https://hooks.example/", ("fe80::1",)),
    Attack("link-local with a scope", "https://[fe80::1%25eth0]/", ("fe80::1%eth0",)),
    Attack("site-local of IPv6", "https://hooks.example/", ("fec0::1",)),
    Attack("IPv4 in IPv6, mapped", "https://hooks.example/", ("::ffff:127.0.0.1",)),
    Attack("IPv4 in IPv6, mapped, a public one", "https://hooks.example/", ("::ffff:8.8.8.8",)),
    Attack("IPv4 in IPv6, compatible", "https://hooks.example/", ("::127.0.0.1",)),
    Attack("IPv4 in IPv6, translated (NAT64)", "https://hooks.example/", ("64:ff9b::7f00:1",)),
    Attack("IPv4 in IPv6, 6to4", "https://hooks.example/", ("2002:7f00:1::",)),
    Attack("IPv4 in IPv6, Teredo", "https://hooks.example/", ("2001:0:7f00:1::",)),
    Attack("multicast", "https://hooks.example/", ("224.0.0.1",)),
    Attack("broadcast", "https://hooks.example/", ("255.255.255.255",)),
    Attack("one good address and one bad", "https://hooks.example/", ("93.184.215.14", "10.0.0.7")),
    Attack("a name without an address", "https://hooks.example/"),
)


def resolver(answers: dict[str, list[tuple[str, ...]]], asked: list[str] | None = None) -> Callable:
    """A stub that gives each name its next answer, and the last one again and again."""

    def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        if asked is not None:
            asked.append(host)
        mine = answers.get(host, [()])
        found = mine.pop(0) if len(mine) > 1 else mine[0]
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in found]

    return resolve


Behaviour = Callable[[socket.socket], None]


@contextmanager
def server(behaves: Behaviour) -> Iterator[tuple[int, list[bytes]]]:
    """On the loopback: reads what is sent up to the end of the head, then behaves as told."""
    heard: list[bytes] = []
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)

        def serve() -> None:
            while not stop.is_set():
                try:
                    connection, _ = listening.accept()
                except TimeoutError:
                    continue
                except OSError:
                    return
                threading.Thread(target=answer, args=(connection,), daemon=True).start()

        def answer(connection: socket.socket) -> None:
            with connection:
                connection.settimeout(30)
                try:
                    head = b""
                    while b"\r\n\r\n" not in head:
                        head += connection.recv(65536)
                    heard.append(head)
                    behaves(connection)
                except OSError:
                    pass

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1], heard
        stop.set()
        thread.join()


def answers_with(raw: bytes) -> Behaviour:
    return lambda connection: connection.sendall(raw)


def never(connection: socket.socket) -> None:
    time.sleep(20)


def drips(first: bytes, piece: bytes, every: float = 0.05) -> Behaviour:
    """Bit by bit, for as long as anybody listens."""

    def drip(connection: socket.socket) -> None:
        connection.sendall(first)
        while True:
            connection.sendall(piece)
            time.sleep(every)

    return drip


@dataclass(frozen=True)
class Malice:
    """What a server does once it was reached, and what comes of it."""

    name: str
    behaves: Behaviour
    status: int | None
    outcome: str


OK, LONG = b"HTTP/1.1 200 OK\r\n", b"Content-Length: 1000000000\r\n\r\n"
MALICE = (
    Malice("a redirect to the loopback", answers_with(
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"),
        302, "answered"),
    Malice("a redirect to a cloud's secrets", answers_with(
        b"HTTP/1.1 307 Moved\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n"),
        307, "answered"),
    Malice("a server that never answers", never, None, "too_slow"),
    Malice("a status line that drips", drips(b"HTTP/1.1 2", b"0"), None, "too_slow"),
    Malice("headers that drip", drips(OK, b"X: y\r\n"), None, "too_slow"),
    Malice("headers without end", drips(OK, b"X: " + b"y" * 60000 + b"\r\n", 0), None, "no_answer"),
    Malice("a body that drips", drips(OK + LONG, b"x"), 200, "answered"),
    Malice("a huge body", drips(OK + LONG, b"x" * 65536, 0), 200, "answered"),
    Malice("chunks without end",
           drips(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"4\r\nxxxx\r\n", 0), 200, "answered"),
    Malice("a chunk of a size that is none",
           answers_with(OK + b"Transfer-Encoding: chunked\r\n\r\n-5\r\n"), 200, "answered"),
    Malice("no HTTP at all", answers_with(b"SSH-2.0-OpenSSH_9.9\r\n\r\n"), None, "no_answer"),
    Malice("a status that is none",
           answers_with(b"HTTP/1.1 99999 What\r\n\r\n"), None, "no_answer"),
    Malice("a door slammed", lambda connection: connection.close(), None, "no_answer"),
)  # fmt: skip
SAID = {
    "too_slow": "given up after 15 seconds; tried again later",
    "no_answer": "no answer; tried again later",
}


REBOUND = (
    "| a name that changes its answer after it was looked at | `https://hooks.example/` "
    "| 127.0.0.1, then 10.0.0.7 | sent to the address that was looked at; the next connection is "
    "refused |"
)


def page() -> str:
    lines = [
        "*Reference.* What is tried against the sender of webhooks, and what comes of it. Made by",
        "`python -m tests.shared.http.attacks`; every line is a test, run against the code that",
        "delivers (`shared/http/guard.py`, `outward.py`). Nothing in them leaves the loopback.\n",
        "# Attacks on the sender of webhooks\n",
        "The same guard answers when an endpoint is set, for a test event and at each delivery. A",
        "name is resolved once; all its addresses must be public; the connection goes to the one",
        "that was looked at, with the name in TLS and `Host`. Whatever the reason, the answer is the",
        "same word, so that nobody can map a network by asking.\n",
        "## Addresses\n",
        "| Attack | Address | Resolves to | Result |\n| --- | --- | --- | --- |",
    ]
    for a in ATTACKS:
        shown = a.url if len(a.url) < 60 else f"{a.url[:30]}…"
        told = shown.encode("unicode_escape").decode()
        lines.append(f"| {a.name} | `{told}` | {', '.join(a.answers) or '—'} | refused |")
    lines += [
        REBOUND,
        "\n## Servers that were reached\n",
        "| Attack | Result |\n| --- | --- |",
    ]
    for m in MALICE:
        failed = m.status is not None and not 200 <= m.status < 300
        told = "fails, not followed" if failed else SAID.get(m.outcome, "arrived; the rest unread")
        lines.append(f"| {m.name} | {told} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
