"""What stays when words are taken back, and which entries only she may call misfiled."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from services.plans.domain.events import (
    STANDING,
    PlanClosed,
    PlanOpened,
    WordsWithdrawn,
)
from services.plans.domain.voice import FIRM, NO, is_own
from shared.coproduction import MisfileEntry, left_of
from shared.kernel import Denied, Fact, Refused

if TYPE_CHECKING:
    from services.plans.domain.plan import Plan

FRAME = (PlanOpened, PlanClosed)


def left(fact: Fact, taken: Any) -> Fact:
    return left_of(fact, taken) if fact.id == taken.entry else fact


def standing(plan: Plan, withdrawn: WordsWithdrawn) -> WordsWithdrawn:
    """The withdrawal, with what had been decided in the entry: words go, decisions stand."""
    fact = next((f for f in plan.told if f.id == withdrawn.entry), None)
    kept = STANDING.get(type(fact), ()) if fact is not None else ()
    return replace(withdrawn, **{name: getattr(fact, name) for name in kept})


def require_hers(plan: Plan, command: Any) -> None:
    """Raises Refused or Denied when what she said, above all her no, would be called misfiled."""
    if not isinstance(command, MisfileEntry):
        return
    said = next((s for s in plan.said if s.entry.id == command.entry), None)
    if said is None:
        return
    if isinstance(said.fact, FRAME):
        raise Refused("plan.frame_stands", field="entry")
    no, firm = isinstance(said.fact, NO), said.stance(plan.person) in FIRM
    if no and firm:
        raise Refused("no.stands", field="entry")
    if is_own(command.act) or said.entry.act.author != plan.person:
        return
    officer = command.act.role_of(command.act.author) == "privacy_officer"
    if (no or firm) and not officer:
        raise Denied("entry.hers_to_misfile", field="entry")
