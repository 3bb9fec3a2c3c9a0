"""Her line and the others' stand side by side; the table says what the picture shows."""

from hypothesis import given
from hypothesis import strategies as st

from services.portal.pictures.progress import BOTTOM, LEFT, RIGHT, TOP, Told, drawn, told_by

HERS = Told("luc", "2026-01-17", 30, "Un début.")
LATER = Told("luc", "2026-03-17", 80)
THEIRS = Told("karim", "2026-02-17", 50)


def picture(*told):
    return drawn(told_by(told, first="luc"), named=str.title)


def test_each_party_has_a_line_of_its_own_hers_first():
    lines = picture(THEIRS, HERS, LATER).lines
    assert [(line.name, len(line.marks), line.shape) for line in lines] == [
        ("Luc", 2, "round"),
        ("Karim", 1, "square"),
    ]


def test_her_shape_stays_hers_where_only_others_spoke():
    assert [line.shape for line in picture(THEIRS).lines] == ["square"]


def test_the_table_says_the_same_day_by_day():
    rows = picture(LATER, THEIRS, HERS).rows
    assert [(r.day, r.name, r.value) for r in rows] == [
        ("2026-01-17", "Luc", 30),
        ("2026-02-17", "Karim", 50),
        ("2026-03-17", "Luc", 80),
    ]
    assert rows[0].words == "Un début."


def test_a_single_word_stands_at_the_beginning_and_has_one_day():
    alone = picture(HERS)
    assert alone.until == ""
    assert alone.lines[0].marks[0].x < (LEFT + RIGHT) / 2


told = st.builds(
    Told,
    party=st.sampled_from(["luc", "karim", "diane", "marc", "julie"]),
    day=st.dates().map(str),
    value=st.integers(0, 100),
)


@given(st.lists(told, min_size=1, max_size=30))
def test_every_word_has_its_mark_within_the_picture_and_its_row(told):
    found = picture(*told)
    marks = [mark for line in found.lines for mark in line.marks]
    assert len(marks) == len(found.rows) == len(told)
    assert all(LEFT <= mark.x <= RIGHT and TOP <= mark.y <= BOTTOM for mark in marks)
