"""Clients of an installation: requests on connections that stay open, bounded in number, timed."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from bench.cores import Cores
from bench.house import House
from bench.report import middle
from cosigne.people import Person

EACH = 40  # requests of each client a round


@dataclass(frozen=True)
class Ask:
    """One request, ready to be sent again and again; `body` may differ each time."""

    who: Person
    method: str
    path: str
    body: Callable[[int], Any] | None = None


@dataclass
class Load:
    """Sends requests on connections that stay open, and refuses to go on when one is refused."""

    here: House
    rates: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    worked: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    sent: int = 0
    address: str = ""  # of another web of the same installation, and its process
    pid: int = 0

    def throughput(self, name: str, asks: list[Ask]) -> None:
        """So many clients at once, each with its own request; requests each second."""
        web = Cores(self.pid or self.here.web())
        with web.worked(ours=False) as worked:
            begun = time.perf_counter()
            threads = [threading.Thread(target=self.client, args=(ask, EACH)) for ask in asks]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            took = time.perf_counter() - begun
        self.rates[name].append(len(asks) * EACH / took)
        self.worked[name].append(len(asks) * EACH / worked.seconds)

    def client(self, ask: Ask, times: int) -> list[float]:
        """Seconds of each answer."""
        address = urlsplit(self.address or self.here.url)
        connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=60)
        headers = {
            "Authorization": f"Bearer {self.here.token(ask.who)}",
            "Content-Type": "application/json",
        }
        took = []
        for number in range(times):
            self.sent += 1
            body = None if ask.body is None else json.dumps(ask.body(self.sent)).encode()
            begun = time.perf_counter()
            connection.request(ask.method, f"/{ask.path}", body, headers)
            answer = connection.getresponse()
            told = answer.read()
            took.append(time.perf_counter() - begun)
            if answer.status >= 300:
                raise SystemExit(f"{ask.path} {number}: {answer.status} {told[:300]!r}: no figures")
        connection.close()
        return took

    def ratio(self, kept: dict[str, list[float]], name: str, beside: str) -> float:
        """The median of the rounds' ratios: a round compares what ran side by side."""
        return middle([a / b for a, b in zip(kept[name], kept[beside], strict=True)])
