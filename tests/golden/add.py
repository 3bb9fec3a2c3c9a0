"""Appends a line for every fact and version that has none; no line is ever written again.

python -m tests.golden.add
"""

import secrets
from base64 import b64encode
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import orjson

from shared.contracts.shape import Many, Maybe, Record, Scalar, Shape, body_of
from shared.kernel import Act, Contributor, Fact
from shared.store.cipher import DataKey, leaf_of, seal
from shared.store.codec import encode, upcast
from shared.store.envelope import envelope_of
from shared.store.mapper import holder_of
from tests.golden.corpus import append, event_id, events, readings
from tests.support.registry import every_fact

FIRST = datetime(2026, 1, 16, 15, 30, 0, 123456, tzinfo=UTC)
MONTREAL = timezone(timedelta(hours=-5))


def an_id(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"golden:{name}")


def example(shape: Shape, name: str) -> Any:
    """A value of each kind, told by its field's name, so that no two fields can be exchanged."""
    match shape:
        case Scalar(kind=kind):
            told = {
                str: f"« {name} » — où ça ?",
                int: 7 + len(name),
                float: 0.25 + len(name),
                bool: True,
                UUID: an_id(name),
                datetime: datetime(2026, 1, 16, 10, 30, tzinfo=MONTREAL),
                date: date(2026, 1, 16),
            }
            return told[kind]
        case Maybe(of=of):
            return example(of, name)
        case Many(of=of):
            return (example(of, f"{name} 1"), example(of, f"{name} 2"))
        case Record(kind=kind, parts=parts):
            return kind(**{p.name: example(p.shape, f"{name} {p.name}") for p in parts})


def an_act(topic: str, number: int) -> Act:
    person, worker = an_id("person"), an_id("worker")
    at = FIRST + timedelta(minutes=number)
    day = number % 2 == 0
    return Act(
        tenant=an_id("tenant"),
        subject=person,
        actor=worker,
        author=person,
        at=at,
        occurred=datetime(2026, 1, 16, tzinfo=MONTREAL) if day else at.astimezone(MONTREAL),
        precision="day" if day else "instant",
        command=an_id(f"command {topic}"),
        contributors=(
            Contributor(party=person, role="person", part="wrote", knowledge=("experiential",)),
            Contributor(party=worker, role="practitioner", part="discussed", attestation="own"),
        ),
        setting="together",
        site=an_id("site") if day else None,
        because_of=(an_id("cause"),) if day else (),
        traceparent=None if day else "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        request="ab" * 32,
    )


def a_fact(kind: type[Fact], number: int) -> Fact:
    act = an_act(kind.TOPIC, number)
    said = {p.name: example(p.shape, p.name) for p in body_of(kind).parts}
    return kind(an_id(f"stream {kind.TOPIC}"), 1 + number, act.at, act, **said)


def written(kind: type[Fact], number: int) -> dict[str, Any]:
    fact = a_fact(kind, number)
    secret = secrets.token_bytes(32)
    envelope, body = envelope_of(fact, f"{holder_of(fact)}.1"), encode(fact)
    sealed = seal(DataKey(1, secret), envelope, body)
    return {
        "type": kind.TOPIC,
        "v": kind.class_version,
        "envelope": envelope.decode(),
        "body": body.decode(),
        "key": b64encode(secret).decode(),
        "sealed": b64encode(sealed).decode(),
        "leaf": leaf_of(envelope, sealed).hex(),
    }


def main(facts: dict[str, type[Fact]]) -> None:
    known = events()
    have = {(line["type"], line["v"]) for line in known}
    for number, (topic, kind) in enumerate(facts.items()):
        if (topic, kind.class_version) not in have:
            append(topic.partition(".")[0], written(kind, number))
    for line in known:
        add_reading(line, facts)


def add_reading(line: dict[str, Any], facts: dict[str, type[Fact]]) -> None:
    """How an event of an older version reads in today's: to be checked by whoever commits it."""
    kind = facts.get(line["type"])
    if kind is None or line["v"] == kind.class_version:
        return
    if (event_id(line), kind.class_version) not in readings():
        reads = upcast(kind, line["v"], orjson.loads(line["body"]))
        append(
            line["type"].partition(".")[0],
            {"of": event_id(line), "as": kind.class_version, "reads": reads},
        )


if __name__ == "__main__":
    main(every_fact())
