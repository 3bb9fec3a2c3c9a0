"""Whatever an institution's program writes, the same lines are read, with the numbers it shows."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from cosigne.importer.reading import tables_in
from shared.kernel import Refused

LINES = [("D-1", "Côté-Roy", "œuvre\nd’art"), ("D-2", "N’Diaye", "")]
TEXT = 'dossier{0}nom{0}mots\r\nD-1{0}Côté-Roy{0}"œuvre\nd’art"\r\n\r\nD-2{0}N’Diaye{0}\r\n'


def read(path):
    (table,) = tables_in(path)
    return [(line.number, tuple(line.cells.values())) for line in table.lines()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_file_is_read_however_it_was_written(tmp_path, encoding, delimiter):
    path = tmp_path / "personnes.csv"
    path.write_bytes(TEXT.format(delimiter).encode(encoding))
    assert read(path) == [(2, LINES[0]), (5, LINES[1])]


def test_what_was_assumed_is_told(tmp_path):
    path = tmp_path / "personnes.csv"
    path.write_bytes(TEXT.format(";").encode("cp1252"))
    (table,) = tables_in(path)
    assert table.assumed == "cp1252 ';'"


def test_a_delimiter_within_quotation_marks_is_a_letter_like_others(tmp_path):
    path = tmp_path / "personnes.csv"
    path.write_text('"nom, prénom, surnom, âge";"dossier"\n"Roy, Luc";"1"\n', "utf-8")
    assert read(path) == [(2, ("Roy, Luc", "1"))]


def test_a_letter_far_down_the_file_tells_its_encoding(tmp_path):
    path = tmp_path / "personnes.csv"
    path.write_bytes(("dossier;nom\n" + "1;Roy\n" * 300_000 + "2;Zoé\n").encode("cp1252"))
    (table,) = tables_in(path)
    *_, last = table.lines()
    assert last.cells["nom"] == "Zoé"


def test_a_quotation_mark_left_open_names_its_line(tmp_path):
    path = tmp_path / "personnes.csv"
    path.write_text('dossier;nom\n1;Roy\n2;"Luc\n3;Noé\n', "utf-8")
    with pytest.raises(Refused) as refused:
        read(path)
    assert (refused.value.code, refused.value.values["line"]) == ("import.unreadable", 3)


def test_a_line_with_more_cells_than_headings_is_wrong_as_a_whole(tmp_path):
    path = tmp_path / "personnes.csv"
    path.write_text("dossier;nom\n1;Roy;;\n2;Roy;Luc\n", "utf-8")
    (table,) = tables_in(path)
    assert [line.wrong for line in table.lines()] == [None, "fault.more_cells"]


def test_each_sheet_of_a_workbook_is_a_table_with_formulas_as_their_values(tmp_path):
    book = Workbook()
    book.active.title = "Personnes"
    book.active.append(["dossier", "naissance", "âge"])
    book.active.append(["D-1", date(1990, 3, 5), 34])
    book.active.append([None, None, None])
    book.active.append(["D-2", datetime(1990, 3, 5, 8), 34.0])  # noqa: DTZ001 - as spreadsheets have it
    book.create_sheet("Vide")
    book.create_sheet("Sites").append(["code", "nom"])
    path = tmp_path / "tout.xlsx"
    book.save(path)
    first, second = tables_in(path)
    assert (first.called, second.called) == ("Personnes", "Sites")
    lines = list(first.lines())
    assert [line.number for line in lines] == [2, 4]
    assert lines[0].cells["âge"] == 34
    assert lines[0].cells["naissance"].date() == date(1990, 3, 5)


def test_json_lines_keep_their_own_names_and_say_what_is_none(tmp_path):
    path = tmp_path / "personnes.jsonl"
    told = [{"key": "D-1", "name": "Zoé"}, {"key": "D-2", "born": "1990-03-05"}]
    path.write_text("\n".join(map(json.dumps, told)) + "\n\n[1]\nnon\n", "utf-8")
    (table,) = tables_in(path)
    assert table.header == ("key", "name", "born")
    lines = list(table.lines())
    assert [(line.number, line.wrong) for line in lines[2:]] == [
        (4, "fault.not_json"),
        (5, "fault.not_json"),
    ]


def test_json_lines_in_another_encoding_are_wrong_line_by_line(tmp_path):
    path = tmp_path / "personnes.ndjson"
    path.write_bytes('{"key": "D-1"}\n{"name": "Zoé"}\n{"key": "D-3"}\n'.encode("cp1252"))
    (table,) = tables_in(path)
    assert [line.wrong for line in table.lines()] == [None, "fault.not_json", None]


@pytest.mark.parametrize("name", ["PERSONNES.CSV", "Personnes.Csv", "personnes.TXT"])
def test_an_ending_in_capitals_is_the_same_ending(tmp_path, name):
    (tmp_path / name).write_text(TEXT.format(";"), "utf-8")
    assert read(tmp_path) == [(2, LINES[0]), (5, LINES[1])]


def test_a_workbook_may_be_called_so_in_capitals(tmp_path):
    book = Workbook()
    book.active.append(["dossier", "nom"])
    book.active.append(["D-1", "Roy"])
    book.save(tmp_path / "PERSONNES.XLSX")
    assert read(tmp_path) == [(2, ("D-1", "Roy"))]


def test_a_folder_holds_many_tables_and_other_files_are_let_be(tmp_path):
    (tmp_path / "sites.csv").write_text("code;nom\n", "utf-8")
    (tmp_path / "lisez-moi.docx").write_text("", "utf-8")
    (tmp_path / "~$sites.xlsx").write_text("", "utf-8")
    assert [table.name for table in tables_in(tmp_path)] == ["sites.csv"]
    (tmp_path / "sites.csv").unlink()
    with pytest.raises(Refused, match=r"import\.no_table"):
        tables_in(tmp_path)


def test_what_is_no_workbook_is_said_to_be_none(tmp_path):
    (tmp_path / "tout.xlsx").write_bytes(b"ceci n'est pas un classeur")
    with pytest.raises(Refused, match=r"import\.unreadable_book"):
        tables_in(tmp_path)
