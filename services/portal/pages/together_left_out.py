"""What she leaves out today of what she shows, so that showing it again shows no more than before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Told = Mapping[str, Any]
MY_TEAM = "my_team"  # as a reader, beside the parties by their id


def left_out(sharings: Sequence[Told], reader: str, things: Iterable[str]) -> Sequence[str]:
    """Of those themes or ties, what the latest word to this reader leaves out."""
    word = next((one for one in reversed(sharings) if reaches(one, reader)), None)
    return [thing for thing in things if word is not None and not covers(word, thing)]


def reaches(sharing: Told, reader: str) -> bool:
    return bool(sharing["my_team"]) if reader == MY_TEAM else reader in sharing["audience"]


def covers(sharing: Told, thing: str) -> bool:
    if only := sharing.get("only_themes"):
        return thing in only
    return thing not in (*sharing.get("except_themes", ()), *sharing.get("except_ties", ()))


def from_whom(
    sharings: Sequence[Told], readers: Mapping[str, str], things: Iterable[str]
) -> Mapping[str, Sequence[str]]:
    """Of those themes or ties, each that is left out for someone: the names of all for whom."""
    every, found = list(things), dict[str, list[str]]()
    for reader, name in readers.items():
        for thing in left_out(sharings, reader, every):
            found.setdefault(thing, []).append(name)
    return found
