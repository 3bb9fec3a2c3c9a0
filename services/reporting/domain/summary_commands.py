"""What a summary can be asked for. Who asks, and on which day, comes in with the command."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from services.reporting.domain.events import Part
from shared.kernel import Command

MEANS = ("screen", "paper", "link")


@dataclass(frozen=True, kw_only=True)
class MakeSummary(Command):
    opens: ClassVar[bool] = True

    title: str
    parts: tuple[Part, ...] = ()
    called: str | None = None


@dataclass(frozen=True, kw_only=True)
class RearrangeSummary(Command):
    title: str
    parts: tuple[Part, ...] = ()
    called: str | None = None


@dataclass(frozen=True, kw_only=True)
class ShareSummary(Command):
    """With a party who signs in, or by a link for someone in words; `today` in her organisation."""

    today: date
    means: str
    audience: UUID | None = None
    for_whom: str | None = None
    until: date | None = None
    token: str | None = None
    code: str | None = None


@dataclass(frozen=True, kw_only=True)
class EndShare(Command):
    today: date
    share: UUID


@dataclass(frozen=True, kw_only=True)
class OpenSummary(Command):
    """Someone signed in opens what was shown to him or her."""

    today: date


@dataclass(frozen=True, kw_only=True)
class OpenByLink(Command):
    """Someone has a link; `code` is the digest of what was typed."""

    today: date
    token: str
    code: str
