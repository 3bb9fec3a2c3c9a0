"""A heading is known however it is written; where it is not, a mapping file says so."""

from __future__ import annotations

import tomllib

import pytest

from cosigne.importer.columns import KIND, KINDS
from cosigne.importer.headings import kind_named, matched
from cosigne.importer.mapping import mapped, proposed
from cosigne.importer.reading import Line, tables_in
from cosigne.importer.records import Record, record_of
from shared.kernel import Refused


def table(tmp_path, name, *lines):
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return tables_in(path)[0]


@pytest.mark.parametrize(
    "heading",
    ["Numéro de dossier", "NUMERO DE DOSSIER", "N° de dossier ", "file_number", "dossier"],
)
def test_a_heading_is_known_with_or_without_accents_capitals_and_signs(heading):
    assert matched(KIND["ratings"], [heading]) == {heading: "person"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_column_is_found_under_its_first_heading(kind, language):
    header = [getattr(column, language)[0] for column in kind.columns]
    assert list(matched(kind, header).values()) == [column.name for column in kind.columns]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("personnes", "persons"),
        ("02 - Intervenants", "practitioners"),
        ("Réponses_2024", "ratings"),
        ("Feuil1", None),
    ],
)
def test_the_name_of_a_file_tells_what_it_holds(name, kind):
    found = kind_named(name)
    assert (found and found.name) == kind


def test_a_file_without_a_telling_name_is_known_by_its_headings(tmp_path):
    told = table(tmp_path, "Feuil1.csv", "dossier;thème;réponse;date")
    assert mapped(told, {}).kind.name == "ratings"


def test_a_needed_column_that_nobody_finds_is_named_as_one_would_head_it(tmp_path):
    with pytest.raises(Refused) as refused:
        mapped(table(tmp_path, "cotes.csv", "dossier;thème;date"), {})
    assert refused.value.code == "import.columns_missing"
    assert refused.value.values["names"] == ["valeur"]


def test_a_mapping_says_columns_words_dates_and_scale(tmp_path):
    told = table(tmp_path, "cotes.csv", "Q;Note;Quand;Qui", "travail;8,5;03/05/24;D-1")
    text = """
    [cotes]
    dates = ["%m/%d/%y"]
    highest = 10
    [cotes.columns]
    "Qui" = "person"
    "Q" = "theme"
    "Note" = "value"
    "Quand" = "day"
    """
    found = mapped(told, tomllib.loads(text))
    (line,) = told.lines()
    record = record_of(found, line)
    assert isinstance(record, Record)
    assert (record["value"], record["day"]) == (85, "2024-03-05")


@pytest.mark.parametrize(
    "section", [{"columns": {"Qui": "person"}}, {"columns": {"dossier": "who"}}, {"colums": {}}]
)
def test_a_mapping_that_speaks_of_what_is_not_there_is_refused(tmp_path, section):
    told = table(tmp_path, "cotes.csv", "dossier;thème;réponse;date")
    with pytest.raises(Refused, match=r"import\.mapping_unknown"):
        mapped(told, {"cotes": section})


@pytest.mark.parametrize("highest", [0, -5, "dix"])
def test_a_highest_answer_that_is_none_is_refused(tmp_path, highest):
    told = table(tmp_path, "cotes.csv", "dossier;thème;réponse;date")
    with pytest.raises(Refused, match=r"import\.mapping_highest"):
        mapped(told, {"cotes": {"highest": highest}})


def test_a_proposed_mapping_can_be_read_back_as_it_is(tmp_path):
    told = table(tmp_path, "cotes.csv", "dossier;thème;réponse;date;humeur du jour")
    text = proposed([told])
    assert mapped(told, tomllib.loads(text)).columns == mapped(told, {}).columns
    assert '# "humeur du jour" = ""' in text


CELLS = [
    ("percent", "value", "80", 80), ("percent", "value", "80,0 %", 80), ("percent", "value", 80.0, 80),
    ("percent", "value", "0", 0), ("percent", "value", "101", "fault.out_of_range"),
    ("percent", "value", "12,5", "fault.not_whole"), ("percent", "value", "oui", "fault.not_a_number"),
    ("percent", "value", "", "fault.missing"), ("day", "day", "05/03/2024", "2024-03-05"),
    ("day", "day", "2024-03-05", "2024-03-05"), ("day", "day", "31/02/2024", "fault.not_a_day"),
    ("day", "day", "0024-03-05", "fault.far_day"), ("text", "comment", "a" * 4001, "fault.too_long"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "column", "cell", "told"), CELLS)
def test_a_cell_is_its_value_or_a_fault_under_its_heading(tmp_path, kind, column, cell, told):
    assert KIND["ratings"].column(column).kind == kind
    found = mapped(table(tmp_path, "cotes.csv", "person;theme;value;day;comment"), {})
    cells = {"person": "D-1", "theme": "travail", "value": 20, "day": "2024-03-05", column: cell}
    record = record_of(found, line_with(cells))
    if isinstance(record, Record):
        assert record[column] == told
    else:
        assert [(f.line, f.column, f.code) for f in record] == [(7, column, told)]


def line_with(cells):
    return Line(7, cells)
