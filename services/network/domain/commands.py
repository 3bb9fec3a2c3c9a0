"""What a network can be asked for; the first tie, or the first sharing, begins her map."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.kernel import Command

KINDS = ("person", "group", "service", "animal")
SUPPORT = ("emotional", "practical", "informational", "companionship")
CIRCLES = (1, 2, 3)
LINES = ("strong", "thin", "tense")
JUST_ME, AS_MAP = "just_me", "as_map"
VISIBILITIES = (JUST_ME, AS_MAP)


@dataclass(frozen=True, kw_only=True)
class OnTheMap(Command):
    """`today` is the organisation's day: what she shows until a day is still known on it."""

    today: date


@dataclass(frozen=True, kw_only=True)
class AddTie(OnTheMap):
    opens: ClassVar[bool] = True

    tie: UUID
    name: str
    relation: str | None = None
    circle: int | None = None
    since: str | None = None
    kind: str = "person"
    visibility: str | None = None


@dataclass(frozen=True, kw_only=True)
class RenameTie(OnTheMap):
    tie: UUID
    name: str


@dataclass(frozen=True, kw_only=True)
class RateTie(OnTheMap):
    tie: UUID
    quality: str | None = None
    closeness: str | None = None
    line: str | None = None


@dataclass(frozen=True, kw_only=True)
class PlaceTie(OnTheMap):
    tie: UUID
    circle: int | None = None
    relation: str | None = None


@dataclass(frozen=True, kw_only=True)
class DescribeSupport(OnTheMap):
    tie: UUID
    received: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    words: str | None = None


@dataclass(frozen=True, kw_only=True)
class DescribeContact(OnTheMap):
    tie: UUID
    often: str | None = None
    means: tuple[str, ...] = ()
    words: str | None = None


@dataclass(frozen=True, kw_only=True)
class EndTie(OnTheMap):
    tie: UUID
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class ResumeTie(OnTheMap):
    tie: UUID


@dataclass(frozen=True, kw_only=True)
class DiscussTie(OnTheMap):
    tie: UUID
    words: str


@dataclass(frozen=True, kw_only=True)
class ConnectAlters(OnTheMap):
    one: UUID
    other: UUID


@dataclass(frozen=True, kw_only=True)
class DisconnectAlters(OnTheMap):
    one: UUID
    other: UUID


@dataclass(frozen=True, kw_only=True)
class AskAlterTies(OnTheMap):
    ties: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class SetVisibility(OnTheMap):
    tie: UUID
    visibility: str


@dataclass(frozen=True, kw_only=True)
class ShareNetwork(OnTheMap):
    opens: ClassVar[bool] = True

    audience: tuple[UUID, ...] = ()
    except_ties: tuple[UUID, ...] = ()
    my_team: bool = False
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class EndSharing(OnTheMap):
    sharing: UUID
