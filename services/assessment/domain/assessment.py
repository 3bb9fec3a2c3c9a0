"""One sitting of a person with a catalogue: what can be asked of it, and what it decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, assert_never

from services.assessment.domain import answering, beside, change, sharing, stars
from services.assessment.domain.commands import (
    CloseAssessment,
    DiscussTheme,
    EndSharing,
    HoldSharingMeeting,
    JudgeChange,
    NoteView,
    OpenAssessment,
    PlaceStar,
    PutOffDiscussion,
    RateTheme,
    RemoveStar,
    ReopenAssessment,
    ReviseView,
    ShareAssessment,
    SkipTheme,
    WantTogether,
    WithdrawRating,
)
from services.assessment.domain.events import (
    AssessmentClosed,
    AssessmentOpened,
    AssessmentReopened,
)
from services.assessment.domain.record import Record
from services.assessment.domain.taking_back import empty_its_place, need_hers_to_take_back
from services.assessment.domain.voice import allow_words, need_her_word
from shared.coproduction import WithdrawWords
from shared.kernel import Fact, Refused

Asked: TypeAlias = (
    OpenAssessment
    | RateTheme
    | SkipTheme
    | WithdrawRating
    | NoteView
    | ReviseView
    | DiscussTheme
    | PutOffDiscussion
    | WantTogether
    | PlaceStar
    | RemoveStar
    | ShareAssessment
    | EndSharing
    | HoldSharingMeeting
    | JudgeChange
    | CloseAssessment
    | ReopenAssessment
)
RATED_KINDS = ("quality_of_life", "process")


@dataclass(frozen=True)
class Assessment(Record):
    """Decides what happens in an assessment."""

    def decide(self, command: Any) -> Sequence[Fact]:
        need_hers_to_take_back(self, command, self.carries_hers)
        sharing.need_nothing_opened(self, command)
        facts = super().decide(command)
        if isinstance(command, WithdrawWords) and facts:
            return empty_its_place(facts, self.kept.items())
        return facts

    def choose(self, command: Asked) -> Sequence[Fact]:  # noqa: C901, PLR0911, PLR0912 - one case a verb
        match command:
            case OpenAssessment():
                return begin(self, command)
            case RateTheme():
                return answering.rate(self, command)
            case SkipTheme():
                return answering.skip(self, command)
            case WithdrawRating():
                return answering.withdraw(self, command)
            case NoteView():
                return beside.note_view(self, command)
            case ReviseView():
                return beside.revise_view(self, command)
            case DiscussTheme():
                return beside.discuss(self, command)
            case PutOffDiscussion():
                return beside.put_off(self, command)
            case WantTogether():
                return beside.want_together(self, command)
            case PlaceStar():
                return stars.place(self, command)
            case RemoveStar():
                return stars.remove(self, command)
            case ShareAssessment():
                return sharing.share(self, command)
            case EndSharing():
                return sharing.end_sharing(self, command)
            case HoldSharingMeeting():
                return sharing.hold_meeting(self, command)
            case JudgeChange():
                return change.judge(self, command)
            case CloseAssessment():
                return close(self, command)
            case ReopenAssessment():
                return reopen(self, command)
            case _:
                assert_never(command)


def begin(state: Assessment, command: OpenAssessment) -> Sequence[Fact]:
    need_her_word(command.act)
    if state.version:
        if state.opened.catalogue == command.catalogue:
            return []
        raise Refused("assessment.already_open")
    if command.kind not in RATED_KINDS:
        raise Refused("catalogue.not_for_rating", field="catalogue")
    return [
        AssessmentOpened(
            *state.stamp(command),
            command.catalogue,
            command.kind,
            command.themes,
            command.lowest,
            command.highest,
        )
    ]


def close(state: Assessment, command: CloseAssessment) -> Sequence[Fact]:
    need_her_word(command.act)
    if state.closed:
        return []
    standing = (kept.stands for kept in state.kept.values())
    answered = sum(1 for answer in standing if answer and answer.value is not None)
    return [AssessmentClosed(*state.stamp(command), answered, len(state.opened.themes))]


def reopen(state: Assessment, command: ReopenAssessment) -> Sequence[Fact]:
    need_her_word(command.act)
    allow_words(command.reason, "reason")
    if not state.closed:
        return []
    return [AssessmentReopened(*state.stamp(command), command.reason)]
