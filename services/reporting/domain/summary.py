"""A summary: what she wants said, in her order, and to whom it is shown until when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar
from uuid import UUID

from services.reporting.domain import openings, shares
from services.reporting.domain.events import (
    VOICES,
    Part,
    SummaryCodeMissed,
    SummaryMade,
    SummaryOpened,
    SummaryRearranged,
    SummaryShared,
    SummaryShareEnded,
)
from services.reporting.domain.shares import Share
from services.reporting.domain.summary_commands import MakeSummary, RearrangeSummary
from shared.coproduction import (
    ContributionConfirmed,
    Coproduced,
    MisfileEntry,
    WithdrawWords,
)
from shared.kernel import Act, Denied, Fact, Invalid, Refused, Unreadable

FIRM = frozenset({"own", "confirmed"})
ARRANGING = frozenset({SummaryMade.TOPIC, SummaryRearranged.TOPIC})
# taken back, an end would show again, a wrong code would give another try
HAPPENED = frozenset({SummaryShareEnded.TOPIC, SummaryOpened.TOPIC, SummaryCodeMissed.TOPIC})
LONGEST_TITLE, LONGEST_NAME, LONGEST_WORDS = 120, 80, 2000
MOST_PARTS = 60


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How it was put together at one time; nothing is left of one whose words were withdrawn."""

    entry: UUID
    title: str | None = None
    parts: tuple[Part, ...] = ()
    called: str | None = None

    @property
    def pieces(self) -> tuple[UUID, ...]:
        return tuple(part.entry for part in self.parts if part.entry)


@dataclass(frozen=True)
class Summary(Coproduced):
    voices = VOICES
    version_is_hers: ClassVar[bool] = True

    arranged: tuple[Arrangement, ...] = ()
    hers: frozenset[UUID] = frozenset()  # those she ever made or confirmed herself
    shares: Mapping[UUID, Share] = field(default_factory=dict)

    @property
    def stands(self) -> Arrangement | None:
        """What is shown: the last arrangement she made or confirmed, while she stands behind it.

        Disputed or withdrawn by her, it shows nothing: what it had replaced does not come back.
        """
        last = next((a for a in reversed(self.arranged) if a.entry in self.hers), None)
        return last if last and last.title and self.is_firm(last.entry) else None

    @property
    def latest(self) -> Arrangement | None:
        """What she reads herself: how it was last put together, by herself or noted for her."""
        return self.arranged[-1] if self.arranged else None

    def is_firm(self, entry: UUID) -> bool:
        """By her own word only: another's dispute of what she says takes nothing from it."""
        known = self.entries[entry]
        return known.says(known.act.subject) in FIRM

    def follow(self, fact: Fact) -> Summary:
        known = super().follow(fact)
        if isinstance(fact, Unreadable) and fact.topic in ARRANGING:
            return known.arranged_as(Arrangement(fact.id))
        return known

    def arranged_as(self, told: Arrangement) -> Summary:
        hers = self.hers | {told.entry} if self.is_firm(told.entry) else self.hers
        return replace(self, arranged=(*self.arranged, told), hers=hers)

    def evolve(self, fact: Fact) -> Summary:
        known = replace(self, version=fact.originator_version)
        match fact:
            case SummaryMade() | SummaryRearranged():
                parts = fact.parts or tuple(Part(entry=piece) for piece in fact.pieces)
                return known.arranged_as(Arrangement(fact.id, fact.title, parts, fact.called))
            case ContributionConfirmed() if fact.act.author == fact.act.subject:
                return replace(known, hers=known.hers | {fact.entry})
            case SummaryShared():
                return replace(known, shares={**known.shares, fact.id: Share(fact)})
            case SummaryOpened() | SummaryCodeMissed() | SummaryShareEnded():
                return replace(known, shares=shares.heard(known.shares, fact))
            case _:
                return known

    def decide(self, command: Any) -> Sequence[Fact]:
        if isinstance(command, WithdrawWords | MisfileEntry):
            self.need_hers(command)
        return super().decide(command)

    def need_hers(self, command: WithdrawWords | MisfileEntry) -> None:
        """What she made or confirmed herself, nobody takes back for her; what closes, nobody at all."""
        entry = self.entries.get(command.entry)
        if entry is not None and entry.topic in HAPPENED:
            raise Refused("entry.has_no_words", field="entry")
        if entry is None or command.act.actor == entry.act.subject:
            return
        if entry.says(entry.act.subject) in FIRM:
            raise Denied("entry.hers_to_take_back", field="entry")

    def choose(self, command: Any) -> Sequence[Fact]:
        rule: Callable[[Any, Any], Sequence[Fact]] = RULES[type(command)]
        return rule(self, command)


def make(summary: Summary, command: MakeSummary) -> Sequence[Fact]:
    told = arrangement(command)
    if summary.version:
        if told == said(summary.latest) and known_to(command.act, summary):
            return []
        raise Refused("summary.exists", field="id")
    return [SummaryMade(*summary.stamp(command), summary.id, *told)]


def known_to(act: Act, summary: Summary) -> bool:
    """Whether the last arrangement is that of whoever acts: hers is not found out by guessing."""
    last = summary.latest and summary.entries[summary.latest.entry].act.actor
    return act.actor in (act.subject, last)


def rearrange(summary: Summary, command: RearrangeSummary) -> Sequence[Fact]:
    told = arrangement(command)
    hers = command.act.actor == command.act.subject
    same = summary.latest is not None and told == said(summary.latest)
    if same and summary.latest and (not hers or summary.is_firm(summary.latest.entry)):
        return []
    return [SummaryRearranged(*summary.stamp(command), summary.id, *told)]


Told = tuple[str, tuple[UUID, ...], tuple[Part, ...], str | None]


def arrangement(command: MakeSummary | RearrangeSummary) -> Told:
    """What is to be recorded. Raises Denied where it is not hers, Invalid where it cannot be."""
    if command.act.author != command.act.subject:
        raise Denied("summary.hers_to_make", field="act.author")
    need_text(command.title, "title", LONGEST_TITLE)
    if command.called is not None:
        need_text(command.called, "called", LONGEST_NAME)
    need_parts(command.parts)
    pieces = tuple(part.entry for part in command.parts if part.entry)
    if len(set(pieces)) < len(pieces):
        raise Invalid("summary.piece_twice", field="parts")
    return command.title, pieces, command.parts, command.called


def need_parts(parts: Sequence[Part]) -> None:
    if not parts:
        raise Invalid("summary.nothing_in_it", field="parts")
    if len(parts) > MOST_PARTS:
        raise Invalid("length.too_large", field="parts", max=MOST_PARTS)
    for number, part in enumerate(parts):
        if (part.entry is None) == (part.words is None):
            raise Invalid("summary.entry_or_words", field=f"parts.{number}")
        if part.words is not None:
            need_text(part.words, f"parts.{number}.words", LONGEST_WORDS)


def said(known: Arrangement | None) -> Told | None:
    if known is None or known.title is None:
        return None
    return known.title, known.pieces, known.parts, known.called


def need_text(text: str, field: str, longest: int) -> None:
    if not text.strip():
        raise Invalid("text.empty", field=field)
    if len(text) > longest:
        raise Invalid("length.too_large", field=field, max=longest)


RULES: Mapping[type, Callable[[Any, Any], Sequence[Fact]]] = {
    MakeSummary: make,
    RearrangeSummary: rearrange,
    **shares.RULES,
    **openings.RULES,
}
