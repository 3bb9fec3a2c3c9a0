"""The record of a decision: what it came from and what came of it, link by link."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

Link = tuple[UUID, UUID]  # effect, cause


@dataclass(frozen=True, slots=True)
class Step:
    """An entry so many links away, with the links by which it is reached."""

    entry: UUID
    steps: int
    links: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """`came_from` backwards and `led_to` forwards, nearest first; each entry once."""

    entry: UUID
    came_from: tuple[Step, ...]
    led_to: tuple[Step, ...]

    @property
    def entries(self) -> Collection[UUID]:
        return {self.entry, *(s.entry for s in (*self.came_from, *self.led_to))}


def chain_of(entry: UUID, links: Iterable[Link]) -> Chain:
    """Follow the links from an entry; what no link leads to is no part of it."""
    causes: dict[UUID, list[UUID]] = {}
    effects: dict[UUID, list[UUID]] = {}
    for effect, cause in links:
        causes.setdefault(effect, []).append(cause)
        effects.setdefault(cause, []).append(effect)
    return Chain(entry, tuple(walk(entry, causes)), tuple(walk(entry, effects)))


def walk(start: UUID, ways: Mapping[UUID, list[UUID]]) -> Iterable[Step]:
    """Breadth first, so that the nearest come first and a circle ends."""
    reached: dict[UUID, list[UUID]] = {}
    edge, seen, steps = [start], {start}, 0
    while edge:
        steps += 1
        reached = {}
        for here in edge:
            for there in ways.get(here, ()):
                if there not in seen:
                    reached.setdefault(there, []).append(here)
        seen |= set(reached)
        edge = list(reached)
        yield from (Step(there, steps, tuple(via)) for there, via in reached.items())
