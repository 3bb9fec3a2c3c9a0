"""How far telling has come: the weeks of each house that are told whole, and the one under way."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cosigne.embedded.private import write_private

WHOLE = "whole"


@dataclass(frozen=True)
class Begun:
    """Two small files for each house. Without them, all is asked again, and known again."""

    folder: Path
    house: str

    @property
    def file(self) -> Path:
        return self.folder / f"scale-{self.house}"

    @property
    def memory_file(self) -> Path:
        return self.folder / f"scale-{self.house}.json"

    def read(self) -> tuple[int, bool]:
        """The week that telling goes on with, and whether some of it may be told already."""
        if not self.file.exists():
            return 0, False
        number, _, state = self.file.read_text("ascii").strip().partition(" ")
        return (int(number) + 1, False) if state == WHOLE else (int(number), True)

    def memory(self) -> Mapping[str, Any]:
        """What the weeks told whole have recorded, as far as later ones name it."""
        if not self.memory_file.exists():
            return {}
        told: Mapping[str, Any] = json.loads(self.memory_file.read_text("ascii"))
        return told

    def begin(self, week: int) -> None:
        write_private(self.file, f"{week} begun")

    def finish(self, week: int, memory: Mapping[str, Any]) -> None:
        """The memory first: a week that is told but not written down is only told again."""
        write_private(self.memory_file, json.dumps(memory))
        write_private(self.file, f"{week} {WHOLE}")
