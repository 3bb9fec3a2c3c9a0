"""One goal as a plan goes along: in which words, how it stands, what is done for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from cosigne.demo.scale.moments import Source
from cosigne.people import Person

Grown = str | Source


@dataclass
class Step:
    """An action, and whom it falls to."""

    id: str
    falls_to: Person
    open: bool = True


@dataclass
class Goal:
    """`stands`: proposed, active, paused, or over; `noted`, that her yes was noted for her."""

    id: str
    name: str
    words: str
    grown_from: list[Grown]
    by_her: bool
    stands: str = "proposed"
    seen: int = 0
    value: int = 20
    noted: bool = False
    steps: list[Step] = field(default_factory=list)

    @property
    def open_step(self) -> Step | None:
        return next((step for step in self.steps if step.open), None)
