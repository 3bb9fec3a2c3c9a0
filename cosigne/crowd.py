"""The fictional people of an installation of the real size: drawn by lot, from a seed, by number.

The field tells of 57 projects, 2,046 persons and 609 practitioners, in Québec and in France
(Intervention 2021, no 153). Here are as many, all invented, in two organisations that say so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from cosigne import people
from cosigne.people import Organisation, Person, Unknown, id_of

SEED, WHOLE = 2021, 1000
# per house: programmes (the field's "projects"), sites, persons, practitioners
REAL_SIZE: Mapping[str, tuple[int, int, int, int]] = {
    "vallees": (40, 24, 1436, 427),
    "garonne": (17, 10, 610, 182),
}
ROLES: Mapping[str, str] = {
    "p": "person",
    "i": "practitioner",
    "a": "administrator",
    "g": "manager",
    "c": "privacy_officer",
    "v": "auditor",
    "r": "relative",
    "t": "representative",
    "s": "researcher",
}
EVERY_PEER = 12  # one practitioner in so many works as a peer
KEY = re.compile(r"(?P<house>[a-z]+)(?:\.(?P<seed>\d+)\.(?P<size>\d+))?-(?P<kind>[a-z])(?P<n>\d+)")


@cache
def names() -> Mapping[str, Any]:
    """Both houses as their file tells them, and the names that people's are drawn from."""
    text = files("cosigne").joinpath("data", "scale-names.json").read_text("utf-8")
    told: Mapping[str, Any] = json.loads(text)
    return told


@dataclass(frozen=True)
class Crowd:
    """Everyone of one seed and size, in thousandths of the real one: another size, other people."""

    seed: int = SEED
    size: int = WHOLE

    @property
    def houses(self) -> tuple[House, ...]:
        return tuple(House(self, base) for base in REAL_SIZE)

    def key(self, base: str) -> str:
        usual = (self.seed, self.size) == (SEED, WHOLE)
        return base if usual else f"{base}.{self.seed}.{self.size}"


@dataclass(frozen=True)
class House:
    """One organisation: who is in it, by kind and number from 1 on."""

    crowd: Crowd
    base: str

    @property
    def key(self) -> str:
        return self.crowd.key(self.base)

    @property
    def told(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = names()[self.base]
        return found

    @property
    def organisation(self) -> Organisation:
        told = self.told
        return Organisation(
            self.key,
            id_of("organisation", self.key),
            told["organisation"],
            told["locale"],
            told["timezone"],
            told["country"],
        )

    def _count(self, which: int, least: int) -> int:
        return max(least, round(REAL_SIZE[self.base][which] * self.crowd.size / WHOLE))

    @property
    def programmes(self) -> int:
        return self._count(0, 2)

    @property
    def sites(self) -> int:
        return self._count(1, 2)

    @property
    def persons(self) -> int:
        return self._count(2, 5)

    @property
    def practitioners(self) -> int:
        return self._count(3, 3 * self.programmes)

    def count(self, kind: str) -> int:
        """How many there are of a kind: a relative and a parent may come with each person."""
        counted = {"i": self.practitioners, "g": 2} | dict.fromkeys("prt", self.persons)
        return counted.get(kind, 1)

    def one(self, kind: str, number: int) -> Person:
        return someone_of(self, kind, number)


@cache
def someone_of(house: House, kind: str, number: int) -> Person:
    """The same person whenever she is asked for. Raises Unknown beyond the last."""
    key = f"{house.key}-{kind}{number}"
    if kind not in ROLES or not 1 <= number <= house.count(kind):
        raise Unknown(key)
    role = ROLES[kind]
    if kind == "i" and number % EVERY_PEER == EVERY_PEER // 2:
        role = "peer_worker"
    lot = Random(f"{house.crowd.seed}/name/{key}")
    name = f"{lot.choice(house.told['first'])} {lot.choice(house.told['last'])}"
    return Person(key, id_of("party", key), name, role, house.organisation)


def find(key: str) -> Person:
    """Someone of the cast or of a crowd, by key. Raises Unknown."""
    found = KEY.fullmatch(key)
    if found is None or found["house"] not in REAL_SIZE:
        return people.find(key)
    crowd = Crowd(int(found["seed"] or SEED), int(found["size"] or WHOLE))
    return someone_of(House(crowd, found["house"]), found["kind"], int(found["n"]))
