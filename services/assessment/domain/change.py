"""What has changed, as she judges it herself."""

from collections.abc import Sequence
from datetime import timedelta

from services.assessment.domain.commands import JudgeChange
from services.assessment.domain.events import ChangeJudged
from services.assessment.domain.record import Record
from services.assessment.domain.showing import FOLLOWS_THE_TAB, set_by_hand
from services.assessment.domain.voice import allow_words, herself, need_her_word, need_one_of
from shared.kernel import Fact, Invalid

JUDGEMENTS = (
    "better",
    "maintained_as_i_wish",
    "same_hoped_for_more",
    "up_and_down",
    "harder",
    "too_early",
    "not_for_me",
    "rather_not_say",
)
# holding on to what one has is no less of a change hoped for (Glendinning 2006)
AS_HOPED = frozenset({"better", "maintained_as_i_wish"})
SAYS_NOTHING_OF_IT = frozenset({"too_early", "not_for_me", "rather_not_say"})
EXPECTED = ("yes", "partly", "no", "surprise")
THANKS_TO = ("me", "people", "service", "life", "rules", "unknown")


def as_hoped(judgement: str) -> bool | None:
    """Whether it is what she hoped for; None where she says nothing of it."""
    return None if judgement in SAYS_NOTHING_OF_IT else judgement in AS_HOPED


def judge(state: Record, command: JudgeChange) -> Sequence[Fact]:
    need_her_word(command.act)
    if command.theme is None and command.goal is None:
        raise Invalid("change.of_nothing", field="theme")
    if command.theme is not None:
        state.need_theme(command.theme)
    need_one_of(command.judgement, JUDGEMENTS, "judgement")
    if command.expected is not None:
        need_one_of(command.expected, EXPECTED, "expected")
    for cause in command.thanks_to:
        need_one_of(cause, THANKS_TO, "thanks_to")
    allow_words(command.words)
    # a day of slack: her day may be tomorrow already in UTC
    if command.since > command.act.occurred.date() + timedelta(days=1):
        raise Invalid("change.since_later", field="since")
    by_hand = set_by_hand(command.act, FOLLOWS_THE_TAB, command.visibility, command.audience)
    judged = ChangeJudged(
        *state.stamp(command),
        command.judgement,
        command.since,
        command.theme,
        command.goal,
        command.expected,
        tuple(dict.fromkeys(command.thanks_to)),
        command.words,
        *by_hand,
    )
    alike = [f for f in state.held(ChangeJudged) if content(f) == content(judged)]
    if herself(command.act):
        return [] if any(state.hers(f.id) for f in alike) else [judged]
    # what others note is compared with what they noted: hers is not told by it
    if any(f.act.actor == command.act.actor for f in alike):
        return []
    return [judged]


def content(fact: ChangeJudged) -> tuple[object, ...]:
    return (
        fact.judgement,
        fact.since,
        fact.theme,
        fact.goal,
        fact.expected,
        fact.thanks_to,
        fact.words,
        fact.visibility,
        fact.audience,
    )
