"""Every fact the plans service records. A goal and an action carry an id of their own.

`grown_from` names what a goal came from: `star:<theme>`, `rating:<theme>`, `theme:<theme>`,
`strength:<id>`, `aspiration:<id>`, `tie:<id>`, or nothing; a theme she left out stays out under
each of the first three.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from shared import coproduction
from shared.kernel import Fact


@dataclass(frozen=True)
class StoodInTheWay:
    """Which logic stood in the way: programming, management, intervention or outside; and how."""

    logic: str
    words: str | None = None


@dataclass(frozen=True)
class LeftOut:
    """A theme she left out, and the other names of the same theme: titles, ids that mean it."""

    theme: str
    names: tuple[str, ...] = ()


# --- the plan: one stream for each person and period ----------------------------------------------


@dataclass(frozen=True)
class PlanOpened(Fact):
    """`left_out` are the themes she left out of the plan before this one: they stay out."""

    TOPIC: ClassVar[str] = "plans.plan_opened"
    number: int
    starts: date | None = None
    ends: date | None = None
    words: str | None = None
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True)
class ReviewHeld(Fact):
    TOPIC: ClassVar[str] = "plans.review_held"
    words: str | None = None
    next_review: date | None = None
    stood_in_the_way: StoodInTheWay | None = None


@dataclass(frozen=True)
class PlanClosed(Fact):
    TOPIC: ClassVar[str] = "plans.plan_closed"
    words: str | None = None
    stood_in_the_way: StoodInTheWay | None = None


# --- themes: what the plan may be about, and what it may not --------------------------------------


@dataclass(frozen=True)
class ThemeConsidered(Fact):
    TOPIC: ClassVar[str] = "plans.theme_considered"
    theme: str
    words: str | None = None


@dataclass(frozen=True)
class ThemeDeclined(Fact):
    """`names` are the other names of the same theme: titles, and ids that mean it."""

    TOPIC: ClassVar[str] = "plans.theme_declined"
    theme: str
    reason: str | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class ThemeReconsidered(Fact):
    TOPIC: ClassVar[str] = "plans.theme_reconsidered"
    theme: str
    reason: str | None = None


# --- goals: in her words, in force by her agreement -----------------------------------------------


@dataclass(frozen=True)
class GoalProposed(Fact):
    TOPIC: ClassVar[str] = "plans.goal_proposed"
    goal: UUID
    words: str
    grown_from: tuple[str, ...] = ()


@dataclass(frozen=True)
class GoalWordingAsked(Fact):
    """Someone asks for other words, and may say what is wrong with these."""

    TOPIC: ClassVar[str] = "plans.goal_wording_asked"
    goal: UUID
    words: str | None = None


@dataclass(frozen=True)
class GoalReworded(Fact):
    """`replaces` is the entry with the words before: never a copy, as words may be taken back."""

    TOPIC: ClassVar[str] = "plans.goal_reworded"
    goal: UUID
    words: str
    replaces: UUID


@dataclass(frozen=True)
class GoalAgreed(Fact):
    """`wording` is the entry whose words were agreed to."""

    TOPIC: ClassVar[str] = "plans.goal_agreed"
    goal: UUID
    wording: UUID


@dataclass(frozen=True)
class GoalDisagreed(Fact):
    TOPIC: ClassVar[str] = "plans.goal_disagreed"
    goal: UUID
    reason: str | None = None


@dataclass(frozen=True)
class GoalDeclined(Fact):
    TOPIC: ClassVar[str] = "plans.goal_declined"
    goal: UUID
    reason: str | None = None


@dataclass(frozen=True)
class GoalReordered(Fact):
    """The goals in the order that matters to her; those not named come after."""

    TOPIC: ClassVar[str] = "plans.goal_reordered"
    goals: tuple[UUID, ...]


@dataclass(frozen=True)
class GoalDiscussed(Fact):
    TOPIC: ClassVar[str] = "plans.goal_discussed"
    goal: UUID
    words: str


@dataclass(frozen=True)
class AttainmentLevelsSet(Fact):
    """Five sentences, from −2 to +2, that say beforehand how one will know."""

    TOPIC: ClassVar[str] = "plans.attainment_levels_set"
    goal: UUID
    levels: tuple[str, ...]
    weight: int = 1


@dataclass(frozen=True)
class ProgressRated(Fact):
    """How far it has come in the eyes of the author; `level` is −2 to +2, where levels were set."""

    TOPIC: ClassVar[str] = "plans.progress_rated"
    goal: UUID
    value: int
    words: str | None = None
    level: int | None = None


@dataclass(frozen=True)
class GoalAchieved(Fact):
    TOPIC: ClassVar[str] = "plans.goal_achieved"
    goal: UUID
    words: str | None = None


@dataclass(frozen=True)
class GoalPaused(Fact):
    TOPIC: ClassVar[str] = "plans.goal_paused"
    goal: UUID
    words: str | None = None
    stood_in_the_way: StoodInTheWay | None = None


@dataclass(frozen=True)
class GoalResumed(Fact):
    TOPIC: ClassVar[str] = "plans.goal_resumed"
    goal: UUID


@dataclass(frozen=True)
class GoalSetAside(Fact):
    TOPIC: ClassVar[str] = "plans.goal_set_aside"
    goal: UUID
    words: str | None = None
    stood_in_the_way: StoodInTheWay | None = None


# --- actions: what someone will do ----------------------------------------------------------------


@dataclass(frozen=True)
class ActionAdded(Fact):
    TOPIC: ClassVar[str] = "plans.action_added"
    action: UUID
    goal: UUID
    words: str
    responsible: UUID | None = None
    due: date | None = None


@dataclass(frozen=True)
class ActionAssigned(Fact):
    TOPIC: ClassVar[str] = "plans.action_assigned"
    action: UUID
    goal: UUID
    responsible: UUID
    due: date | None = None


@dataclass(frozen=True)
class ActionAccepted(Fact):
    TOPIC: ClassVar[str] = "plans.action_accepted"
    action: UUID
    goal: UUID


@dataclass(frozen=True)
class ActionDone(Fact):
    TOPIC: ClassVar[str] = "plans.action_done"
    action: UUID
    goal: UUID


@dataclass(frozen=True)
class ActionDropped(Fact):
    TOPIC: ClassVar[str] = "plans.action_dropped"
    action: UUID
    goal: UUID
    stood_in_the_way: StoodInTheWay | None = None


# --- everywhere: what people say of an entry ------------------------------------------------------


@dataclass(frozen=True)
class ContributionConfirmed(coproduction.ContributionConfirmed):
    TOPIC: ClassVar[str] = "plans.contribution_confirmed"


@dataclass(frozen=True)
class ContributionDisputed(coproduction.ContributionDisputed):
    TOPIC: ClassVar[str] = "plans.contribution_disputed"


@dataclass(frozen=True)
class DisputeAnswered(coproduction.DisputeAnswered):
    TOPIC: ClassVar[str] = "plans.dispute_answered"


@dataclass(frozen=True)
class DisputeSettled(coproduction.DisputeSettled):
    TOPIC: ClassVar[str] = "plans.dispute_settled"


@dataclass(frozen=True)
class CorrectionRecorded(coproduction.CorrectionRecorded):
    TOPIC: ClassVar[str] = "plans.correction_recorded"


@dataclass(frozen=True)
class WordsWithdrawn(coproduction.WordsWithdrawn):
    """Words go, decisions stand: the other fields say what had been decided, without its words."""

    TOPIC: ClassVar[str] = "plans.words_withdrawn"
    goal: UUID | None = None
    action: UUID | None = None
    wording: UUID | None = None
    theme: str | None = None
    names: tuple[str, ...] = ()
    number: int | None = None
    left_out: tuple[LeftOut, ...] = ()

    def left_of(self, fact: Fact) -> Fact:
        kind = Fact.registry.get(coproduction.topic_of(fact), Fact)
        if kind not in STANDING:
            return super().left_of(fact)
        stamp = (fact.originator_id, fact.originator_version, fact.timestamp, fact.act)
        return kind(*stamp, **{name: getattr(self, name) for name in STANDING[kind]})


@dataclass(frozen=True)
class EntryMisfiled(coproduction.EntryMisfiled):
    TOPIC: ClassVar[str] = "plans.entry_misfiled"


@dataclass(frozen=True)
class PersonErased(coproduction.PersonErased):
    """In a stream of its own, after all that this service has recorded of her."""

    TOPIC: ClassVar[str] = "plans.person_erased"


VOICES = coproduction.Voices(
    confirmed=ContributionConfirmed,
    disputed=ContributionDisputed,
    answered=DisputeAnswered,
    settled=DisputeSettled,
    corrected=CorrectionRecorded,
    withdrawn=WordsWithdrawn,
    misfiled=EntryMisfiled,
)

# what still stands of a decision when its words are gone
STANDING: Mapping[type[Fact], tuple[str, ...]] = {
    PlanOpened: ("number", "left_out"),
    PlanClosed: (),
    ThemeConsidered: ("theme",),
    ThemeDeclined: ("theme", "names"),
    ThemeReconsidered: ("theme",),
    GoalAgreed: ("goal", "wording"),
    GoalDisagreed: ("goal",),
    GoalDeclined: ("goal",),
    GoalAchieved: ("goal",),
    GoalPaused: ("goal",),
    GoalResumed: ("goal",),
    GoalSetAside: ("goal",),
    ActionDone: ("action", "goal"),
    ActionDropped: ("action", "goal"),
}
