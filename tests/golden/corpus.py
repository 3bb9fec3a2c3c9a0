"""The corpus: for every stored name and version, bytes as they were once written.

A line is either an event (`type`, `v`, `envelope`, `body`, `key`, `sealed`, `leaf`) or, once its
fact has a newer version, how that event reads there (`of`, `as`, `reads`).
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
Line = dict[str, Any]


def lines() -> Iterator[Line]:
    for file in sorted(FOLDER.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            yield json.loads(line)


def events() -> list[Line]:
    return [line for line in lines() if "sealed" in line]


def readings() -> dict[tuple[str, int], Line]:
    """By event id and version."""
    return {(line["of"], line["as"]): line["reads"] for line in lines() if "reads" in line}


def event_id(line: Line) -> str:
    return str(json.loads(line["envelope"])["id"])


def append(service: str, line: Line) -> None:
    with (FOLDER / f"{service}.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
