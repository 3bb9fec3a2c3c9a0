"""The words every domain is written with: act, refusal, fact, command, decider."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, ClassVar, NamedTuple, Self, TypeVar
from uuid import UUID

from eventsourcing.domain import DomainEvent

ROLES = (
    "person",
    "relative",
    "practitioner",
    "peer_worker",
    "manager",
    "researcher",
    "representative",
    "assistant",
    "administrator",
    "privacy_officer",
    "auditor",
)
PARTS = ("proposed", "wrote", "discussed", "agreed", "disagreed", "declined", "witnessed")
KNOWLEDGE = ("experiential", "professional", "scientific", "organisational")
SETTINGS = ("alone", "together", "meeting", "remote")
FILES = "files"  # noted from the organisation's own files: a setting nobody chooses
F = TypeVar("F", bound="Fact")
DAY_SECONDS = 86_400
LOGICS = ("programming", "management", "intervention", "outside")


class Refused(Exception):
    """A rule said no. Holds a code; the sentence is found in the reader's language.

    `field` names the place in the request, dotted (`act.author`); `values` fill the sentence.
    """

    status: ClassVar[int] = 409

    def __init__(self, code: str, /, *, field: str | None = None, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.values: Mapping[str, object] = values


class Invalid(Refused):
    """What was sent cannot be right, whatever the state of things."""

    status = 422


class NotFound(Refused):
    """Unknown here, also when it belongs to another organisation or was never shown."""

    status = 404


class Denied(Refused):
    """Known to the caller, but not theirs to do."""

    status = 403


class Stale(Refused):
    """What the caller read has been replaced since."""

    status = 412


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributor:
    """Someone who took part: in which role, with which part, knowing what, attested how."""

    party: UUID
    role: str
    part: str
    attestation: str = "claimed"
    knowledge: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who acts, for whom, with whom, how and when: the part of a fact that stays in clear.

    `subject` is the person the fact is about, or the tenant's own id when it is about no person.
    `at` is when it was recorded (UTC); `occurred` when it happened in life, `precision` says
    whether that is an `instant` or a `day`.
    """

    tenant: UUID
    subject: UUID
    actor: UUID
    author: UUID
    at: datetime
    occurred: datetime
    command: UUID
    precision: str = "instant"
    contributors: tuple[Contributor, ...] = ()
    setting: str = "alone"
    site: UUID | None = None
    programme: UUID | None = None
    because_of: tuple[UUID, ...] = ()
    correlation: UUID | None = None
    causation: UUID | None = None
    traceparent: str | None = None
    request: str | None = None

    @property
    def day_recorded(self) -> date:
        """The day it was written down, as days were where the organisation is."""
        return self.at.astimezone(self.occurred.tzinfo).date()

    def part_of(self, party: UUID) -> frozenset[str]:
        return frozenset(c.part for c in self.contributors if c.party == party)

    def role_of(self, party: UUID) -> str | None:
        return next((c.role for c in self.contributors if c.party == party), None)

    def attestation_of(self, party: UUID) -> str | None:
        """How the party stands behind this entry: own, claimed, or None if not named."""
        found = {c.attestation for c in self.contributors if c.party == party}
        return "own" if "own" in found else next(iter(found), None)


class Stamp(NamedTuple):
    """The four positional fields of every fact, in the order the library wants them."""

    originator_id: UUID
    originator_version: int
    timestamp: datetime
    act: Act


@dataclass(frozen=True)
class Fact(DomainEvent):
    """Something that happened. Fields are scalars, tuples of them, or frozen dataclasses."""

    TOPIC: ClassVar[str] = ""
    class_version: ClassVar[int] = 1
    registry: ClassVar[dict[str, type[Fact]]] = {}

    act: Act

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        topic = cls.__dict__.get("TOPIC", "")
        if topic:
            known = Fact.registry.setdefault(topic, cls)
            if known.__qualname__ != cls.__qualname__ or known.__module__ != cls.__module__:
                msg = f"{topic} is already the stored name of {known!r}"
                raise TypeError(msg)
            # the metaclass makes the class twice (before and after the dataclass): keep the last
            Fact.registry[topic] = cls

    @property
    def id(self) -> UUID:
        """The event id: a UUIDv7 that follows from the command, so that deciding stays pure.

        A fact that was read keeps the id it was recorded with.
        """
        recorded: UUID | None = self.__dict__.get("recorded_id")
        if recorded is None:
            recorded = event_id(self.act, self.originator_id, self.originator_version)
            self.__dict__["recorded_id"] = recorded  # the same for ever: worked out once
        return recorded


def with_id_of(fact: F, recorded: Fact) -> F:
    """The fact, standing in for one that was recorded, under its id."""
    fact.__dict__["recorded_id"] = recorded.id
    return fact


@dataclass(frozen=True)
class Unreadable(Fact):
    """A fact whose body is gone (withdrawn, misfiled, erased): it counts, and says nothing."""

    topic: str = ""


def event_id(act: Act, stream: UUID, version: int) -> UUID:
    """UUIDv7 (RFC 9562 §5.7): 48 bits of time, then bits drawn from the command.

    The time is the day's, not the instant's: an id is shown to people who may know the day of a
    person's entry, but not its hour.
    """
    milliseconds = int(act.at.timestamp() // DAY_SECONDS) * DAY_SECONDS * 1000
    drawn = hashlib.sha256(act.command.bytes + stream.bytes + version.to_bytes(8, "big")).digest()
    return uuid7_from(milliseconds, drawn)


def uuid7_from(milliseconds: int, drawn: bytes) -> UUID:
    value = (milliseconds & ((1 << 48) - 1)) << 80 | int.from_bytes(drawn[:10], "big")
    value = value & ~(0xF << 76) | 7 << 76
    value = value & ~(0x3 << 62) | 2 << 62
    return UUID(int=value)


@dataclass(frozen=True, kw_only=True)
class Command:
    """What a party asks for. Only a command that `opens` may begin a stream."""

    opens: ClassVar[bool] = False

    act: Act
    stream: UUID


@dataclass(frozen=True)
class Decider:
    """An immutable aggregate: decide what happens, evolve once it has.

    `version_is_hers`: its version counts what a person kept and changed, and is told to her alone.
    """

    version_is_hers: ClassVar[bool] = False

    id: UUID
    version: int = 0

    def decide(self, command: Any) -> Sequence[Fact]:
        raise NotImplementedError

    def evolve(self, fact: Any) -> Self:
        raise NotImplementedError

    def follow(self, fact: Fact) -> Self:
        """Evolve, or pass over what can no longer be read."""
        if isinstance(fact, Unreadable):
            return replace(self, version=fact.originator_version)
        return self.evolve(fact)

    def stamp(self, by: Command) -> Stamp:
        return Stamp(self.id, self.version + 1, by.act.at.astimezone(UTC), by.act)
