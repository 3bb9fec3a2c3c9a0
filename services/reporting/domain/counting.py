"""What is counted of interventions: persons of whom a step is noted, and with a part of their own.

A figure is about some of another's persons, never of two that cross: what is left of the larger one
is a figure too, and is kept as small from being worked out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.reporting.domain.degree import ACCEPTED, COVERED, NOT_APPLICABLE, NOT_RECORDED
from services.reporting.domain.intervention import Intervention
from services.reporting.domain.places import Unit
from services.reporting.domain.steps import ACT, FOLLOW_UP, SET_GOALS, STEPS

METHOD, VERSION = "coproduction.steps_counted", 1
READING = "own_and_confirmed"
PERSONS, WITH_PLAN = "persons", "with_plan"
NOTED = {step: f"{step}.noted" for step in STEPS}
THEIRS = {step: f"{step}.theirs" for step in STEPS}
# there is no goal without a plan, no action without a goal
OF = {SET_GOALS: WITH_PLAN, ACT: NOTED[SET_GOALS], FOLLOW_UP: WITH_PLAN}
WHOLE: Mapping[str, str | None] = {
    PERSONS: None,
    WITH_PLAN: PERSONS,
    **{NOTED[step]: OF.get(step, PERSONS) for step in STEPS},
    **{THEIRS[step]: NOTED[step] for step in STEPS},
}
# each after the one that it is a part of
FIGURES = tuple(WHOLE)
Counted = Mapping[str, Mapping[Unit, int]]


@dataclass(frozen=True, slots=True)
class Counting:
    """One person: the place where he or she is served, and which figures hold."""

    place: Unit
    figures: frozenset[str]


def figures_of(found: Intervention) -> frozenset[str]:
    """Which figures one person counts in; each only within the larger one."""
    told = {PERSONS, *([WITH_PLAN] if found.about_a_plan else [])}
    for step in found.hers(READING).steps:
        if step.state not in (NOT_RECORDED, NOT_APPLICABLE):
            told.add(NOTED[step.step])
        if step.state in (COVERED, ACCEPTED):
            told.add(THEIRS[step.step])
    return frozenset(name for name in told if within_all(name, told))


def within_all(name: str, told: set[str]) -> bool:
    whole = WHOLE[name]
    return name in told and (whole is None or within_all(whole, told))


def count(persons: Iterable[Counting]) -> Counted:
    """Every figure by place."""
    found: dict[str, dict[Unit, int]] = {name: {} for name in FIGURES}
    for person in persons:
        for name in person.figures:
            places = found[name]
            places[person.place] = places.get(person.place, 0) + 1
    return found
