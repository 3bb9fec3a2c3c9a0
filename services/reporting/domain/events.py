"""Every fact that reporting records itself: summaries she makes, copies given, reports, exports.

A summary and a report carry an id of their own; `summary` names it in what follows.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from shared import coproduction
from shared.kernel import Fact

# --- a summary: what she decides to show of her record, to whom and until when --------------------


@dataclass(frozen=True, slots=True)
class Part:
    """An entry she puts in, or words of her own between two of them.

    `knowingly`: she was told that it names someone, or is about a theme most people keep close.
    """

    entry: UUID | None = None
    words: str | None = None
    knowingly: bool = False


@dataclass(frozen=True)
class SummaryMade(Fact):
    """`pieces` are the entries she chose, in her order; the words stay where they were written.

    `parts` are the same with her own words between; `called` is the name she goes by here.
    """

    TOPIC: ClassVar[str] = "reporting.summary_made"
    summary: UUID
    title: str
    pieces: tuple[UUID, ...] = ()
    parts: tuple[Part, ...] = ()
    called: str | None = None


@dataclass(frozen=True)
class SummaryRearranged(Fact):
    """What it is from now on, wherever it is shown."""

    TOPIC: ClassVar[str] = "reporting.summary_rearranged"
    summary: UUID
    title: str
    pieces: tuple[UUID, ...] = ()
    parts: tuple[Part, ...] = ()
    called: str | None = None


@dataclass(frozen=True)
class SummaryShared(Fact):
    """`means` is screen, paper or link. A link is for someone in words, who has no sign-in here.

    `token` and `code` are digests: neither the link nor its code can be read from them.
    """

    TOPIC: ClassVar[str] = "reporting.summary_shared"
    class_version: ClassVar[int] = 2
    summary: UUID
    audience: UUID | None
    means: str
    until: date
    for_whom: str | None = None
    token: str | None = None
    code: str | None = None

    @staticmethod
    def upcast_v1_v2(body: dict[str, Any]) -> None:
        """A sharing was always with a party."""


@dataclass(frozen=True)
class SummaryOpened(Fact):
    """By a party, or with the link and the code of a share."""

    TOPIC: ClassVar[str] = "reporting.summary_opened"
    class_version: ClassVar[int] = 2
    summary: UUID
    audience: UUID | None
    share: UUID | None = None

    @staticmethod
    def upcast_v1_v2(body: dict[str, Any]) -> None:
        """An opening was always by a party."""


@dataclass(frozen=True)
class SummaryCodeMissed(Fact):
    """Someone had the link and not the code; `closed` once that was tried too often."""

    TOPIC: ClassVar[str] = "reporting.summary_code_missed"
    summary: UUID
    share: UUID
    closed: bool = False


@dataclass(frozen=True)
class SummaryShareEnded(Fact):
    """`how` is `hers` before its time, `date` on its last day or after."""

    TOPIC: ClassVar[str] = "reporting.summary_share_ended"
    class_version: ClassVar[int] = 2
    summary: UUID
    audience: UUID | None
    how: str
    share: UUID | None = None

    @staticmethod
    def upcast_v1_v2(body: dict[str, Any]) -> None:
        """A sharing was always with a party."""


# --- what leaves the house ------------------------------------------------------------------------


@dataclass(frozen=True)
class CopyGiven(Fact):
    """A paper, read aloud if she wishes: it counts as seen. `pieces` are the entries on it."""

    TOPIC: ClassVar[str] = "reporting.copy_given"
    audience: UUID
    scope: str
    form: str
    pieces: tuple[UUID, ...] = ()


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


# --- counts: what may be said of many, once and for all -------------------------------------------


@dataclass(frozen=True, slots=True)
class CountedPlace:
    """`level` is everywhere, site or programme; `values` are those of `figures`, in their order."""

    level: str
    site: UUID | None = None
    programme: UUID | None = None
    figures: tuple[str, ...] = ()
    values: tuple[int, ...] = ()


@dataclass(frozen=True)
class CountsPublished(Fact):
    """Only what is said: what is withheld is nowhere. Each release is decided beside all others."""

    TOPIC: ClassVar[str] = "reporting.counts_published"
    k: int
    outside: bool
    method: str
    method_version: int
    places: tuple[CountedPlace, ...]


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


@dataclass(frozen=True)
class PersonErased(coproduction.PersonErased):
    """In a stream of its own, after all that this service has recorded of her."""

    TOPIC: ClassVar[str] = "reporting.person_erased"


VOICES = coproduction.Voices(
    confirmed=ContributionConfirmed,
    disputed=ContributionDisputed,
    answered=DisputeAnswered,
    settled=DisputeSettled,
    corrected=CorrectionRecorded,
    withdrawn=WordsWithdrawn,
    misfiled=EntryMisfiled,
)
