"""What a network can be asked for; whichever comes first begins her map."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.kernel import Command

KINDS = ("person", "group", "service", "animal")
SUPPORT = ("emotional", "practical", "informational", "companionship")
CIRCLES = (1, 2, 3)


@dataclass(frozen=True, kw_only=True)
class AddTie(Command):
    opens: ClassVar[bool] = True

    tie: UUID
    name: str
    relation: str | None = None
    circle: int | None = None
    since: str | None = None
    kind: str = "person"


@dataclass(frozen=True, kw_only=True)
class RenameTie(Command):
    tie: UUID
    name: str


@dataclass(frozen=True, kw_only=True)
class RateTie(Command):
    tie: UUID
    quality: str | None = None
    closeness: str | None = None


@dataclass(frozen=True, kw_only=True)
class DescribeSupport(Command):
    tie: UUID
    received: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    words: str | None = None


@dataclass(frozen=True, kw_only=True)
class EndTie(Command):
    tie: UUID
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class ResumeTie(Command):
    tie: UUID


@dataclass(frozen=True, kw_only=True)
class ShareNetwork(Command):
    audience: tuple[UUID, ...] = ()
    except_ties: tuple[UUID, ...] = ()
    my_team: bool = False
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class EndSharing(Command):
    sharing: UUID
