"""What may change in a contract, and the rule that a change breaks.

`python -m shared.contracts.changes BEFORE AFTER` compares two files, or two folders of them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

Schema = dict[str, Any]
EXTENSIBLE = "x-extensible"
# within a version these words stay as they are; each with the rule that says so
KEPT = {
    "$id": "id-changed",
    "type": "type-changed",
    "format": "format-changed",
    "default": "default-changed",
    "const": "value-changed",
    "pattern": "pattern-changed",
    "minItems": "bounds-changed",
    "maxItems": "bounds-changed",
    "minimum": "bounds-changed",
    "maximum": "bounds-changed",
    "minLength": "bounds-changed",
    "maxLength": "bounds-changed",
}


class Break(NamedTuple):
    """One rule that a change breaks, where, and what was done."""

    rule: str
    where: str
    told: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.told}"


def broken(was: Schema, now: Schema, where: str = "") -> Iterator[Break]:
    """What a change would break for whoever reads; adding what may be absent is free."""
    place = where or "the body"
    for word, rule in KEPT.items():
        if was.get(word) != now.get(word):
            told = f"{place}: {word} was {was.get(word)!r}, is {now.get(word)!r}"
            yield Break(rule, place, told)
    if was.get("type") != now.get("type"):
        return  # nothing within it is the same any more
    yield from broken_list(was, now, place)
    if "items" in was and "items" in now:
        yield from broken(was["items"], now["items"], f"{where}[]")
    for name in before_and_after(was, now):
        yield from broken_property(was, now, name, f"{where}.{name}" if where else name)


def broken_list(was: Schema, now: Schema, place: str) -> Iterator[Break]:
    """Of values that are listed none goes, and none comes where nobody was told that some may."""
    before, after = was.get("enum"), now.get("enum")
    if (before is None) != (after is None):
        yield Break("values-changed", place, f"{place}: enum was {before!r}, is {after!r}")
        return
    gone = [one for one in before or () if one not in (after or ())]
    come = [one for one in after or () if one not in (before or ())]
    if gone:
        yield Break("value-removed", place, f"{place}: {gone!r} can be no more")
    if come and not was.get(EXTENSIBLE):
        yield Break("value-added", place, f"{place}: {come!r} is new, and it was no open list")
    if was.get(EXTENSIBLE) and not now.get(EXTENSIBLE):
        yield Break("list-closed", place, f"{place} was a list that may grow")


def before_and_after(was: Schema, now: Schema) -> list[str]:
    return sorted({**was.get("properties", {}), **now.get("properties", {})})


def broken_property(was: Schema, now: Schema, name: str, where: str) -> Iterator[Break]:
    before, after = was.get("properties", {}).get(name), now.get("properties", {}).get(name)
    needed, needs = name in was.get("required", ()), name in now.get("required", ())
    if after is None:
        yield Break("field-removed", where, f"{where} was removed")
    elif before is None:
        if needs:
            told = f"{where} is new and required: give it a default"
            yield Break("new-required-field", where, told)
    else:
        yield from broken(before, after, where)
        if needed and not needs:
            yield Break("field-made-optional", where, f"{where} was required")
        if needs and not needed:
            yield Break("field-made-required", where, f"{where} was optional")


def compared(before: Path, after: Path) -> Iterator[tuple[str, Break]]:
    """Each file of before with what became of it; a contract that is new breaks nothing."""
    if before.is_file():
        yield from ((after.name, one) for one in broken(read(before), read(after)))
        return
    for file in sorted(before.rglob("*.json")):
        name = str(file.relative_to(before))
        if not (after / name).exists():
            yield name, Break("contract-removed", name, f"{name} was removed")
            continue
        yield from ((name, one) for one in broken(read(file), read(after / name)))


def read(file: Path) -> Schema:
    told: Schema = json.loads(file.read_text("utf-8"))
    return told


def main(arguments: Sequence[str]) -> int:
    before, after = map(Path, arguments)
    found = list(compared(before, after))
    for name, one in found:
        sys.stdout.write(f"{name}: {one}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
