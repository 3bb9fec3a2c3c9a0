"""The degree of coproduction: for each step, how far the person's own part went.

After Realpe and Wallace (2010) for complete and partial; the levels are ours. It is computed from
what was recorded, never typed in, and says of what was not recorded only that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.reporting.domain.followed import REFUSALS, followed
from services.reporting.domain.marks import Mark, Marks
from services.reporting.domain.steps import STEPS

METHOD, VERSION = "coproduction.degree", 1

INITIATED, SHAPED, ACCEPTED = "initiated", "shaped", "accepted"
REFUSED_AND_FOLLOWED = "refused_and_followed"
LEVELS = (INITIATED, SHAPED, ACCEPTED, REFUSED_AND_FOLLOWED)
COVERING = frozenset({INITIATED, SHAPED, REFUSED_AND_FOLLOWED})

COVERED, NOT_COVERED = "covered", "not_covered"
NOT_RECORDED, NOT_APPLICABLE = "not_recorded", "not_applicable"
COMPLETE, THROUGHOUT, PARTIAL, NONE = "complete", "accepted_throughout", "partial", "none"
NOTHING_RECORDED = "nothing_recorded"

# the two readings: everything but what was disputed, and only what each stands behind
READINGS: Mapping[str, frozenset[str]] = {
    "all_but_disputed": frozenset({"own", "confirmed", "claimed"}),
    "own_and_confirmed": frozenset({"own", "confirmed"}),
}
LEVEL_OF = {"proposed": INITIATED, "wrote": INITIATED, "discussed": SHAPED, "agreed": ACCEPTED}
NO = frozenset({"declined", "disagreed"})
YES = frozenset({"proposed", "wrote", "agreed"})
YES_TO_ANOTHER = frozenset({"plans.goal_agreed", "plans.action_accepted"})
OF_THE_WORDING = frozenset({"plans.goal_reworded", "plans.goal_wording_asked"})


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its state, how far the part went, and the noes in spite of which it went on."""

    step: str
    state: str
    levels: tuple[str, ...] = ()
    went_on: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Degree:
    """`name` is complete, accepted_throughout, partial or none; None with its `reason`."""

    name: str | None
    steps: tuple[Step, ...]
    reason: str | None = None

    def of(self, state: str) -> tuple[str, ...]:
        return tuple(s.step for s in self.steps if s.state == state)

    def levels(self) -> Mapping[str, tuple[str, ...]]:
        return {s.step: s.levels for s in self.steps}


@dataclass(frozen=True)
class Whose:
    """Whose part is looked at, and which attestations count."""

    is_one: Callable[[UUID, str], bool]
    counted: frozenset[str]

    def parts(self, mark: Mark) -> frozenset[str]:
        """The parts taken in an entry; `witnessed` is none. A yes or a no is what its kind says."""
        parts = frozenset(
            p.part
            for p in mark.parts
            if p.attestation in self.counted and self.is_one(p.party, p.role)
        ) - {"witnessed"}
        wrote = any(p.party == mark.author and self.is_one(p.party, p.role) for p in mark.parts)
        if wrote and parts - {"discussed"}:
            if mark.type in REFUSALS:
                return frozenset({"declined"})
            if mark.type in YES_TO_ANOTHER:
                return frozenset({"agreed"})
        return parts

    def agrees(self, mark: Mark) -> bool:
        parts = self.parts(mark)
        return bool(parts & YES) and not parts & NO


def degree(steps: Sequence[tuple[str, Mark]], applicable: Iterable[str], whose: Whose) -> Degree:
    """From the entries of each step, in order, and the steps that are applicable."""
    levels: dict[str, set[str]] = {step: set() for step in STEPS}
    went_on: dict[str, list[UUID]] = {step: [] for step in STEPS}
    marks = [mark for _, mark in steps]
    for number, (step, mark) in enumerate(steps):
        for part in whose.parts(mark):
            level = level_of(part, marks, number, whose)
            if level is None:
                went_on[step].append(mark.entry)
            else:
                levels[step].add(level)
    recorded, asked = {step for step, _ in steps}, set(applicable)
    found = tuple(
        Step(
            step,
            NOT_APPLICABLE if step not in asked
            else NOT_RECORDED if step not in recorded
            else state_of(levels[step], went_on=bool(went_on[step])),
            tuple(level for level in LEVELS if level in levels[step]),
            tuple(went_on[step]),
        )
        for step in STEPS
    )  # fmt: skip
    if not recorded:
        return Degree(None, found, NOTHING_RECORDED)
    return Degree(named([s.state for s in found if s.state != NOT_APPLICABLE]), found)


def level_of(part: str, marks: Sequence[Mark], number: int, whose: Whose) -> str | None:
    """How far a part went; None for a no in spite of which it went on."""
    mark = marks[number]
    if part in NO:
        after = (m for m in marks[number + 1 :] if m.stream == mark.stream)
        return REFUSED_AND_FOLLOWED if followed(mark, after, whose.agrees) else None
    if mark.type in OF_THE_WORDING and part in ("proposed", "wrote"):
        # other words for a goal shape it, as long as it is not agreed to
        goal = mark.about.get("goal")
        agreed = any(
            m.type == "plans.goal_agreed" and m.about.get("goal") == goal and whose.agrees(m)
            for m in marks[:number]
        )
        return INITIATED if agreed else SHAPED
    return LEVEL_OF[part]


def state_of(levels: set[str], *, went_on: bool) -> str:
    """Of a recorded step. What went on in spite of a no is not made up for by anything else."""
    if went_on or not levels:
        return NOT_COVERED
    return COVERED if levels & COVERING else ACCEPTED


def named(states: Sequence[str]) -> str:
    """The degree from the states of the applicable steps."""
    if all(state == COVERED for state in states):
        return COMPLETE
    if all(state == ACCEPTED for state in states):
        return THROUGHOUT
    return PARTIAL if {COVERED, ACCEPTED} & set(states) else NONE


def hers(person: UUID, reading: str) -> Whose:
    return Whose(lambda party, _role: party == person, READINGS[reading])


def of_role(marks: Marks, role: str, reading: str) -> Whose:
    """Relatives, or those who act for her: given apart, never in place of her own part."""
    person = marks.person
    return Whose(lambda party, held: party != person and held == role, READINGS[reading])
