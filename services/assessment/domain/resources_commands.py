"""What can be asked of a person's strengths and aspirations."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from shared.kernel import Command


@dataclass(frozen=True, kw_only=True)
class NameStrength(Command):
    opens: ClassVar[bool] = True

    kind: str
    words: str
    visibility: str | None = None
    audience: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RewordStrength(Command):
    strength: UUID
    words: str


@dataclass(frozen=True, kw_only=True)
class SetStrengthAside(Command):
    strength: UUID
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class NameAspiration(Command):
    opens: ClassVar[bool] = True

    words: str
    theme: str | None = None
    visibility: str | None = None
    audience: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RewordAspiration(Command):
    aspiration: UUID
    words: str


@dataclass(frozen=True, kw_only=True)
class SetAspirationAside(Command):
    aspiration: UUID
    reason: str | None = None
