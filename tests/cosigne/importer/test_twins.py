"""What is told twice is known as such wherever it stands, and what is not is let in."""

from __future__ import annotations

from uuid import UUID

from cosigne.importer.columns import KIND
from cosigne.importer.house import House, Known
from cosigne.importer.mapping import Mapped
from cosigne.importer.naming import Names
from cosigne.importer.reading import tables_in
from cosigne.importer.records import record_of
from cosigne.importer.twins import Twins

NAMES = Names("00" * 32)


def house():
    known = (Known(kind, NAMES) for kind in ("site", "programme", "party", "person"))
    return House(NAMES, UUID(int=1), "Maison des essais", *known, UUID(int=2), {})


def told(folder, kind, **files):
    """What is said of each line, file by file."""
    twins, found = Twins(house()), []
    for name, lines in files.items():
        path = folder / f"{name}.csv"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        (table,) = tables_in(path)
        mapped = Mapped(table, KIND[kind], {heading: heading for heading in table.header})
        for line in table.lines():
            faults = twins.of(record_of(mapped, line))
            found += [(name, line.number, fault.code, fault.values["line"]) for fault in faults]
    return found


def test_a_line_of_another_file_on_the_same_line_is_told_twice_all_the_same(tmp_path):
    lines = ("person,theme,value,day", "D-1,travail,20,2024-03-05")
    found = told(tmp_path, "ratings", hiver=lines, printemps=lines)
    assert found == [("printemps", 2, "fault.twice", "2 (hiver.csv)")]


def test_a_person_of_another_file_on_the_same_line_is_perhaps_the_same(tmp_path):
    first = ("key,name,born", "D-1,Luc Gendreau,1990-03-05")
    other = ("key,name,born", "D-2,GENDREAU Luc,1990-03-05")
    found = told(tmp_path, "persons", nord=first, sud=other)
    assert found == [("sud", 2, "notice.same_perhaps", "2 (nord.csv)")]


def test_names_in_another_script_are_names(tmp_path):
    ties = ("person,name", "D-1,أمي", "D-1,أبي", "D-1,мама", "D-1,أمي")
    assert told(tmp_path, "ties", liens=ties) == [("liens", 5, "fault.twice", "2")]
