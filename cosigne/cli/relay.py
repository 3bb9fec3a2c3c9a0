"""`cosigne relay`: the sealed logs of some or all services, published to Kafka."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from cosigne.cli.status import table
from cosigne.cli.work import attended, chosen
from cosigne.running.worker import Worker
from cosigne.words import Words
from shared.kafka.cluster import TROUBLE, Cluster
from shared.kafka.fence import fenced
from shared.kernel import Refused
from shared.settings import SERVICES, Kafka, Settings

COLUMNS = ("service", "era", "published")


def arguments(parser: ArgumentParser, words: Words) -> None:
    services = words.line("help.service", services=", ".join(SERVICES))
    parser.add_argument(
        "--service", action="append", choices=SERVICES, metavar="NAME", help=services
    )
    parser.add_argument("--published", action="store_true", help=words.line("help.published"))


def command(given: Namespace, words: Words) -> None:
    """Raises Refused where there is no Kafka to publish to."""
    settings = Settings.read()
    if settings.kafka is None:
        raise Refused("settings.missing", names="COSIGNE_KAFKA")
    if given.published:
        print(published(settings.kafka, words))
        return
    attended(Worker(settings, chosen(given.service), ("relay",)))


def published(kafka: Kafka, words: Words) -> str:
    """Up to where each log may have been published: what `resume` and `reanchor` are told."""
    try:
        found = fenced(Cluster(kafka))
    except TROUBLE as trouble:
        raise Refused("kafka.unreachable", servers=", ".join(kafka.servers)) from trouble
    return table([words.line(f"relay.{name}") for name in COLUMNS], found)
