"""Whose page it is, and how whoever looks stands to her."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

CARE = "care"
# the closest first: by which of several relations someone is told to stand to her
CLOSENESS = (CARE, "consent", "representative", "assistant", "emergency")


@dataclass(frozen=True)
class Subject:
    """A person; `hers` when she is the one who looks, else how the visitor stands to her."""

    id: str
    name: str
    hers: bool
    relations: tuple[str, ...] = ()

    @property
    def relation(self) -> str:
        """The closest."""
        return self.relations[0] if self.relations else ""

    @property
    def accompanied(self) -> bool:
        """The visitor is of her team: what others say may be noted in her name."""
        return CARE in self.relations


def around_each(told: Iterable[Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """By person, how someone stands to her, the closest first."""
    each: dict[str, list[dict[str, Any]]] = {}
    for one in told:
        each.setdefault(one["person"], []).append({**one, "relation": called(one)})
    for relations in each.values():
        relations.sort(key=lambda one: CLOSENESS.index(one["relation"]))
    return each


def called(told: Mapping[str, Any]) -> str:
    """A relation by its kind; a representation by whether one acts for her or assists her."""
    return str(told["role"] if told["relation"] == "representation" else told["relation"])
