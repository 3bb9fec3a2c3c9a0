"""Where a webhook may go: one guard, when an endpoint is set and at every delivery.

A name is resolved once, every address it has must be a public one, and the connection goes to that
very address. What is refused is refused in one word: an answer must not map somebody's network.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from threading import BoundedSemaphore, Thread
from typing import Any
from urllib.parse import urlsplit

from shared.kernel import Invalid

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[..., Sequence[tuple[Any, ...]]]

PORTS = frozenset({443, 8443})
LONGEST = 2000
RESOLVED_IN = 5.0  # seconds, for whoever waits at a desk
# a name server that does not answer holds a thread for as long as the system likes
RESOLVING = BoundedSemaphore(64)
LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# beyond what `is_global` says of private, loopback, link-local, shared and reserved addresses:
# ways to write an IPv4 address as an IPv6 one, and a cloud's own service under a public address
REFUSED = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32",
        "::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64",
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7",
        "fe80::/10", "fec0::/10", "ff00::/8",
    )
)  # fmt: skip


class Unsafe(Invalid):
    """An endpoint that webhooks do not go to; always the same word, whatever the reason."""

    def __init__(self) -> None:
        super().__init__("endpoint.not_allowed", field="url")


@dataclass(frozen=True, slots=True)
class Target:
    """An address to connect to, and the name it was asked for by."""

    scheme: str
    host: str
    port: int
    path: str
    address: str

    @property
    def authority(self) -> str:
        usual = {"https": 443, "http": 80}[self.scheme]
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == usual else f"{name}:{self.port}"


class Guard:
    """`tests`: addresses that tests may send to, over plain HTTP and on any port."""

    def __init__(self, tests: Iterable[str] = (), resolve: Resolve | None = None) -> None:
        self._tests = tuple(ipaddress.ip_network(one) for one in tests)
        self._resolve = resolve or by_the_system

    def check(self, url: str, until: float | None = None) -> Target:
        """Where to connect, once and for this delivery. Raises Unsafe; TimeoutError after `until`."""
        scheme, host, port, path = parts_of(url)
        addresses = self._addresses(host, port, until)
        if not addresses:
            raise Unsafe
        public = scheme == "https" and port in PORTS and all(map(is_public, addresses))
        if not public and not all(map(self._is_for_tests, addresses)):
            raise Unsafe
        return Target(scheme, host, port, path, str(addresses[0]))

    def _is_for_tests(self, address: Address) -> bool:
        return any(address in network for network in self._tests)

    def _addresses(self, host: str, port: int, until: float | None) -> list[Address]:
        left = RESOLVED_IN if until is None else until - time.monotonic()
        try:
            found = in_time(lambda: self._asked(host, port), left)
            # a scope (`fe80::1%eth0`) makes it no address that could be public
            return [ipaddress.ip_address(one[4][0]) for one in found]
        except TimeoutError:
            if until is None:
                raise Unsafe from None
            raise
        except (OSError, UnicodeError, ValueError):
            raise Unsafe from None

    def _asked(self, host: str, port: int) -> Sequence[tuple[Any, ...]]:
        return self._resolve(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)


def in_time(ask: Callable[[], Any], seconds: float) -> Any:
    """What it answers, or what it raises. Raises TimeoutError when it does not come in time."""
    found: Future[Any] = Future()

    def work() -> None:
        try:
            found.set_result(ask())
        except Exception as error:  # noqa: BLE001 - raised where it is waited for
            found.set_exception(error)
        finally:
            RESOLVING.release()

    if not RESOLVING.acquire(timeout=max(0.0, seconds)):
        raise TimeoutError
    Thread(target=work, name="resolving", daemon=True).start()
    return found.result(max(0.0, seconds))


def by_the_system(*asked: Any, **how: Any) -> Sequence[tuple[Any, ...]]:
    return socket.getaddrinfo(*asked, **how)


def parts_of(url: str) -> tuple[str, str, int, str]:
    """Scheme, name, port and path of an address that can only be read in one way."""
    if len(url) > LONGEST or not url.isascii() or any(c <= " " or c in '\\"<>^`{|}' for c in url):
        raise Unsafe
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError:
        raise Unsafe from None
    host = (split.hostname or "").removesuffix(".")
    strange = split.username is not None or split.password is not None or "#" in url
    if split.scheme not in ("https", "http") or strange or not is_a_name(host):
        raise Unsafe
    path = (split.path or "/") + (f"?{split.query}" if split.query else "")
    return (
        split.scheme,
        host,
        (443 if split.scheme == "https" else 80) if port is None else port,
        path,
    )


def is_a_name(host: str) -> bool:
    """A name, or an address as it is usually written: no 2130706433, no 0x7f.1, no 0177.0.0.1."""
    if "%" in host:
        return False
    try:
        return str(ipaddress.ip_address(host)) == host
    except ValueError:
        labels = host.split(".")
        return all(map(LABEL.fullmatch, labels)) and not NUMBER.fullmatch(labels[-1])


def is_public(address: Address) -> bool:
    if address.version == 6 and getattr(address, "scope_id", None):
        return False
    inside = any(address.version == net.version and address in net for net in REFUSED)
    return address.is_global and not address.is_multicast and not inside
