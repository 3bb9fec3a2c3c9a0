"""What holds for every entry of every service: confirm, dispute, answer, settle, correct, withdraw.

A service's facts of this kind subclass the ones here and add their stored name
(`plans.contribution_confirmed`); its Deciders are `Coproduced`, which keeps the entries of the
stream and decides these commands before the aggregate's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self, TypeVar
from uuid import UUID

from shared.kernel import (
    Act,
    Command,
    Decider,
    Denied,
    Fact,
    Invalid,
    NotFound,
    Refused,
    Unreadable,
)

D = TypeVar("D", bound=Decider)
DEVICES = ("own", "writers")
OUTCOMES = ("accepted", "kept")


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


@dataclass(frozen=True, kw_only=True)
class ConfirmContribution(Command):
    entry: UUID
    device: str = "own"


@dataclass(frozen=True, kw_only=True)
class DisputeContribution(Command):
    entry: UUID
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerDispute(Command):
    entry: UUID
    words: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class SettleDispute(Command):
    entry: UUID
    words: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class RecordCorrection(Command):
    entry: UUID
    words: str


@dataclass(frozen=True, kw_only=True)
class WithdrawWords(Command):
    entry: UUID


@dataclass(frozen=True, kw_only=True)
class MisfileEntry(Command):
    entry: UUID
    reason: str | None = None


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
WORDLESS = ("contribution_confirmed", "words_withdrawn", "entry_misfiled")
Answering = (
    ConfirmContribution
    | DisputeContribution
    | AnswerDispute
    | SettleDispute
    | RecordCorrection
    | WithdrawWords
    | MisfileEntry
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact of the stream, and what the people named in it have said about it since."""

    id: UUID
    topic: str
    act: Act
    attested: Mapping[UUID, str]
    dispute: str | None = None
    disputed_by: UUID | None = None
    readable: bool = True
    answers: UUID | None = None
    outcome: str | None = None

    @property
    def stands(self) -> bool:
        """False while disputed, once a dispute was accepted, or when its words are gone."""
        return self.readable and self.dispute in (None, "kept")

    def says(self, party: UUID) -> str | None:
        """The attestation of a party's contribution as it stands now."""
        return self.attested.get(party)


def entry_of(fact: Fact) -> Entry:
    attested = {c.party: c.attestation for c in fact.act.contributors}
    attested |= {c.party: "own" for c in fact.act.contributors if c.attestation == "own"}
    answers = outcome = None
    if isinstance(fact, ANSWERS):
        answers, outcome = fact.entry, getattr(fact, "outcome", None)
    return Entry(
        fact.id,
        topic_of(fact),
        fact.act,
        attested,
        readable=not isinstance(fact, Unreadable),
        answers=answers,
        outcome=outcome,
    )


def topic_of(fact: Fact) -> str:
    return fact.topic if isinstance(fact, Unreadable) else fact.TOPIC


def heard(entries: Mapping[UUID, Entry], fact: Fact) -> Mapping[UUID, Entry]:
    """The entries once this fact is known: itself added, and the one it answers brought up."""
    known = {**entries, fact.id: entry_of(fact)}
    match fact:
        case ContributionConfirmed():
            said = {**known[fact.entry].attested, fact.act.author: "confirmed"}
            known[fact.entry] = replace(known[fact.entry], attested=said)
        case ContributionDisputed():
            said = {**known[fact.entry].attested, fact.act.author: "disputed"}
            known[fact.entry] = replace(
                known[fact.entry], attested=said, dispute="open", disputed_by=fact.act.author
            )
        case DisputeAnswered():
            outcome = "accepted" if fact.outcome == "accepted" else "answered"
            known[fact.entry] = replace(known[fact.entry], dispute=outcome)
        case DisputeSettled():
            known[fact.entry] = replace(known[fact.entry], dispute=fact.outcome)
        case WordsWithdrawn() | EntryMisfiled():
            known[fact.entry] = replace(known[fact.entry], readable=False)
        case _:
            pass
    return known


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


@dataclass(frozen=True)
class Coproduced(Decider):
    """A Decider whose entries can be answered. Subclasses write `choose` and `evolve`.

    `choose(command)` is the aggregate's own rules; `evolve(fact)` its own state, called for every
    readable fact, those of this module included (so that an accepted dispute can undo a decision).
    """

    voices: ClassVar[Voices]

    entries: Mapping[UUID, Entry] = field(default_factory=dict)

    def choose(self, command: Any) -> Sequence[Fact]:
        raise NotImplementedError

    def decide(self, command: Any) -> Sequence[Fact]:
        if isinstance(command, Answering):
            return answer(self, command)
        return self.choose(command)

    def follow(self, fact: Fact) -> Self:
        known = replace(self, entries=heard(self.entries, fact))
        return super(Coproduced, known).follow(fact)


