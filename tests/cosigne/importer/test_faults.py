"""The file of faults is opened in a spreadsheet: nothing that files hold does anything there."""

import csv

import pytest

from cosigne.importer.faults import Fault, FaultFile, inert


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "\t=1+1", "\r=1+1", "\n=1+1", "\tx"]
)
def test_what_a_spreadsheet_would_run_is_shown_as_text(cell):
    assert inert(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Simon", "a=b", 7, -7])
def test_what_it_would_not_run_stays_as_it_is(cell):
    assert inert(cell) == cell


def test_what_stood_in_cells_is_for_this_account_alone(tmp_path):
    path = tmp_path / "faults.csv"
    path.touch(mode=0o644)
    FaultFile(path, lambda code, _values: code).close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_every_cell_of_the_file_is_such_a_text(tmp_path):
    bad = "\t=HYPERLINK(1)"
    told = FaultFile(tmp_path / "faults.csv", lambda _code, _values: bad)
    told.tell(Fault(bad, 1, bad, bad, bad, bad))
    told.close()
    with (tmp_path / "faults.csv").open(encoding="utf-8-sig", newline="") as opened:
        row = list(csv.reader(opened))[1]
    assert all(cell.startswith("'") for cell in row if cell not in ("1", "set aside")), row
