"""Every kind of span: its name, what it is, and what may be said on it."""

from __future__ import annotations

from dataclasses import dataclass

from shared.telemetry.attributes import (
    CODE,
    COMMAND,
    ERROR,
    EVENTS,
    MESSAGES,
    MESSAGING,
    METHOD,
    OPERATION,
    OPERATION_TYPE,
    OUTCOME,
    ROUTE,
    SCHEME,
    SERVICE,
    SOURCE,
    STATUS,
    TOPIC,
    VIEW,
    Attribute,
)


@dataclass(frozen=True)
class Kind:
    """`name` is said as it is, or followed by what the span is about: a route, a command, a topic."""

    name: str
    kind: str
    meaning: str
    attributes: tuple[Attribute, ...]


ANSWER = Kind(
    "{method} {route}", "server", "a request to the portal or a service",
    (SERVICE, METHOD, ROUTE, STATUS, SCHEME, ERROR),
)  # fmt: skip
ASK = Kind(
    "{method}", "client", "what the portal asks of a service", (SERVICE, METHOD, STATUS, ERROR)
)
DECIDE = Kind(
    "command {command}", "internal", "a command, from its stream to what came of it",
    (SERVICE, COMMAND, OUTCOME, CODE, ERROR),
)  # fmt: skip
APPEND = Kind(
    "append", "client", "a command's events, until they are committed",
    (SERVICE, EVENTS, OUTCOME, ERROR),
)  # fmt: skip
SEAL = Kind("seal", "internal", "the batch in which they were sealed", (SERVICE, EVENTS))
PROJECT = Kind(
    "project",
    "consumer",
    "the page in which a view came past them",
    (SERVICE, VIEW, SOURCE, EVENTS),
)
RELAY = Kind(
    "send {topic}", "producer", "the page with which they were published",
    (SERVICE, MESSAGING, OPERATION, OPERATION_TYPE, TOPIC, MESSAGES),
)  # fmt: skip
PLACE = Kind(
    "place", "consumer", "the page with which they got their place in partners' logs",
    (SOURCE, EVENTS),
)  # fmt: skip
DELIVER = Kind(
    "deliver", "client", "a webhook, until its endpoint answered; it carries no `traceparent`",
    (OUTCOME, STATUS, ERROR),
)  # fmt: skip

EVERY: tuple[Kind, ...] = tuple(one for one in tuple(globals().values()) if isinstance(one, Kind))
