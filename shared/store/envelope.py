"""The envelope: what of a fact stays in clear, as canonical bytes that are frozen for ever.

UTF-8 JSON, keys sorted, no spaces, absent fields left out. Ids, numbers, instants and words of
closed lists only: a name or a sentence never stands in an envelope.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson

from shared.kernel import Act, Contributor, Fact
from shared.store.codec import Unstorable, uuid_of

CODEC = "json-gcmsiv"  # body: JSON by shared/store/codec.py, sealed by shared/store/cipher.py
WORD = re.compile(r"[a-z_]+")
NAME = re.compile(r"[a-z_]+\.[a-z0-9_]+")
TOKEN = re.compile(r"[0-9a-f-]+")
Envelope = Mapping[str, Any]


def envelope_of(fact: Fact, key: str) -> bytes:
    """The bytes to store; `key` says whose data key seals the body (`subject.1`)."""
    act = fact.act
    if fact.timestamp != act.at:
        raise Unstorable(f"{fact.TOPIC}: a fact is stamped with the time of its act")
    entry = getattr(fact, "entry", None)
    said: dict[str, Any] = {
        "id": fact.id,
        "tenant": act.tenant,
        "service": service_of(fact.TOPIC),
        "type": fact.TOPIC,
        "v": fact.class_version,
        "stream": fact.originator_id,
        "version": fact.originator_version,
        "subject": act.subject,
        "actor": act.actor,
        "author": act.author,
        "setting": word(act.setting),
        "precision": word(act.precision),
        "recorded_at": instant(act.at),
        "command": act.command,
        "codec": CODEC,
        "key": key,
        **occurrence(act),
    }
    perhaps = {
        "site": act.site,
        "programme": act.programme,
        "contributors": [contribution(c) for c in act.contributors],
        "correlation": act.correlation,
        "causation": act.causation,
        "traceparent": act.traceparent and checked(TOKEN, act.traceparent),
        "because_of": act.because_of,
        "entry": entry if isinstance(entry, UUID) else None,
        "request": act.request and checked(TOKEN, act.request),
    }
    said.update({name: value for name, value in perhaps.items() if value})
    return orjson.dumps(said, option=orjson.OPT_SORT_KEYS)


def act_of(envelope: Envelope) -> Act:
    """The act that an envelope tells, equal to the one it was written from."""
    get = envelope.get
    return Act(
        tenant=uuid_of(envelope["tenant"]),
        subject=uuid_of(envelope["subject"]),
        actor=uuid_of(envelope["actor"]),
        author=uuid_of(envelope["author"]),
        at=datetime.fromisoformat(envelope["recorded_at"]),
        occurred=occurred(envelope),
        precision=envelope["precision"],
        command=UUID(envelope["command"]),
        contributors=tuple([contributor(c) for c in get("contributors", ())]),
        setting=envelope["setting"],
        site=maybe(get("site")),
        programme=maybe(get("programme")),
        because_of=tuple([UUID(event) for event in get("because_of", ())]),
        correlation=maybe(get("correlation")),
        causation=maybe(get("causation")),
        traceparent=get("traceparent"),
        request=get("request"),
    )


def checked(allowed: re.Pattern[str], value: str) -> str:
    if allowed.fullmatch(value) is None:
        raise Unstorable(f"{value!r} has no place in an envelope, which stays in clear")
    return value


@lru_cache
def word(value: str) -> str:
    """A word of a closed list."""
    return checked(WORD, value)


@lru_cache
def service_of(topic: str) -> str:
    return checked(NAME, topic).partition(".")[0]


def maybe(value: str | None) -> UUID | None:
    return None if value is None else uuid_of(value)


@lru_cache(maxsize=16_384)
def contribution(named: Contributor) -> Mapping[str, Any]:
    said: dict[str, Any] = {
        "party": named.party,
        "role": word(named.role),
        "part": word(named.part),
        "attestation": word(named.attestation),
    }
    if named.knowledge:
        said["knowledge"] = [word(k) for k in named.knowledge]
    return said


def contributor(said: Envelope) -> Contributor:
    knowledge = tuple(said.get("knowledge", ()))
    return named(said["party"], said["role"], said["part"], said["attestation"], knowledge)


@lru_cache(maxsize=16_384)
def named(
    party: str, role: str, part: str, attestation: str, knowledge: tuple[str, ...]
) -> Contributor:
    return Contributor(
        party=UUID(party), role=role, part=part, attestation=attestation, knowledge=knowledge
    )


def instant(value: datetime) -> str:
    """RFC 3339 in UTC with microseconds: one way to write each instant."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def occurrence(act: Act) -> dict[str, Any]:
    """When it happened in life: a day or an instant, and the offset it was told with."""
    offset = act.occurred.utcoffset()
    if offset is None or act.at.utcoffset() is None:
        raise Unstorable("a time without an offset is no instant")
    day = act.precision == "day"
    said = {"occurred_at": act.occurred.date().isoformat() if day else instant(act.occurred)}
    if offset:
        if offset % timedelta(minutes=1):
            raise Unstorable("an offset goes by whole minutes")
        said["occurred_offset"] = act.occurred.isoformat()[-6:]
    return said


def occurred(envelope: Envelope) -> datetime:
    """A day is given back as its midnight, with the offset it was told with."""
    zone = zone_of(envelope.get("occurred_offset", "+00:00"))
    if envelope["precision"] == "day":
        return datetime.combine(date.fromisoformat(envelope["occurred_at"]), time(), zone)
    return datetime.fromisoformat(envelope["occurred_at"]).astimezone(zone)


@lru_cache
def zone_of(offset: str) -> timezone:
    hours, minutes = offset[1:].split(":")
    away = timedelta(hours=int(hours), minutes=int(minutes))
    return UTC if not away else timezone(-away if offset[0] == "-" else away)
