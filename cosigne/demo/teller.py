"""Tells one event of the cast as its people would: who signs in, when, and who confirms after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cosigne.demo.door import Door
from cosigne.demo.memory import Life
from cosigne.people import Person, find

Event = Mapping[str, Any]
SetClock = Callable[[datetime], None]
A_WHILE = timedelta(seconds=20)


@dataclass
class Teller:
    """Sends each event to the service that records it, with the rules on."""

    door: Door
    set_clock: SetClock
    lives: dict[str, Life] = field(default_factory=dict)
    place: str = ""
    told: int = 0
    # the entries recorded at each place: the event's own first, then what was said of it
    recorded: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    questionnaires: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def life(self, person: Person) -> Life:
        return self.lives.setdefault(person.key, Life())

    def turn_to(self, place: str) -> None:
        """What is asked from now on is told at this place of the telling."""
        self.place, self.told = place, 0

    def ask(
        self,
        at: datetime,
        who: Person,
        path: str,
        body: Mapping[str, Any],
        how: str = "POST",
        **headers: str,
    ) -> Any:
        """One request at its time. Its key follows from its place in the telling: told once."""
        self.set_clock(at)
        self.told += 1
        key = f"demo/{self.place}/{self.told}"
        answer = self.door.send(who, how, path, body, {"Idempotency_Key": key, **headers})
        self.recorded[self.place] += answer.get("entries", ())
        return answer

    def act(self, event: Event, person: Person, **more: Any) -> dict[str, Any]:
        """The event's `act`: its author, setting, day in life, and who took part."""
        actor = find(event["actor"])
        said = {
            "author": str(find(event["author"]).id),
            "setting": event["setting"],
            "contributors": [
                {
                    "party": str(find(c["party"]).id),
                    "part": c["part"],
                    "role": c["role"],
                    **({"knowledge": knowledge(c)} if knowledge(c) else {}),
                }
                for c in named(event, actor)
            ],
            **more,
        }
        if "recorded_at" in event:
            said["occurred_at"] = event["at"]
        return said

    def confirm(self, event: Event, life: Life, answer: Mapping[str, Any], home: str) -> None:
        """Those who say so in the cast confirm, each from their own sign-in."""
        at = recorded(event)
        for number, contributor in enumerate(waiting(event)):
            who = find(contributor["party"])
            for entry in answer.get("entries", ()):
                path = f"{home}/entries/{entry}/confirmations"
                confirmed = self.ask(at + A_WHILE * (number + 1), who, path, {})
                life.remember((), confirmed, home)

    def catalogue(self, person: Person, key: str) -> str:
        """The id of the questionnaire that her organisation calls so."""
        return str(self._catalogues(person)[key]["id"])

    def themes(self, person: Person, key: str) -> list[str]:
        """The names of its themes, in its order."""
        found = self.door.get(person, f"/assessment/v1/catalogues/{self.catalogue(person, key)}")
        return [theme["theme"] for theme in found["themes"]]

    def _catalogues(self, person: Person) -> Mapping[str, Any]:
        house = person.organisation.key if person.organisation else ""
        if house not in self.questionnaires:
            found = self.door.get(person, "/assessment/v1/catalogues")["catalogues"]
            self.questionnaires[house] = {one["key"]: one for one in found}
        return self.questionnaires[house]


def recorded(event: Event) -> datetime:
    return datetime.fromisoformat(event.get("recorded_at", event["at"]))


def knowledge(contributor: Mapping[str, Any]) -> list[str]:
    told = contributor.get("knowledge") or []
    return [told] if isinstance(told, str) else list(told)


def named(event: Event, actor: Person) -> Sequence[Mapping[str, Any]]:
    """The contributors, with the actor among them: a page is never written by nobody."""
    told = list(event.get("contributors", ()))
    if not any(c["party"] == actor.key for c in told):
        told.append({"party": actor.key, "part": "wrote", "role": actor.role})
    return told


def waiting(event: Event) -> list[Mapping[str, Any]]:
    """Contributors who were not signed in and confirm it later: `own` or `confirmed` in the cast."""
    seen: dict[str, Mapping[str, Any]] = {}
    for contributor in event.get("contributors", ()):
        if contributor["party"] != event["actor"] and contributor.get("attestation") in (
            "own",
            "confirmed",
        ):
            seen.setdefault(contributor["party"], contributor)
    return list(seen.values())
