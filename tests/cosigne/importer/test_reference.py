"""What people read about files is what the importer does."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from cosigne.importer.columns import KINDS
from cosigne.importer.mapping import mapped
from cosigne.importer.reading import tables_in
from cosigne.importer.records import Record, record_of
from cosigne.reference.columns import PAGE, page

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "cosigne" / "importer" / "samples"
HOW_TO = ROOT / "docs" / "how-to" / "import-your-spreadsheets.md"


def test_the_reference_page_says_what_is_declared():
    assert PAGE.read_text("utf-8") == page(), "run: make docs"


def test_there_is_a_sample_of_every_kind_and_every_line_but_one_can_be_read():
    tables = [mapped(table, {}) for table in tables_in(SAMPLES)]
    assert [one.kind.name for one in tables] == [kind.name for kind in sorted_kinds()]
    found = [record_of(one, line) for one in tables for line in one.table.lines()]
    wrong = [one for one in found if not isinstance(one, Record)]
    assert [(f.line, f.code) for faults in wrong for f in faults] == [(5, "fault.out_of_range")]


def sorted_kinds():
    """As the samples are numbered: goals before ties."""
    last = {"goals": 6, "ties": 7}
    return sorted(KINDS, key=lambda k: last.get(k.name, KINDS.index(k)))


@pytest.mark.parametrize("section", ["columns", "words"])
def test_the_mapping_of_the_how_to_is_one(section):
    text = HOW_TO.read_text("utf-8").split("```toml\n")[1].split("```")[0]
    (told,) = tomllib.loads(text).values()
    assert section in told
    columns = {c.name for kind in KINDS if kind.name == told["kind"] for c in kind.columns}
    assert set(told["columns"].values()) <= columns
