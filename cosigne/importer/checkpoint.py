"""How far an import has come: only to go on faster. Without it everything is asked again, harmlessly.

Line numbers and codes, nothing that stood in a cell.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from cosigne.importer.faults import Fault


class Checkpoint:
    """One line for each part that was asked in full: its table, its last line, what was refused."""

    def __init__(self, path: Path | None, opened: UUID) -> None:
        self._path = path
        self._done: dict[tuple[str, int], list[tuple[int, str, str]]] = {}
        if path is None:
            return
        lines = read(path)
        if lines and lines[0] == {"import": str(opened)}:
            for told in lines[1:]:
                refused = [(line, code, field) for line, code, field in told["refused"]]
                self._done[told["table"], told["part"]] = refused
            self._file = path.open("a", encoding="utf-8")
        else:
            self._file = path.open("w", encoding="utf-8")
            self._write({"import": str(opened)})

    def refused(self, table: str, part: int) -> Sequence[tuple[int, str, str]] | None:
        """What was refused of a part that was asked in full before; None for one that was not."""
        return self._done.get((table, part))

    def done(self, table: str, part: int, refused: Sequence[Fault]) -> None:
        if self._path is not None:
            told = [[f.line, f.code, f.field] for f in refused]
            self._write({"table": table, "part": part, "refused": told})

    def finish(self) -> None:
        if self._path is not None:
            self._file.close()
            self._path.unlink(missing_ok=True)

    def _write(self, told: object) -> None:
        self._file.write(json.dumps(told) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())


def read(path: Path) -> list[dict[str, Any]]:
    """Its whole lines: the last may have been cut short."""
    found: list[dict[str, Any]] = []
    if not path.exists():
        return found
    for line in path.read_text("utf-8").splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:
            break
    return found
