"""Two lives to open the portal with: ten years and 150 ties, or one portrait and three."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from bench.house import House
from cosigne.people import Person
from services.portal.notices import FIRST, VERSION

ANSWERS = 30  # of each portrait, in both lives
A_QUARTER = timedelta(days=91)
CIRCLES, LINES = 3, ("strong", "thin", "tense")


@dataclass(frozen=True)
class Length:
    """How long a life is told; both have a plan with the same few goals."""

    portraits: int
    ties: int
    strengths: int
    goals: int = 3


TEN_YEARS = Length(portraits=40, ties=150, strengths=30)
SHORT = Length(portraits=1, ties=3, strengths=3)


@dataclass(frozen=True)
class Living:
    """Someone who lives with the tool, each act on its day in life."""

    here: House
    who: Person

    def send(self, path: str, body: dict[str, Any], at: datetime | None = None) -> Any:
        act = {"act": {"occurred_at": at.isoformat()}} if at else {}
        return self.here.post(self.who, self.who, path, {**body, **act})

    def live(self, length: Length) -> None:
        for text in FIRST:  # what is read before the first word
            self.send("directory/notices", {"text": text, "version": VERSION, "language": "fr-CA"})
        begun = datetime.now(UTC) - A_QUARTER * length.portraits
        for number in range(length.portraits):
            last = number == length.portraits - 1
            self.portrait(number, begun + A_QUARTER * number, closed=not last)
        for number in range(length.ties):
            self.tie(number, begun + A_QUARTER * length.portraits * number / length.ties)
        for number in range(length.strengths):
            kind = ("personal", "environmental")[number % 2]
            body = {"kind": kind, "words": f"Je sais demander de l’aide ({number})"}
            self.send("assessment/resources/strengths", body)
        self.plan(length.goals)
        self.send("network/network/sharings", {"my_team": True})

    def portrait(self, number: int, at: datetime, *, closed: bool) -> None:
        catalogue, themes = self.here.catalogue()
        opened = self.send("assessment/assessments", {"catalogue": catalogue}, at)
        home = f"assessment/assessments/{opened['id']}"
        items = [
            {"theme": theme, "value": (17 * n + 29 * number) % 101}
            for n, theme in enumerate(themes[:ANSWERS])
        ]
        self.send(f"{home}/ratings/batches", {"mode": "atomic", "items": items}, at)
        for rank, theme in enumerate(themes[number % 20 :][:3], 1):
            self.send(f"{home}/stars", {"theme": theme, "rank": rank}, at)
        self.send(f"{home}/sharings", {"parts": ["quality_of_life"], "my_team": True})
        if closed:
            self.send(f"{home}/closure", {}, at)

    def tie(self, number: int, at: datetime) -> None:
        tie = str(uuid4())
        body = {"tie": tie, "name": f"Proche {number}", "circle": 1 + number % CIRCLES}
        self.send("network/network/ties", body, at)
        self.send(f"network/network/ties/{tie}/ratings", {"line": LINES[number % len(LINES)]}, at)

    def plan(self, goals: int) -> None:
        plan = self.send("plans/plans", {})["id"]
        for number in range(goals):
            goal = str(uuid4())
            body = {"goal": goal, "words": f"Voir des gens ({number})"}
            read = self.send(f"plans/plans/{plan}/goals", body)["version"]
            home = f"/plans/v1/persons/{self.who.id}/plans/{plan}/goals/{goal}"
            match = {"If_Match": f'"{read}"'}
            self.here.door.send(self.who, "POST", f"{home}/agreements", {}, match)
            action = {"words": f"Appeler ({number})", "responsible": str(self.who.id)}
            self.send(f"plans/plans/{plan}/goals/{goal}/actions", action)
