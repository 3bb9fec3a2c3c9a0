"""What can be asked about any entry: to confirm, dispute, answer, settle, correct, withdraw it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from shared.kernel import Command

DEVICES = ("own", "writers")
OUTCOMES = ("accepted", "kept")


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


Answering = (
    ConfirmContribution
    | DisputeContribution
    | AnswerDispute
    | SettleDispute
    | RecordCorrection
    | WithdrawWords
    | MisfileEntry
)
