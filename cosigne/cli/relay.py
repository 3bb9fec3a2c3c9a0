"""`cosigne relay`: the sealed logs of some or all services, published to Kafka."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from cosigne.cli.status import table
from cosigne.cli.working import options, work
from cosigne.words import Words
from shared.brokers import Kafka
from shared.kafka.cluster import TROUBLE, Cluster
from shared.kafka.fence import fenced
from shared.kernel import Refused
from shared.settings import Settings

COLUMNS = ("service", "era", "published")


def arguments(parser: ArgumentParser, words: Words) -> None:
    options(parser, words)
    parser.add_argument("--published", action="store_true", help=words.line("help.published"))


def command(given: Namespace, words: Words) -> None:
    """Raises Refused where there is no Kafka to publish to."""
    if given.published:
        told = Settings.read(needs={"COSIGNE_KAFKA"}).kafka
        if told is not None:
            print(published(told, words))
        return
    work(given, "relay")


def published(kafka: Kafka, words: Words) -> str:
    """Up to where each log may have been published: what `resume` and `reanchor` are told."""
    try:
        found = fenced(Cluster(kafka))
    except TROUBLE as trouble:
        raise Refused("kafka.unreachable", servers=", ".join(kafka.servers)) from trouble
    return table([words.line(f"relay.{name}") for name in COLUMNS], found)
