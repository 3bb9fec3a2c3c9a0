"""The time of one plan: from when until when, who accompanies her, where its entries are."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from cosigne.demo.scale.life import Life
from cosigne.demo.scale.moments import Entry, Made, Moment
from cosigne.demo.scale.pen import Pen
from cosigne.people import Person

A_WHILE = 21


class Period:
    """`ends` is when it is closed, if it is."""

    def __init__(self, life: Life, number: int, begins: int, ends: int, out: set[str]) -> None:
        self.life, self.number, self.begins, self.ends = life, number, begins, ends
        self.left_out = out  # carried on from one plan to the next
        self.pen = Pen(life, f"plan{number}")

    @cached_property
    def closes(self) -> bool:
        return self.life.lot(f"closes/{self.number}").random() < 0.6

    def worker(self, day: int) -> Person | None:
        """Who accompanies her on a day and for a while yet: what is begun with her is finished."""
        worker = self.life.worker(day)
        return worker if worker == self.life.worker(day + A_WHILE) else None

    def write(
        self,
        day: int,
        who: Person,
        name: str,
        place: str,
        body: dict[str, Any] | None = None,
        **more: Any,
    ) -> Moment:
        """Below the plan's own address; `refs` for what else the place names."""
        path = self.pen.path("plans", "/plans/{}") + place
        refs = (Made(f"{self.pen.topic}/{self.number}/open"), *more.pop("refs", ()))
        return self.pen.write(day, who, f"{self.number}/{name}", path, body, refs=refs, **more)

    def entry(self, name: str) -> Entry:
        return self.pen.entry(f"{self.number}/{name}")
