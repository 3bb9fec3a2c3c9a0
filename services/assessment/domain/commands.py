"""What can be asked of an assessment."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.kernel import Command


@dataclass(frozen=True, kw_only=True)
class OpenAssessment(Command):
    """Begins an assessment; what it offers is taken from a published catalogue."""

    opens: ClassVar[bool] = True

    catalogue: UUID
    kind: str
    themes: tuple[str, ...]
    lowest: int
    highest: int


@dataclass(frozen=True, kw_only=True)
class RateTheme(Command):
    theme: str
    value: int
    comment: str | None = None
    visibility: str | None = None
    audience: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SkipTheme(Command):
    theme: str
    choice: str
    visibility: str | None = None
    audience: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WithdrawRating(Command):
    theme: str


@dataclass(frozen=True, kw_only=True)
class NoteView(Command):
    theme: str
    words: str | None = None
    value: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReviseView(Command):
    """`act.because_of` names the thread entry that moved it."""

    theme: str
    words: str | None = None
    value: int | None = None


@dataclass(frozen=True, kw_only=True)
class DiscussTheme(Command):
    theme: str
    words: str
    visibility: str | None = None
    audience: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PutOffDiscussion(Command):
    theme: str
    words: str | None = None


@dataclass(frozen=True, kw_only=True)
class WantTogether(Command):
    what: str
    with_party: UUID | None = None
    words: str | None = None


@dataclass(frozen=True, kw_only=True)
class PlaceStar(Command):
    theme: str
    rank: int | None = None


@dataclass(frozen=True, kw_only=True)
class RemoveStar(Command):
    theme: str


@dataclass(frozen=True, kw_only=True)
class ShareAssessment(Command):
    parts: tuple[str, ...]
    audience: tuple[UUID, ...] = ()
    my_team: bool = False
    only_themes: tuple[str, ...] = ()
    except_themes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EndSharing(Command):
    sharing: UUID
    audience: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HoldSharingMeeting(Command):
    themes: tuple[str, ...] = ()
    words: str | None = None
    led_by: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class JudgeChange(Command):
    judgement: str
    since: date
    theme: str | None = None
    goal: UUID | None = None
    expected: str | None = None
    thanks_to: tuple[str, ...] = ()
    words: str | None = None
    visibility: str | None = None
    audience: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CloseAssessment(Command):
    pass


@dataclass(frozen=True, kw_only=True)
class ReopenAssessment(Command):
    reason: str | None = None
