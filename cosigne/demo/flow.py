"""Steps of plans that keep coming: invented people agree to goals and act on them, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from random import Random
from typing import Any
from uuid import uuid4

from cosigne.demo.door import Door
from cosigne.demo.scale import words
from cosigne.people import Person


@dataclass
class Thread:
    """One person's plan. A step that is said no to is left, and a new goal begun."""

    door: Door
    person: Person
    goals: Iterator[str]
    lot: Random
    plan: str = ""
    goal: str = ""
    action: str = ""
    next: int = 0

    def go_on(self) -> None:
        """What happens next in this life: one event for a partner that she lets in."""
        number, self.next = self.next, 0
        STEPS[number](self)
        self.next = (number + 1) % len(STEPS)

    def ask(self, place: str, body: Mapping[str, Any] | None = None, **headers: str) -> Any:
        headers = {"Idempotency_Key": str(uuid4()), **headers}
        return self.door.post(self.person, f"{self.home()}{place}", body or {}, **headers)

    def home(self) -> str:
        """Her plan: the one that is open, else a new one."""
        plans = f"/plans/v1/persons/{self.person.id}/plans"
        if not self.plan:
            known = self.door.get(self.person, plans)["plans"]
            still = [one["id"] for one in known if not one["closed"]]
            self.plan = str(still[0] if still else self.door.post(self.person, plans, {})["id"])
        return f"{plans}/{self.plan}"


def agree(thread: Thread) -> None:
    """She proposes a goal and says yes to it, in these very words: partners are told the yes."""
    told = thread.ask("/goals", {"words": next(thread.goals)})
    thread.goal = told["goal"]
    thread.ask(f"/goals/{thread.goal}/agreements", If_Match=f'"{told["version"]}"')


def plan_a_step(thread: Thread) -> None:
    told = thread.ask(f"/goals/{thread.goal}/actions", {"words": words.said(thread.lot, "actions")})
    thread.action = told["action"]


def do_it(thread: Thread) -> None:
    thread.ask(f"/actions/{thread.action}/completions")


def achieve(thread: Thread) -> None:
    thread.ask(f"/goals/{thread.goal}/achievements")


STEPS: tuple[Callable[[Thread], None], ...] = (agree, plan_a_step, do_it, achieve)


@dataclass
class Flow:
    """The lives of several people, a step of each in turn; `left` says how many are still to come."""

    door: Door
    threads: Sequence[Thread]
    left: int
    told: int = field(default=0)

    @classmethod
    def of(cls, door: Door, persons: Sequence[Person], left: int) -> Flow:
        lot = Random()  # noqa: S311 - which invented sentence comes next
        goals = [words.goal(theme) for theme in words.themes()]
        lot.shuffle(goals)
        going = cycle(goals)
        return cls(door, [Thread(door, person, going, lot) for person in persons], left)

    def go_on(self) -> None:
        """One step more, of whose turn it is. What it raises counts as told: it is not tried again."""
        thread = self.threads[self.told % len(self.threads)]
        self.told, self.left = self.told + 1, self.left - 1
        thread.go_on()
