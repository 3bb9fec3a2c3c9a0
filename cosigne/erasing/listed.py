"""The list of who was erased: kept apart from the data and the keys, to be applied again to both.

A copy of the data taken before an erasure, or of the keys, would bring her words back; the list
says whose must not. It holds ids only.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from shared.kernel import Refused


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose record goes, on which decision, granted by whom."""

    tenant: UUID
    person: UUID
    erasure: UUID
    officer: UUID


class ErasureList:
    """One line for each person, on disk before anything of hers is destroyed."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def add(self, wanted: Wanted) -> None:
        """Harmless to repeat: a person is erased once, however often the list says so."""
        if wanted in set(self.all()):
            return
        line = json.dumps({name: str(getattr(wanted, name)) for name in Wanted.__slots__})
        made = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(made, "a", encoding="ascii") as out:
            out.write(f"{line}\n")
            out.flush()
            os.fsync(out.fileno())

    def found(self) -> Iterator[Wanted]:
        """As `all`. Raises Refused where there is no list: that nobody was erased is a list too."""
        if not self.file.exists():
            raise Refused("erase.no_list", file=str(self.file))
        return self.all()

    def all(self) -> Iterator[Wanted]:
        """Raises Refused for a line that cannot be read: none may be passed over in silence."""
        if not self.file.exists():
            return
        for number, line in enumerate(self.file.read_text("ascii").splitlines(), 1):
            try:
                told = json.loads(line)
                yield Wanted(**{name: UUID(told[name]) for name in Wanted.__slots__})
            except (ValueError, KeyError, TypeError) as error:
                raise Refused("erase.line", file=str(self.file), line=number) from error
