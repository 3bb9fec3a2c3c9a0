"""Commands on the plan as a whole: open, review, close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from services.plans.domain.events import LeftOut, PlanClosed, PlanOpened, ReviewHeld, StoodInTheWay
from services.plans.domain.naming import worded_if_any
from services.plans.domain.obstacles import checked
from shared.kernel import Command, Fact, Invalid, Refused

if TYPE_CHECKING:
    from services.plans.domain.plan import Plan


@dataclass(frozen=True, kw_only=True)
class OpenPlan(Command):
    """`left_out` comes from the plan before, which is closed: what she left out stays out."""

    opens: ClassVar[bool] = True

    number: int = 1
    starts: date | None = None
    ends: date | None = None
    words: str | None = None
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HoldReview(Command):
    words: str | None = None
    next_review: date | None = None
    stood_in_the_way: StoodInTheWay | None = None


@dataclass(frozen=True, kw_only=True)
class ClosePlan(Command):
    words: str | None = None
    stood_in_the_way: StoodInTheWay | None = None


def opening_after(before: Plan | None) -> tuple[int, tuple[LeftOut, ...]]:
    """Which number the next plan has, and what she left out before; one plan is open at a time.

    A closed plan changes no more: what is carried over cannot be outrun.
    """
    if before is None:
        return 1, ()
    if not before.closed:
        raise Refused("plan.already_open")
    number = before.opened.number if before.opened else 1
    return number + 1, tuple(d.left_out() for d in before.themes.left_out)


def open_plan(plan: Plan, command: OpenPlan) -> Sequence[Fact]:
    if plan.version:
        raise Refused("plan.already_open")
    if command.starts and command.ends and command.ends < command.starts:
        raise Invalid("plan.ends_before_it_starts", field="ends")
    words = worded_if_any(command.words)
    return [
        PlanOpened(
            *plan.stamp(command),
            number=command.number,
            starts=command.starts,
            ends=command.ends,
            words=words,
            left_out=command.left_out,
        )
    ]


def review(plan: Plan, command: HoldReview) -> Sequence[Fact]:
    words, obstacle = worded_if_any(command.words), checked(command.stood_in_the_way)
    plan.themes.require_unnamed(command.act, words or "")
    return [ReviewHeld(*plan.stamp(command), words, command.next_review, obstacle)]


def close(plan: Plan, command: ClosePlan) -> Sequence[Fact]:
    words, obstacle = worded_if_any(command.words), checked(command.stood_in_the_way)
    return [PlanClosed(*plan.stamp(command), words, obstacle)]
