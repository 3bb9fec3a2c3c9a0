"""What is recorded when someone says something of an entry, whichever service it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from shared.kernel import Fact, Unreadable, with_id_of


@dataclass(frozen=True)
class ContributionConfirmed(Fact):
    entry: UUID
    device: str


@dataclass(frozen=True)
class ContributionDisputed(Fact):
    entry: UUID
    reason: str | None = None


@dataclass(frozen=True)
class DisputeAnswered(Fact):
    entry: UUID
    words: str
    outcome: str


@dataclass(frozen=True)
class DisputeSettled(Fact):
    entry: UUID
    words: str
    outcome: str


@dataclass(frozen=True)
class CorrectionRecorded(Fact):
    entry: UUID
    words: str


@dataclass(frozen=True)
class WordsWithdrawn(Fact):
    """Words go, what they answered stands: `about` and `outcome` say what that was, if anything."""

    entry: UUID
    about: UUID | None = None
    outcome: str | None = None

    def left_of(self, fact: Fact) -> Fact:
        """What still counts of the entry whose words are gone; services add their decisions."""
        stamp = (fact.originator_id, fact.originator_version, fact.timestamp, fact.act)
        kind = Fact.registry.get(topic_of(fact), Fact)
        if self.about and issubclass(kind, ContributionDisputed):
            return kind(*stamp, entry=self.about)
        if self.about and self.outcome and issubclass(kind, DisputeAnswered | DisputeSettled):
            return kind(*stamp, entry=self.about, words="", outcome=self.outcome)
        return silent(fact)


@dataclass(frozen=True)
class EntryMisfiled(Fact):
    entry: UUID
    reason: str | None = None


@dataclass(frozen=True)
class PersonErased(Fact):
    """Nothing of hers is read any more. Sealed under the tenant's key: it outlives the person's."""

    sealed_for: ClassVar[str] = "tenant"


WITHDRAWING = (WordsWithdrawn, EntryMisfiled)
ANSWERS = (
    ContributionConfirmed,
    ContributionDisputed,
    DisputeAnswered,
    DisputeSettled,
    CorrectionRecorded,
    WordsWithdrawn,
    EntryMisfiled,
)


@dataclass(frozen=True)
class Voices:
    """A service's own classes for the facts of this kind, so that stored names carry its name."""

    confirmed: type[ContributionConfirmed]
    disputed: type[ContributionDisputed]
    answered: type[DisputeAnswered]
    settled: type[DisputeSettled]
    corrected: type[CorrectionRecorded]
    withdrawn: type[WordsWithdrawn]
    misfiled: type[EntryMisfiled]


def topic_of(fact: Fact) -> str:
    return fact.topic if isinstance(fact, Unreadable) else fact.TOPIC


def left_of(fact: Fact, taken: WordsWithdrawn | EntryMisfiled | None) -> Fact:
    """What still counts of a fact once it was taken back, under the id it was recorded with."""
    if taken is None:
        return fact
    left = taken.left_of(fact) if isinstance(taken, WordsWithdrawn) else silent(fact)
    return with_id_of(left, fact)


def silent(fact: Fact) -> Fact:
    """The same fact with nothing left to read."""
    if isinstance(fact, Unreadable):
        return fact
    gone = Unreadable(
        fact.originator_id, fact.originator_version, fact.timestamp, fact.act, fact.TOPIC
    )
    return with_id_of(gone, fact)
