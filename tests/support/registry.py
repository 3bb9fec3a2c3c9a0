"""Every fact of every service, as the code has them."""

import importlib
from pathlib import Path

from shared.kernel import Fact

ROOT = Path(__file__).parents[2]


def every_fact() -> dict[str, type[Fact]]:
    """By stored name, in order; importing all the pages where facts are written."""
    for page in sorted(ROOT.glob("services/*/domain/events.py")):
        importlib.import_module(".".join(page.relative_to(ROOT).with_suffix("").parts))
    return {
        name: kind
        for name, kind in sorted(Fact.registry.items())
        if kind.__module__.startswith("services.")
    }
