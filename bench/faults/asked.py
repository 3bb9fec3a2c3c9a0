"""What people read afterwards: the last answer that each was told is kept, and its value.

The views' own words for the acknowledged commands, over the public addresses: nobody's tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bench.faults.checker import Acknowledged
from bench.faults.load import PatientDoor
from cosigne.people import Person

ANSWERS, SERVICE = "ratings", "/assessment/v1/persons/"
DEEP = 7  # parts of a portrait's address


@dataclass
class Portrait:
    """One portrait's answers by theme: entry and value; `unsure` are those changed otherwise."""

    answers: dict[str, tuple[str, Any]] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)

    def told(self, below: str, line: Mapping[str, Any]) -> None:
        """What one command at an address below the portrait makes of it."""
        body = line["body"] or {}
        if below == ANSWERS:
            self.answers[body["theme"]] = (line["entries"][0], body.get("value"))
        elif below == f"{ANSWERS}/batches":
            for item, entries in zip(body["items"], line["items"], strict=True):
                if entries:
                    self.answers[item["theme"]] = (entries[0], item.get("value"))
        elif below.startswith((ANSWERS, "skips")) and "theme" in body:
            self.unsure.add(body["theme"])

    def take_back(self, entries: frozenset[str]) -> None:
        self.unsure |= {theme for theme, (one, _) in self.answers.items() if one in entries}


def portraits(acknowledged: Acknowledged) -> Mapping[str, Portrait]:
    """By address, what each should hold after the commands that were answered yes."""
    found: dict[str, Portrait] = defaultdict(Portrait)
    for line in acknowledged.lines:
        parts = line["path"].split("/")
        if line["path"].startswith(SERVICE) and len(parts) > DEEP and parts[5] == "assessments":
            found["/".join(parts[:DEEP])].told("/".join(parts[DEEP:]), line)
    taken_back = frozenset(
        line["path"].split("/")[-2]
        for line in acknowledged.lines
        if "/entries/" in line["path"] and line["path"].endswith("/withdrawals")
    )
    for portrait in found.values():
        portrait.take_back(taken_back)
    return found


def different(door: PatientDoor, people: Mapping[str, Person], told: Acknowledged) -> Iterator[str]:
    """The address of each answer that reads otherwise than it was acknowledged."""
    for address, portrait in portraits(told).items():
        person = people[address.split("/")[4]]
        there = {
            one["theme"]: (one["answer"]["entry"], one["answer"]["value"])
            for one in door.get(person, address)["themes"]
            if one["answer"]
        }
        for theme, answer in portrait.answers.items():
            if theme not in portrait.unsure and there.get(theme) != answer:
                yield f"{address}: {theme}"
