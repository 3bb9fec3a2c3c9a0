"""How a benchmark speaks: a table for people, then its figures as one JSON object on the last line."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from statistics import median


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    cells = [[str(c) for c in columns], *[[shown(c) for c in row] for row in rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(columns))]
    print(f"\n{title}")
    for number, row in enumerate(cells):
        print(
            "  "
            + "  ".join(
                c.rjust(w) if i else c.ljust(w)
                for i, (c, w) in enumerate(zip(row, widths, strict=True))
            )
        )
        if number == 0:
            print("  " + "  ".join("-" * w for w in widths))


def shown(value: object) -> str:
    return f"{value:,.2f}" if isinstance(value, float) else str(value)


def middle(values: Sequence[float]) -> float:
    return float(median(values))


def last_line(figures: Mapping[str, float | int | str | None]) -> None:
    print(json.dumps({k: round(v, 3) if isinstance(v, float) else v for k, v in figures.items()}))
