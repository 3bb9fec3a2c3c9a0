"""Sends a life's moments as whoever acts, and remembers what later ones name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cosigne.crowd import find
from cosigne.demo.door import Door, Refusal
from cosigne.demo.scale.moments import (
    Entry,
    Made,
    Moment,
    Named,
    Questionnaire,
    Source,
)

SetClock = Callable[[datetime], None]
Retelling = Callable[[str], Iterable[Moment]]


@dataclass
class Tally:
    """What telling came to: requests, entries recorded, and what a rule refused, by its code."""

    asked: int = 0
    entries: int = 0
    looks: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    # what rested on a moment that recorded nothing, by the kind of what it rested on
    left_out: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        self.asked += other.asked
        self.entries += other.entries
        self.looks += other.looks
        self.refused.update(other.refused)
        self.left_out.update(other.left_out)


class Missing(LookupError):
    """A moment names one that was never recorded."""


@dataclass
class LifeTeller:
    """One life's, whoever acts in it. `again` tells its moments anew, to find what one recorded."""

    door: Door
    set_clock: SetClock
    again: Retelling
    tally: Tally
    kept: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)

    def tell(self, moment: Moment) -> None:
        """A rule's no is counted, and life goes on without; anything else is raised."""
        try:
            self.answer(moment)
        except Refusal as refusal:
            if refusal.status >= 500 or refusal.status in (401, 429):
                raise
            self.tally.refused[refusal.code] += 1
        except Missing as missing:
            self.tally.left_out[f"{moment.name}: {missing}"] += 1

    def answer(self, moment: Moment) -> Mapping[str, Any]:
        path = moment.path.format(*(self.named(moment, one) for one in moment.refs))
        self.set_clock(moment.at)
        who = find(moment.who)
        self.tally.asked += 1
        if moment.looks:
            self.tally.looks += 1
            looked: Mapping[str, Any] = self.door.get(who, path)
            return looked
        headers = {"Idempotency_Key": f"scale/{moment.life}/{moment.name}"}
        home = home_of(path)
        if moment.match:
            headers["If_Match"] = f'"{self.version(moment, home)}"'
        body = self.filled(moment, moment.body)
        answer: Mapping[str, Any] = self.door.send(who, moment.how, path, body, headers)
        self.tally.entries += entries_in(answer)
        if "version" in answer:
            self.versions[home] = answer["version"]
        if moment.kept:
            self.kept[moment.name] = slim(answer)
        return answer

    def filled(self, moment: Moment, value: Any) -> Any:
        match value:
            case Entry() | Made() | Source() | Questionnaire():
                return self.named(moment, value)
            case Mapping():
                return {key: self.filled(moment, part) for key, part in value.items()}
            case list() | tuple():
                return [self.filled(moment, part) for part in value]
            case _:
                return value

    def named(self, moment: Moment, one: Named) -> str:
        match one:
            case Questionnaire(key=key):
                return self.questionnaire(moment, key)
            case Source(kind=kind, entry=entry):
                return f"{kind}:{self.named(moment, entry)}"
            case Made(of=name):
                return str(self.recorded(moment, name)["id"])
            case Entry(of=name, item=item):
                found = self.recorded(moment, name)
                entries = found["entries"] if item is None else found["items"][item]
                if not entries:
                    raise Missing(name)
                return str(entries[0])

    def recorded(self, moment: Moment, name: str) -> Mapping[str, Any]:
        """What a moment of this life recorded. Not remembered, it is asked again: told once."""
        if name not in self.kept:
            before = next((m for m in self.again(moment.life) if m.name == name), None)
            if before is None or before.at >= moment.at:
                raise Missing(name)
            try:
                self.kept[name] = slim(self.answer(before))
            except Refusal as refusal:
                raise Missing(f"{name} {refusal.code}") from refusal
            self.set_clock(moment.at)
        return self.kept[name]

    def version(self, moment: Moment, home: str) -> int:
        """As last read of what is changed; a look, if nothing was read since this teller began."""
        if home not in self.versions:
            self.versions[home] = self.door.get(find(moment.who), home)["version"]
        return self.versions[home]

    def questionnaire(self, moment: Moment, key: str) -> str:
        known = f"questionnaire/{key}"
        if known not in self.kept:
            who = find(moment.who)
            for one in self.door.get(who, "/assessment/v1/catalogues")["catalogues"]:
                self.kept[f"questionnaire/{one['key']}"] = {"id": one["id"]}
        return str(self.kept[known]["id"])


def home_of(path: str) -> str:
    """The address of the plan, portrait or list of strengths that a request changes."""
    parts = path.split("/")
    last = {"plans": 7, "assessments": 7}.get(parts[5] if len(parts) > 5 else "", 6)
    return "/".join(parts[:last])


def slim(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """No more of an answer than is named later."""
    return {
        "id": answer.get("id"),
        "entries": list(answer.get("entries", ())),
        "items": [item["entries"] for item in answer.get("items", ())],
    }


def entries_in(answer: Mapping[str, Any]) -> int:
    items = answer.get("items")
    if items is not None:
        return sum(len(item.get("entries") or ()) for item in items)
    return len(answer.get("entries", ()))
