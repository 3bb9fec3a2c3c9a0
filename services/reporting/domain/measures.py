"""Measures of what one person says, each with its source; None where it is undefined, never 0.

Nobody is shown a sphere's mean or T: they are what later aggregates are made of. There is no figure
over spheres.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

SPHERE_MEAN, RELIABLE_CHANGE, ATTAINMENT = "sphere.mean", "reliable_change", "goal.attainment"
VERSION = 1
HALF = 0.5
SIGNIFICANT = 1.96
# how much attainments of one person's goals go together (Turner-Stokes 2009)
RHO = 0.3


@dataclass(frozen=True, slots=True)
class Measured:
    """A value, or None with its reason; `n` of `of` could be measured."""

    value: float | None
    n: int
    of: int
    reason: str | None = None


def sphere_mean(answers: Sequence[int | str | None]) -> Measured:
    """The mean of a sphere's answers, where half of the themes or more are answered.

    A text is a theme left alone by choice (« does not concern me », « I'd rather not say »): it is
    in neither count. None is a theme without an answer.
    """
    asked = [answer for answer in answers if not isinstance(answer, str)]
    given = [answer for answer in asked if answer is not None]
    if not asked:
        return Measured(None, 0, 0, "nothing_asked")
    if len(given) / len(asked) < HALF:
        return Measured(None, len(given), len(asked), "too_few_answered")
    return Measured(sum(given) / len(given), len(given), len(asked))


@dataclass(frozen=True, slots=True)
class Reliability:
    """What an organisation entered for a score: r, the standard deviation at start, and a source."""

    r: float
    sd: float
    source: str


def reliable_change(before: float, after: float, known: Reliability | None) -> Measured:
    """RC of Jacobson and Truax (1991), the difference's error as corrected by Christensen and Mendoza.

    Only where the score's reliability is known: that of a single theme is not.
    """
    if known is None or not known.source.strip():
        return Measured(None, 2, 2, "no_reliability_entered")
    if not 0 <= known.r < 1 or known.sd <= 0:
        return Measured(None, 2, 2, "reliability_out_of_range")
    sem = known.sd * sqrt(1 - known.r)
    return Measured((after - before) / (sqrt(2) * sem), 2, 2)


def is_reliable(change: Measured) -> bool | None:
    """Whether a change is more than the score's own error would give in 95 of 100 cases."""
    return None if change.value is None else abs(change.value) >= SIGNIFICANT


@dataclass(frozen=True, slots=True)
class Attained:
    """One goal: the level it came to (−2 to +2, None when not rated yet), and its weight."""

    level: int | None
    weight: int = 1


def attainment(goals: Sequence[Attained]) -> Measured:
    """T of goal attainment scaling (Turner-Stokes 2009 with its erratum); never shown as a mark.

    T = 50 + 10·Σwx / √((1−ρ)Σw² + ρ(Σw)²)
    """
    rated = [(goal.level, goal.weight) for goal in goals if goal.level is not None]
    if not goals:
        return Measured(None, 0, 0, "no_goals")
    weights = [weight for _, weight in rated]
    spread = (1 - RHO) * sum(w * w for w in weights) + RHO * sum(weights) ** 2
    if spread <= 0:
        return Measured(None, len(rated), len(goals), "no_goal_rated")
    reached = sum(weight * level for level, weight in rated)
    return Measured(50 + 10 * reached / sqrt(spread), len(rated), len(goals))
