"""A line as a record: every cell as the value its column asks for, or all that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cosigne.importer.faults import Fault
from cosigne.importer.mapping import Mapped
from cosigne.importer.reading import Line
from cosigne.importer.values import WrongCell, text_of, value_of

LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Record:
    mapped: Mapped
    line: int
    values: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values.get(column)

    @property
    def name(self) -> str:
        """First name first, where the file keeps them apart."""
        return " ".join(part for part in (self["first_name"], self["name"]) if part)

    def fault(self, code: str, column: str = "", **values: Any) -> Fault:
        level = values.pop("level", None)
        heading = self.mapped.heading(column) if column else ""
        shown = str(self[column] or "")[:LONGEST_SHOWN] if column else ""
        found = Fault(self.mapped.table.name, self.line, code, heading, column, shown, values)
        return found if level is None else replaced(found, level)


def replaced(fault: Fault, level: str) -> Fault:
    return Fault(
        fault.file, fault.line, fault.code, fault.column, fault.field, fault.value, fault.values,
        level,
    )  # fmt: skip


def record_of(mapped: Mapped, line: Line) -> Record | list[Fault]:
    """Raises nothing: a line is a record, or its faults."""
    table = mapped.table.name
    if line.wrong:
        return [Fault(table, line.number, line.wrong)]
    cells = {column: line.cells.get(heading) for heading, column in mapped.columns.items()}
    values, faults = dict[str, Any](), list[Fault]()
    for column in mapped.kind.columns:
        cell = cells.get(column.name)
        try:
            values[column.name] = value_of(column, cell, mapped.manner)
        except WrongCell as wrong:
            shown = text_of(cell)[:LONGEST_SHOWN]
            heading = mapped.heading(column.name)
            faults.append(
                Fault(table, line.number, wrong.code, heading, column.name, shown, wrong.values)
            )
    return faults or Record(mapped, line.number, values)
