"""The rules of the seven answers: who may say what of an entry, and when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from shared.coproduction.commands import (
    DEVICES,
    OUTCOMES,
    AnswerDispute,
    Answering,
    ConfirmContribution,
    DisputeContribution,
    MisfileEntry,
    RecordCorrection,
    SettleDispute,
    WithdrawWords,
)
from shared.kernel import Command, Denied, Fact, Invalid, NotFound, Refused

if TYPE_CHECKING:
    from shared.coproduction.decider import Coproduced
    from shared.coproduction.entries import Entry

WORDLESS = ("contribution_confirmed", "words_withdrawn", "entry_misfiled")
Facts = Sequence[Fact]


def answer(state: Coproduced, command: Answering) -> Facts:
    """Decide one of the seven answers; raises NotFound, Denied, Invalid or Refused."""
    entry = state.entries.get(command.entry)
    if entry is None:
        raise NotFound("entry.unknown", field="entry")
    if command.act.author != command.act.actor:
        # what one says of an entry, nobody says in one's name
        raise Denied("answer.own_sign_in", field="act.author")
    return RULES[type(command)](state, entry, command)


def confirm(state: Coproduced, entry: Entry, command: ConfirmContribution) -> Facts:
    author = command.act.author
    if command.device not in DEVICES:
        raise Invalid("value.not_in_list", field="device", allowed=", ".join(DEVICES))
    if author not in entry.attested:
        raise Denied("entry.not_named")
    if entry.says(author) in ("own", "confirmed"):
        return []
    confirmed = state.voices.confirmed
    return [confirmed(*state.stamp(command), entry=entry.id, device=command.device)]


def dispute(state: Coproduced, entry: Entry, command: DisputeContribution) -> Facts:
    author = command.act.author
    if author not in {*entry.attested, entry.act.subject, entry.act.author}:
        raise Denied("entry.not_named")
    if entry.dispute == "open" and author in entry.disputed_by:
        return []
    disputed = state.voices.disputed
    return [disputed(*state.stamp(command), entry=entry.id, reason=command.reason)]


def answer_dispute(state: Coproduced, entry: Entry, command: AnswerDispute) -> Facts:
    need_open(entry, command.outcome, frozenset({"open"}))
    author = command.act.author
    if author not in {entry.act.actor, entry.act.author, *entry.attested}:
        raise Denied("entry.not_named")
    if author in entry.disputed_by:
        raise Denied("dispute.not_by_the_one_who_disputes")
    answered = state.voices.answered
    return [answered(*state.stamp(command), entry.id, command.words, command.outcome)]


def settle(state: Coproduced, entry: Entry, command: SettleDispute) -> Facts:
    need_open(entry, command.outcome, frozenset({"open", "answered"}))
    if command.act.author in {entry.act.actor, entry.act.author, *entry.disputed_by}:
        raise Denied("dispute.settled_by_another")
    settled = state.voices.settled
    return [settled(*state.stamp(command), entry.id, command.words, command.outcome)]


def correct(state: Coproduced, entry: Entry, command: RecordCorrection) -> Facts:
    need_writer(entry, command)
    return [state.voices.corrected(*state.stamp(command), entry=entry.id, words=command.words)]


def withdraw(state: Coproduced, entry: Entry, command: WithdrawWords) -> Facts:
    need_writer(entry, command)
    if entry.topic.rsplit(".", 1)[-1] in WORDLESS:
        raise Refused("entry.has_no_words", field="entry")
    if not entry.readable:
        return []
    withdrawn = state.voices.withdrawn
    return [withdrawn(*state.stamp(command), entry.id, entry.answers, entry.outcome)]


def misfile(state: Coproduced, entry: Entry, command: MisfileEntry) -> Facts:
    if entry.answers is not None:
        # it names an entry of this very record; undone, what it answered would come back
        raise Refused("entry.answer_stands", field="entry")
    if command.act.role_of(command.act.author) != "privacy_officer":
        need_writer(entry, command)
    if not entry.readable:
        return []
    return [state.voices.misfiled(*state.stamp(command), entry=entry.id, reason=command.reason)]


RULES: dict[type[Command], Callable[[Coproduced, Entry, Any], Facts]] = {
    ConfirmContribution: confirm,
    DisputeContribution: dispute,
    AnswerDispute: answer_dispute,
    SettleDispute: settle,
    RecordCorrection: correct,
    WithdrawWords: withdraw,
    MisfileEntry: misfile,
}


def need_writer(entry: Entry, command: Command) -> None:
    """Only who wrote it, or whose act it is, takes it back or puts it right."""
    if command.act.author not in {entry.act.author, entry.act.actor}:
        raise Denied("entry.not_written_by_you")


def need_open(entry: Entry, outcome: str, states: frozenset[str]) -> None:
    if outcome not in OUTCOMES:
        raise Invalid("value.not_in_list", field="outcome", allowed=", ".join(OUTCOMES))
    if entry.dispute not in states:
        raise Refused("dispute.none_open", field="entry")
