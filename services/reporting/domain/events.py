"""Every fact that reporting records itself: summaries she makes, copies given, reports, exports.

A summary and a report carry an id of their own; `summary` names it in what follows.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from shared import coproduction
from shared.kernel import Fact

# --- a summary: what she decides to show of her record, to whom and until when --------------------


@dataclass(frozen=True)
class SummaryMade(Fact):
    """`pieces` are the entries she chose, in her order; the words stay where they were written."""

    TOPIC: ClassVar[str] = "reporting.summary_made"
    summary: UUID
    title: str
    pieces: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class SummaryShared(Fact):
    """`means` is screen, paper or link."""

    TOPIC: ClassVar[str] = "reporting.summary_shared"
    summary: UUID
    audience: UUID
    means: str
    until: date


@dataclass(frozen=True)
class SummaryOpened(Fact):
    TOPIC: ClassVar[str] = "reporting.summary_opened"
    summary: UUID
    audience: UUID


@dataclass(frozen=True)
class SummaryShareEnded(Fact):
    TOPIC: ClassVar[str] = "reporting.summary_share_ended"
    summary: UUID
    audience: UUID
    how: str


# --- what leaves the house ------------------------------------------------------------------------


@dataclass(frozen=True)
class CopyGiven(Fact):
    """A paper, read aloud if she wishes: it counts as seen."""

    TOPIC: ClassVar[str] = "reporting.copy_given"
    audience: UUID
    scope: str
    form: str


@dataclass(frozen=True)
class ReportPublished(Fact):
    TOPIC: ClassVar[str] = "reporting.report_published"
    report: UUID
    title: str


@dataclass(frozen=True)
class ExportMade(Fact):
    TOPIC: ClassVar[str] = "reporting.export_made"
    scope: str
    purpose: str


# --- everywhere: what people say of an entry ------------------------------------------------------


@dataclass(frozen=True)
class ContributionConfirmed(coproduction.ContributionConfirmed):
    TOPIC: ClassVar[str] = "reporting.contribution_confirmed"


@dataclass(frozen=True)
class ContributionDisputed(coproduction.ContributionDisputed):
    TOPIC: ClassVar[str] = "reporting.contribution_disputed"


@dataclass(frozen=True)
class DisputeAnswered(coproduction.DisputeAnswered):
    TOPIC: ClassVar[str] = "reporting.dispute_answered"


@dataclass(frozen=True)
class DisputeSettled(coproduction.DisputeSettled):
    TOPIC: ClassVar[str] = "reporting.dispute_settled"


@dataclass(frozen=True)
class CorrectionRecorded(coproduction.CorrectionRecorded):
    TOPIC: ClassVar[str] = "reporting.correction_recorded"


@dataclass(frozen=True)
class WordsWithdrawn(coproduction.WordsWithdrawn):
    TOPIC: ClassVar[str] = "reporting.words_withdrawn"


@dataclass(frozen=True)
class EntryMisfiled(coproduction.EntryMisfiled):
    TOPIC: ClassVar[str] = "reporting.entry_misfiled"


VOICES = coproduction.Voices(
    confirmed=ContributionConfirmed,
    disputed=ContributionDisputed,
    answered=DisputeAnswered,
    settled=DisputeSettled,
    corrected=CorrectionRecorded,
    withdrawn=WordsWithdrawn,
    misfiled=EntryMisfiled,
)
