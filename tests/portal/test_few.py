"""Of many around her: some are named in the picture, the others counted, and nobody is lost."""

from hypothesis import given, settings
from hypothesis import strategies as some

from services.portal.pictures.few import MOST, NAMED, OTHERS, Standing, few, others
from services.portal.pictures.network import drawn
from services.portal.pictures.rings import PHONE

NAMES = ("tout près", "près", "plus loin")
where_each_is = some.sampled_from((1, 2, 3, None))
circles = some.lists(where_each_is, max_size=90)


def standing(where):
    return [Standing(str(n), circle) for n, circle in enumerate(where)]


def day(many):
    told = {"kind": "person", "ended": False, "rating": None, "support": None}
    ties = [{**told, "tie": str(n), "name": f"Proche {n}", "circle": n % 3 + 1} for n in many]
    return {"ties": ties, "named": [], "lines": []}


@settings(deadline=None)
@given(circles)
def test_each_circle_holds_as_many_as_are_there_named_or_counted(where):
    there = standing(where)
    named = few(there)
    marks = list(others(there, named))
    assert {mark.kind for mark in marks} <= {OTHERS}
    for circle in {one.circle for one in there}:
        here = [one for one in there if one.circle == circle and one.id in named]
        counted = [int(mark.name.strip("+ ")) for mark in marks if mark.circle == circle]
        assert len(counted) <= 1
        assert len(here) + sum(counted) == where.count(circle)


def test_so_many_as_fit_a_phone_are_all_named():
    there = standing([1] * MOST)
    named = few(there)
    assert len(named) == MOST
    assert not list(others(there, named))


@settings(deadline=None)
@given(some.lists(where_each_is, min_size=MOST + 1, max_size=90))
def test_no_circle_is_left_without_a_name(where):
    there = standing(where)
    named = few(there)
    assert len(named) == NAMED
    assert {one.circle for one in there if one.id in named} == set(where)


def test_whom_the_picture_is_about_are_named_before_others():
    there = standing([1] * 80)
    assert {"77", "78"} <= few(there, {"77", "78"})


def test_a_hundred_and_fifty_stand_on_a_phone_and_whoever_wants_sees_them_all():
    (drawing,) = drawn([day(range(150))], NAMES)
    assert (drawing.rings.width, drawing.whole, drawing.there) == (PHONE, False, 150)
    assert [o.placed.of.name for o in drawing.around if o.placed.of.kind == OTHERS] == ["+ 44"] * 3
    (drawing,) = drawn([day(range(150))], NAMES, whole=True)
    assert drawing.whole
    assert len(drawing.named) == 150


def test_on_two_days_the_same_are_named_and_whoever_came_is_among_them():
    then, now = drawn([day(range(60)), day(range(61))], NAMES, {"60": "came"})
    named = [{o.placed.of.id for o in d.around if o.placed.of.kind != OTHERS} for d in (then, now)]
    assert named[1] - named[0] == {"60"}
    assert len(named[1]) == NAMED
