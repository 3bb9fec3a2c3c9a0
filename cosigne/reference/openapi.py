"""Writes the OpenAPI document of every service into a folder, for whatever reads such: `make contracts`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from cosigne.plans import plans
from cosigne.reference.actions import app_of
from shared.http.app import description_of


def main(arguments: Sequence[str]) -> None:
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for plan in plans().values():
        told = description_of(app_of(plan))
        told["servers"] = [{"url": f"https://cosigne.example/{plan.name}"}]
        text = json.dumps(told, ensure_ascii=False, indent=1, default=str)
        (folder / f"{plan.name}.openapi.json").write_text(text, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
