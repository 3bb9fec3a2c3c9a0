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
    said = {
        "id": str(fact.id),
        "tenant": str(act.tenant),
        "service": checked(NAME, fact.TOPIC).partition(".")[0],
        "type": fact.TOPIC,
        "v": fact.class_version,
        "stream": str(fact.originator_id),
        "version": fact.originator_version,
        "subject": str(act.subject),
        "site": text(act.site),
        "programme": text(act.programme),
        "actor": str(act.actor),
        "author": str(act.author),
        "contributors": [contribution(c) for c in act.contributors],
        "setting": checked(WORD, act.setting),
        **occurrence(act),
        "recorded_at": instant(act.at),
        "command": str(act.command),
        "correlation": text(act.correlation),
        "causation": text(act.causation),
        "traceparent": act.traceparent and checked(TOKEN, act.traceparent),
        "because_of": [str(event) for event in act.because_of],
        "entry": text(entry) if isinstance(entry, UUID) else None,
        "request": act.request and checked(TOKEN, act.request),
        "codec": CODEC,
        "key": key,
    }
    return orjson.dumps({k: v for k, v in said.items() if present(v)}, option=orjson.OPT_SORT_KEYS)


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


def present(value: Any) -> bool:
    return value is not None and value not in ([], "")


def checked(allowed: re.Pattern[str], value: str) -> str:
    if allowed.fullmatch(value) is None:
        raise Unstorable(f"{value!r} has no place in an envelope, which stays in clear")
    return value


def text(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def maybe(value: str | None) -> UUID | None:
    return None if value is None else uuid_of(value)


def contribution(named: Contributor) -> dict[str, Any]:
    said: dict[str, Any] = {
        "party": str(named.party),
        "role": checked(WORD, named.role),
        "part": checked(WORD, named.part),
        "attestation": checked(WORD, named.attestation),
    }
    if named.knowledge:
        said["knowledge"] = [checked(WORD, k) for k in named.knowledge]
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
    if offset % timedelta(minutes=1):
        raise Unstorable("an offset goes by whole minutes")
    day = act.precision == "day"
    return {
        "occurred_at": act.occurred.date().isoformat() if day else instant(act.occurred),
        "occurred_offset": act.occurred.isoformat()[-6:] if offset else None,
        "precision": checked(WORD, act.precision),
    }


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
