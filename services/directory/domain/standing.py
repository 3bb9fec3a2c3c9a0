"""What the directory's aggregates have in common: parts of one thought, and facts that must stand.

Others act on what the directory says. Destroying the body of a fact that opens a site or ends a
consent would change who may see what; such entries are corrected by a further fact instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, ClassVar, Protocol, Self, runtime_checkable

from services.directory.domain import events as e
from shared.coproduction import Coproduced, MisfileEntry, Voices, WithdrawWords
from shared.kernel import Command, Fact, Refused, Stamp


@runtime_checkable
class Part(Protocol):
    """One thought of an aggregate: its own state, commands and rules, pure as the whole."""

    def choose(self, command: Any, stamps: Iterator[Stamp]) -> Sequence[Fact]: ...

    def evolve(self, fact: Any) -> Self: ...


@dataclass(frozen=True)
class Standing(Coproduced):
    voices: ClassVar[Voices] = e.VOICES

    def decide(self, command: Any) -> Sequence[Fact]:
        if isinstance(command, WithdrawWords | MisfileEntry):
            return self.take_back(command)
        return super().decide(command)

    def take_back(self, command: WithdrawWords | MisfileEntry) -> Sequence[Fact]:
        """Nothing here is anyone's words: what was wrong is put right by a further fact."""
        entry = self.entries.get(command.entry)
        if entry is not None and entry.topic not in TAKEN_BACK:
            raise Refused("entry.others_rest_on_it", field="entry")
        return super().decide(command)

    def stamps(self, by: Command) -> Iterator[Stamp]:
        """One stamp after the other, for commands that record several facts."""
        return (replace(self, version=self.version + n).stamp(by) for n in count())


TAKEN_BACK = frozenset(
    voice.TOPIC
    for voice in (
        e.ContributionDisputed,
        e.DisputeAnswered,
        e.DisputeSettled,
        e.CorrectionRecorded,
    )
)
