"""What a webhook costs beside a bare POST, and whether a house with a thousand waiting is felt.

On a whole installation, started as people start it. The endpoint is a process of its own on the
loopback, and works for 5 ms on each request, as one that stores it would; `bare` posts as many bytes
to it over as many connections as a subscription has, and does nothing else. `webhook_over_bare_http`
is of these. `…_at_once` are the same for an endpoint that answers without looking: there a POST is
little but the client's own work, and what is beside it decides (who consents, signing twice, what
is written down of each attempt).
"""

from __future__ import annotations

import http.client
import multiprocessing
import threading
import time
from collections.abc import Mapping
from uuid import uuid4

from bench.report import table
from bench.running import running
from bench.webhook_endpoint import WORKS, Endpoint, listening
from bench.webhook_houses import House, eventually, founded
from services.delivery.messaging.endpoint import AT_ONCE

AIMS: Mapping[str, float] = {"webhook_over_bare_http": 0.5, "fairness_p99_ratio": 2.0}
PEOPLE, SAMPLES = 1000, 100


def drained(house: House, endpoint: Endpoint, path: str, number: int) -> float:
    """Webhooks a second, from the first to the last of so many that waited."""
    house.goes_to(endpoint.url(path))
    time.sleep(1)
    house.turn("replays", first=1, last=number)
    return rate(endpoint, path, number)


def bare(endpoint: Endpoint, path: str, number: int, body: bytes) -> float:
    """As many over as many connections, by a process that does nothing else."""
    posting = multiprocessing.get_context("spawn").Process(
        target=post, args=(endpoint.port, path, number, body)
    )
    posting.start()
    found = rate(endpoint, path, number)
    posting.join()
    return found


def rate(endpoint: Endpoint, path: str, number: int) -> float:
    first = endpoint.next(path)
    last = first
    for _ in range(number - 1):
        last = endpoint.next(path)
    return (number - 1) / (last - first)


def post(port: int, path: str, number: int, body: bytes) -> None:
    headers = {
        "Content-Type": "application/cloudevents+json",
        "webhook-id": str(uuid4()),
        "webhook-timestamp": "1700000000",
        "webhook-signature": f"v1,{'A' * 44} v1a,{'A' * 88}",
    }

    def some(share: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for _ in range(share, number, AT_ONCE):
            connection.request("POST", path, body, headers)
            connection.getresponse().read()
        connection.close()

    hands = [threading.Thread(target=some, args=(n,)) for n in range(AT_ONCE)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()


def compared(
    house: House, endpoint: Endpoint, path: str, bare_path: str
) -> tuple[float, float, float]:
    """Webhooks and bare posts a second, and the one over the other: the middle of three each."""
    size = b"x" * 700  # about as long as a thin event
    runs = [
        (drained(house, endpoint, path, PEOPLE), bare(endpoint, bare_path, PEOPLE, size))
        for _ in range(3)
    ]
    rates, bares = sorted(r for r, _ in runs), sorted(b for _, b in runs)
    return rates[1], bares[1], sorted(r / b for r, b in runs)[1]


def waits(house: House, endpoint: Endpoint) -> list[float]:
    """From asking for a test event until it arrives, one after the other."""
    found = []
    for _ in range(SAMPLES):
        began = time.monotonic()
        house.turn("tests")
        found.append(endpoint.next("/small") - began)
    return found


def p99(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.99) - 1]


def measured() -> dict[str, float | int | str | None]:
    with listening() as endpoint, running() as installed:
        large, small = founded(installed), founded(installed)
        large.consenting(PEOPLE)
        small.consenting(1)
        eventually(lambda: large.head() == PEOPLE, 120)
        small.goes_to(endpoint.url("/small"))
        working = compared(large, endpoint, "/quick", "/bare")
        at_once = compared(large, endpoint, "/quick_at_once", "/bare_at_once")
        alone = waits(small, endpoint)
        large.goes_to(endpoint.url("/slow"))
        time.sleep(1)
        stop = threading.Event()

        def keep_waiting() -> None:
            while not stop.is_set():
                large.turn("replays", first=1, last=PEOPLE)
                stop.wait(PEOPLE * WORKS[b"/slow"] / AT_ONCE / 2)

        crowd = threading.Thread(target=keep_waiting, daemon=True)
        crowd.start()
        endpoint.next("/slow")
        beside = waits(small, endpoint)
        stop.set()
        crowd.join()
    figures: dict[str, float | int | str | None] = {
        "webhooks_per_second": working[0],
        "bare_posts_per_second": working[1],
        "webhook_over_bare_http": working[2],
        "webhooks_per_second_at_once": at_once[0],
        "bare_posts_per_second_at_once": at_once[1],
        "webhook_over_bare_http_at_once": at_once[2],
        "small_alone_p99_ms": p99(alone) * 1000,
        "small_beside_p99_ms": p99(beside) * 1000,
        "fairness_p99_ratio": p99(beside) / p99(alone),
    }
    table("webhooks", ("figure", "measured"), list(figures.items()))
    return figures


if __name__ == "__main__":
    measured()