def answer(state: Coproduced, command: Answering) -> Sequence[Fact]:  # noqa: C901 - one case a verb
    """Decide one of the seven answers; raises NotFound, Denied, Invalid or Refused."""
    entry = state.entries.get(command.entry)
    if entry is None:
        raise NotFound("entry.unknown", field="entry")
    author, actor, voices = command.act.author, command.act.actor, state.voices
    stamp = state.stamp(command)
    if author != actor:  # what one says of an entry, nobody says in one's name
        raise Denied("answer.own_sign_in", field="act.author")
    match command:
        case ConfirmContribution():
            if command.device not in DEVICES:
                raise Invalid("value.not_in_list", field="device", allowed=", ".join(DEVICES))
            if author not in entry.attested:
                raise Denied("entry.not_named")
            if entry.says(author) in ("own", "confirmed"):
                return []
            return [voices.confirmed(*stamp, entry=entry.id, device=command.device)]
        case DisputeContribution():
            if author not in {*entry.attested, entry.act.subject, entry.act.author}:
                raise Denied("entry.not_named")
            if entry.dispute == "open" and entry.disputed_by == author:
                return []
            return [voices.disputed(*stamp, entry=entry.id, reason=command.reason)]
        case AnswerDispute():
            need_open(entry, command.outcome, frozenset({"open"}))
            if author not in {entry.act.actor, entry.act.author, *entry.attested}:
                raise Denied("entry.not_named")
            if author == entry.disputed_by:
                raise Denied("dispute.not_by_the_one_who_disputes")
            return [voices.answered(*stamp, entry.id, command.words, command.outcome)]
        case SettleDispute():
            need_open(entry, command.outcome, frozenset({"open", "answered"}))
            if {author, actor} & {entry.act.actor, entry.act.author, entry.disputed_by}:
                raise Denied("dispute.settled_by_another")
            return [voices.settled(*stamp, entry.id, command.words, command.outcome)]
        case RecordCorrection():
            if not {author, actor} & {entry.act.actor, entry.act.author}:
                raise Denied("entry.not_written_by_you")
            return [voices.corrected(*stamp, entry=entry.id, words=command.words)]
        case WithdrawWords():
            if author not in {entry.act.author, entry.act.actor}:
                raise Denied("entry.not_written_by_you")
            if entry.topic.rsplit(".", 1)[-1] in WORDLESS:
                raise Refused("entry.has_no_words", field="entry")
            withdrawn = voices.withdrawn(
                *stamp, entry=entry.id, about=entry.answers, outcome=entry.outcome
            )
            return gone(entry, [withdrawn])
        case MisfileEntry():
            if entry.answers is not None:
                # it names an entry of this very record; undone, what it answered would come back
                raise Refused("entry.answer_stands", field="entry")
            officer = command.act.role_of(author) == "privacy_officer"
            if not officer and not {author, actor} & {entry.act.actor, entry.act.author}:
                raise Denied("entry.not_written_by_you")
            return gone(entry, [voices.misfiled(*stamp, entry=entry.id, reason=command.reason)])


def need_open(entry: Entry, outcome: str, states: frozenset[str]) -> None:
    if outcome not in OUTCOMES:
        raise Invalid("value.not_in_list", field="outcome", allowed=", ".join(OUTCOMES))
    if entry.dispute not in states:
        raise Refused("dispute.none_open", field="entry")


def gone(entry: Entry, facts: Sequence[Fact]) -> Sequence[Fact]:
    return facts if entry.readable else []


def replay(state: D, facts: Iterable[Fact]) -> D:
    """Fold facts; words withdrawn later are passed over, destroyed or not yet; decisions are not."""
    told = list(facts)
    taken_back = {f.entry: f for f in told if isinstance(f, WITHDRAWING)}
    for fact in told:
        state = state.follow(left_of(fact, taken_back.get(fact.id)))
    return state


def left_of(fact: Fact, taken: WordsWithdrawn | EntryMisfiled | None) -> Fact:
    if taken is None:
        return fact
    return taken.left_of(fact) if isinstance(taken, WordsWithdrawn) else silent(fact)


def silent(fact: Fact) -> Fact:
    """The same fact with nothing left to read."""
    if isinstance(fact, Unreadable):
        return fact
    return Unreadable(
        fact.originator_id, fact.originator_version, fact.timestamp, fact.act, fact.TOPIC
    )
