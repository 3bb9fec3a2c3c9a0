"""What is wrong with a line, and the file in which all of it is told, by line and column."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as made
from pathlib import Path

from cosigne.embedded.private import private

FORMULA, LEFT_OUT = ("=", "+", "-", "@"), ("\t", "\r")
SET_ASIDE, NOTICE = "set aside", "notice"
HEADER = ("file", "line", "column", "field", "value", "level", "code", "message")
Say = Callable[[str, Mapping[str, object]], str]


@dataclass(frozen=True, slots=True)
class Fault:
    """`line` counts as the file's own program does; `column` is its heading, `field` ours.

    A notice leaves the line in: it asks someone to look.
    """

    file: str
    line: int
    code: str
    column: str = ""
    field: str = ""
    value: str = ""
    values: Mapping[str, object] = made(default_factory=dict)
    level: str = SET_ASIDE

    @property
    def place(self) -> tuple[str, int, str]:
        return self.file, self.line, self.column


class FaultFile:
    """CSV, in UTF-8 that spreadsheets recognise. It belongs to the institution, like its files.

    It holds what stood in their cells: nobody else of this machine opens it.
    """

    def __init__(self, path: Path | None, say: Say) -> None:
        self.count, self.notices = 0, 0
        self._say = say
        self._opened = path and private(path).open("w", encoding="utf-8-sig", newline="")
        self._writer = self._opened and csv.writer(self._opened)
        if self._writer:
            self._writer.writerow(HEADER)

    def tell(self, fault: Fault) -> None:
        if fault.level == SET_ASIDE:
            self.count += 1
        else:
            self.notices += 1
        if self._writer:
            message = self._say(fault.code, {"value": fault.value, **fault.values})
            cells = (fault.file, fault.line, fault.column, fault.field, fault.value)
            self._writer.writerow([inert(c) for c in (*cells, fault.level, fault.code, message)])

    def close(self) -> None:
        if self._opened:
            self._opened.close()


def inert(cell: object) -> object:
    """A text that a spreadsheet would take for a formula is shown as the text it is.

    Also after spaces or a tab, which some spreadsheets leave out before they look.
    """
    text = str(cell)
    formula = text.lstrip()[:1] in FORMULA or text[:1] in LEFT_OUT
    return f"'{text}" if text and formula and not isinstance(cell, int) else cell
