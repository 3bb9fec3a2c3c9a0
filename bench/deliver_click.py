"""From a person's click to her partner's endpoint, in multiples of a bare append.

On a whole installation, started as people start it, at rest: she says yes to a goal over HTTP, and
the webhook that tells of it is received by an endpoint on the loopback. Counted from before her
request is sent until the endpoint has the whole webhook. Side by side, click by click, one bare
INSERT of an event of the same size, committed on the same server, as `bench.append` has it.
`…_kafka` is the same where services follow each other by Kafka.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from psycopg.conninfo import make_conninfo

from bench.ground import BARE
from bench.lag import percentile
from bench.report import table
from bench.running import Running, running
from bench.scripts import ROW
from bench.webhook_endpoint import Endpoint, listening
from bench.webhook_houses import House, as_in, eventually, founded
from cosigne.cli.here import administrator_here, settings_here
from cosigne.embedded.broker import Broker
from shared.postgres.pool import Connection, connect

AIMS: Mapping[str, float] = {}  # none was promised: it is told
PERSONS = 8
CLICKS = int(os.environ.get("COSIGNE_BENCH_CLICKS", "80"))
WARMING = 8  # connections and plans are made
REST_SECONDS = 0.25  # between two clicks: everybody has come to rest
INSERT = f"INSERT INTO bare VALUES ({ROW.replace('(:t)', '1')})".encode()


@dataclass
class Took:
    """Seconds of each click, until it was answered and until the partner had it, and of appends."""

    answered: list[float] = field(default_factory=list)
    received: list[float] = field(default_factory=list)
    appended: list[float] = field(default_factory=list)

    def figures(self, by: str = "") -> dict[str, float | int | str | None]:
        half = percentile(self.received, 0.5)
        return {
            f"click_to_partner{by}_ms_p50": half * 1000,
            f"click_to_partner{by}_ms_p99": percentile(self.received, 0.99) * 1000,
            f"click_answered{by}_ms_p50": percentile(self.answered, 0.5) * 1000,
            f"append{by}_ms_p50": percentile(self.appended, 0.5) * 1000,
            f"click_to_partner_over_append{by}": half / percentile(self.appended, 0.5),
        }


@dataclass
class Her:
    """A person with a plan of her own, who consents to the partner."""

    client: httpx.Client
    plan: str

    def proposes(self, number: int) -> tuple[str, str]:
        """A goal in her words: where she says yes to it, and the version she has seen."""
        words = {"words": f"Terminer ma chimie du secondaire ({number})."}
        goal = answered(self.client.post(f"{self.plan}/goals", json=words))["goal"]
        return f"{self.plan}/goals/{goal}/agreements", f'"{self.version()}"'

    def version(self) -> int:
        return int(answered(self.client.get(self.plan))["version"])


def answered(answer: httpx.Response) -> Any:
    if not answer.is_success:
        raise SystemExit(f"{answer.url}: {answer.status_code} {answer.text}")
    return answer.json()


def measured() -> dict[str, float | int | str | None]:
    with listening() as endpoint, tempfile.TemporaryDirectory(prefix="cosigne-click-") as folder:
        with running() as installed:
            figures = clicked(installed, endpoint, "/click").figures()
        with (
            Broker(Path(folder) / "kafka") as broker,
            running(COSIGNE_KAFKA=broker.bootstrap) as installed,
        ):
            figures |= clicked(installed, endpoint, "/click_kafka").figures("_kafka")
    table("from her click to her partner", ("figure", "measured"), list(figures.items()))
    return figures


def clicked(installed: Running, endpoint: Endpoint, path: str) -> Took:
    house = founded(installed)
    partner = house.partnered("plans.goal_agreed")
    people = [with_plan(house, partner, f"person-{n}") for n in range(PERSONS)]
    eventually(lambda: house.head() == PERSONS)
    house.goes_to(endpoint.url(path))
    endpoint.quiet(1.0)
    took = Took()
    with appending(installed) as connection:
        for number in range(WARMING + CLICKS):
            her = people[number % PERSONS]
            where, seen = her.proposes(number)
            time.sleep(REST_SECONDS)
            began = time.monotonic()
            answered(her.client.post(where, json={}, headers={"If-Match": seen}))
            done = time.monotonic()
            received = endpoint.next(path)
            if number >= WARMING:
                took.answered.append(done - began)
                took.received.append(received - began)
                took.appended.append(append(connection))
    for her in people:
        her.client.close()
    return took


def with_plan(house: House, partner: str, subject: str) -> Her:
    person = house.consents(partner, subject)
    client = as_in(house.here, house.tenant, subject)
    plans = f"/plans/v1/persons/{person}/plans"
    # once she is known there, too
    opened = eventually(lambda: (a := client.post(plans, json={})).is_success and a.json())
    return Her(client, f"{plans}/{opened['id']}")


@contextmanager
def appending(installed: Running) -> Iterator[Connection]:
    """A connection to a database that holds nothing but such rows, on the installation's server."""
    environment = {"COSIGNE_DATA": str(installed.home.folder)}
    admin = administrator_here(settings_here(environment), environment)
    with connect(admin) as connection:
        connection.execute("CREATE DATABASE bare")
    with closing(connect(make_conninfo(admin, dbname="bare"))) as connection:
        connection.execute(BARE)
        for _ in range(10):  # prepared from then on
            append(connection)
        yield connection


def append(connection: Connection) -> float:
    time.sleep(REST_SECONDS)
    began = time.monotonic()
    connection.execute(INSERT, prepare=True)
    return time.monotonic() - began
