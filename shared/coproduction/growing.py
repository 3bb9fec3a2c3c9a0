"""Mappings that a state keeps of its facts: copied for each fact, but not for each of a long fold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Growing(dict[K, V]):
    """Grows in place: while a stream is folded, nobody sees the states in between."""


def grown(known: Mapping[K, V], key: K, value: V) -> dict[K, V]:
    """With one more, last. A state that somebody may hold is left as it was."""
    if not isinstance(known, Growing):
        return {**known, key: value}
    known[key] = value
    return known
