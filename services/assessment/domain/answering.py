"""Her answers: rate a theme, skip it, take an answer back. No one but her changes one of hers."""

from collections.abc import Sequence

from services.assessment.domain.answers import CHOICES, Answer
from services.assessment.domain.commands import RateTheme, SkipTheme, WithdrawRating
from services.assessment.domain.events import RatingWithdrawn, ThemeRated, ThemeSkipped
from services.assessment.domain.record import Record
from services.assessment.domain.showing import ByHand, set_by_hand
from services.assessment.domain.voice import allow_words, herself, need_her_word, need_one_of
from shared.kernel import Act, Fact, Invalid, Refused


def rate(state: Record, command: RateTheme) -> Sequence[Fact]:
    by_hand = may_answer(state, command)
    lowest, highest = state.opened.lowest, state.opened.highest
    if not lowest <= command.value <= highest:
        raise Invalid("rating.out_of_range", field="value", lowest=lowest, highest=highest)
    allow_words(command.comment, "comment")
    said = (command.value, None, command.comment or None)
    if already(state, command, said, by_hand):
        return []
    value, _, comment = said
    return [ThemeRated(*state.stamp(command), command.theme, value, comment, *by_hand)]


def skip(state: Record, command: SkipTheme) -> Sequence[Fact]:
    by_hand = may_answer(state, command)
    need_one_of(command.choice, CHOICES, "choice")
    if already(state, command, (None, command.choice, None), by_hand):
        return []
    return [ThemeSkipped(*state.stamp(command), command.theme, command.choice, *by_hand)]


def withdraw(state: Record, command: WithdrawRating) -> Sequence[Fact]:
    need_her_word(command.act)
    state.need_theme(command.theme)
    stands = state.answer(command.theme).stands
    if not herself(command.act):
        # the same refusal whether hers is there or nothing is: neither can be told
        if stands is None or stands.hers:
            raise Refused("rating.hers_to_withdraw", field="act.author")
    elif stands is None:
        return []
    return [RatingWithdrawn(*state.stamp(command), command.theme)]


def may_answer(state: Record, command: RateTheme | SkipTheme) -> ByHand:
    """What the visibility of the answer will be, once it is hers to give and the theme offered."""
    need_her_word(command.act)
    state.need_theme(command.theme)
    if state.closed:
        raise Refused("assessment.closed")
    before = state.answer(command.theme).by_hand
    return set_by_hand(command.act, before, command.visibility, command.audience)


def already(
    state: Record,
    command: RateTheme | SkipTheme,
    said: tuple[int | None, str | None, str | None],
    by_hand: ByHand,
) -> bool:
    """Whether this very answer stands, or waits, as strongly as the command would attest it."""
    kept, act = state.answer(command.theme), command.act
    if by_hand != kept.by_hand or act.because_of:
        return False
    if kept.stands is not None and content(kept.stands) == said:
        if herself(act):
            return kept.stands.hers
        # whoever notes her very answer is not told so, unless she shows it
        if state.tells(kept.stands, command.theme, act):
            return True
    return not herself(act) and noted_alike(kept.pending, said, act)


def noted_alike(
    pending: Sequence[Answer], said: tuple[int | None, str | None, str | None], act: Act
) -> bool:
    return any(content(a) == said and a.act.actor == act.actor for a in pending)


def content(answer: Answer) -> tuple[int | None, str | None, str | None]:
    return answer.value, answer.choice, answer.comment
