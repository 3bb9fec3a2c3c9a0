"""What is asked of a subscription."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from shared.kernel import Command


@dataclass(frozen=True, kw_only=True)
class GrantSubscription(Command):
    opens: ClassVar[bool] = True
    partner: UUID
    name: str
    types: tuple[str, ...]
    purpose: str
    until: date
    payload: str = "thin"
    sites: tuple[UUID, ...] = ()
    programmes: tuple[UUID, ...] = ()
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class SetEndpoint(Command):
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class RotateSecret(Command):
    """`overlap`: until when the secret before signs as well."""

    overlap: datetime


@dataclass(frozen=True, kw_only=True)
class PauseSubscription(Command): ...


@dataclass(frozen=True, kw_only=True)
class ResumeSubscription(Command): ...


@dataclass(frozen=True, kw_only=True)
class DisableSubscription(Command):
    """Asked by the worker, on what the endpoint answered."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class EnableSubscription(Command): ...


@dataclass(frozen=True, kw_only=True)
class EndSubscription(Command): ...


@dataclass(frozen=True, kw_only=True)
class AskTrial(Command): ...


@dataclass(frozen=True, kw_only=True)
class AskReplay(Command):
    """`head` is how far the log goes: nothing beyond it can be sent once more."""

    head: int
    first: int = 1
    last: int | None = None
    failed: bool = False


@dataclass(frozen=True, kw_only=True)
class AcknowledgeErasure(Command):
    erasure: UUID
