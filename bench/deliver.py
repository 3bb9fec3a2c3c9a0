"""What delivering costs: the relay beside a bare producer, two consumers beside one, and more.

`python -m bench.deliver` prints a table for each part, and all figures as one JSON object on the last
line. A part is a module with `AIMS`, what its figures should come to, and `measured()`, which gives
them; each stands on its own ground and is gone after it. `python -m bench.deliver PART …` runs some.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Protocol

from bench import deliver_click, deliver_kafka, deliver_webhooks
from bench.report import last_line, table

Figures = dict[str, float | int | str | None]


class Part(Protocol):
    """A module of the bench."""

    AIMS: Mapping[str, float]

    @staticmethod
    def measured() -> Figures: ...


# another part: its module, and its name here
PARTS: Mapping[str, Part] = {
    "kafka": deliver_kafka,
    "webhooks": deliver_webhooks,
    "click": deliver_click,
}


def main(chosen: list[str]) -> None:
    figures: Figures = {}
    for name in chosen or PARTS:
        figures |= PARTS[name].measured()
    aims = {k: aim for name in chosen or PARTS for k, aim in PARTS[name].AIMS.items()}
    rows = [(name, aim, figures[name]) for name, aim in aims.items()]
    table("promises", ("figure", "aim", "measured"), rows)
    last_line(figures)


if __name__ == "__main__":
    main(sys.argv[1:])
