"""The picture of the network: laws of where each stands, for any map."""

import re
from itertools import combinations
from math import cos, hypot, radians, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from services.portal.pictures.around import MARK, Around, Box, square
from services.portal.pictures.network import drawn
from services.portal.pictures.placed import name_of
from services.portal.pictures.rings import PHONE, rings
from services.portal.pictures.strokes import FROM_ME, SHAPE, arrows, spoke

NAMES = ("tout près", "près", "plus loin")
around = some.builds(
    Around,
    id=some.uuids().map(str),
    name=some.text(
        some.characters(codec="latin-1", categories=("L", "Zs")), min_size=1, max_size=80
    ),
    kind=some.sampled_from(("person", "group", "service", "animal")),
    circle=some.sampled_from((1, 2, 3, None)),
)


def maps(most):
    return some.lists(around, max_size=most, unique_by=lambda one: one.id)


def meet(one, other):
    """Whether two boxes cover each other by more than a hair."""
    return (
        min(one.right, other.right) - max(one.left, other.left) > 0.2
        and min(one.bottom, other.bottom) - max(one.top, other.top) > 0.2
    )


def boxes(picture):
    for placed in picture.placed:
        yield square(placed.x, placed.y, MARK)
        yield name_of(placed)


@settings(max_examples=60, deadline=None)
@given(maps(30))
def test_no_name_covers_another_nor_a_shape_on_a_small_phone(day):
    (picture,) = rings([day], NAMES)
    assert len(picture.placed) == len(day)
    assert not any(meet(one, other) for one, other in combinations(boxes(picture), 2))
    for box in boxes(picture):
        assert box.within(picture.width, picture.height)


def test_of_a_few_each_name_is_written_whole():
    (picture,) = rings([[Around(id="a", name="Le gars du magasin de musique", circle=3)]], NAMES)
    assert [" ".join(one.of.rows) for one in picture.placed] == ["Le gars du magasin de musique"]


def test_of_a_few_no_line_covers_a_name_nor_somebody_else():
    names = "Ma sœur, Minou, La voisine du 3, La prof de chimie, Mon parrain, Le groupe du jeudi"
    day = [Around(n, n, circle=i % 3 + 1, line="thin") for i, n in enumerate(names.split(", "))]
    for turned in range(len(day)):
        around = day[turned:] + day[:turned]
        (picture,) = rings([around], NAMES)
        tops = [picture.y - high for _, high in picture.radii]
        circles = [Box(picture.x - 20, top + 3, picture.x + 20, top + 14) for top in tops]
        for one in picture.placed:
            line = (picture.x, picture.y, one.x, one.y)
            others = [square(o.x, o.y, 8) for o in picture.placed if o is not one]
            assert not any(box.crossed(*line) for box in (*circles, *others, name_of(one)))


@pytest.mark.parametrize(
    ("to", "through"),
    [((10, 0), True), ((3, 0), False), ((10, 9), False), ((0, 10), False), ((-10, 0), False)],
)
def test_a_line_goes_through_what_stands_in_its_way(to, through):
    assert Box(4, -2, 8, 2).crossed(0, 0, *to) == through


@settings(max_examples=60, deadline=None)
@given(maps(30))
def test_the_nearer_the_closer_to_the_middle(day):
    (picture,) = rings([day], NAMES)
    ends = [0.0, *(wide for wide, _ in picture.radii), picture.width]
    for placed in picture.placed:
        circle = placed.of.circle or 4
        flat = picture.height / picture.width
        far = hypot(placed.x - picture.x, (placed.y - picture.y) / flat)
        assert ends[circle - 1] <= far <= ends[circle] + 0.2


@settings(max_examples=30, deadline=None)
@given(maps(15), maps(5))
def test_whoever_stays_in_a_circle_stands_at_the_same_place_on_both_days(stay, come):
    here = {one.id for one in stay}
    then, now = rings([stay, [*stay, *(one for one in come if one.id not in here)]], NAMES)
    assert (then.width, then.height, then.radii) == (now.width, now.height, now.radii)
    after = {placed.of.id: (placed.x, placed.y) for placed in now.placed}
    assert all(after[placed.of.id] == (placed.x, placed.y) for placed in then.placed)


@pytest.mark.parametrize("circle", [1, 2, 3])
def test_thirty_of_one_circle_fit_a_phone_without_being_moved_about(circle):
    day = [Around(str(n), f"Prénom Nom {n}", circle=circle) for n in range(30)]
    (picture,) = rings([day], NAMES)
    assert picture.width == PHONE
    assert not picture.roomy


def test_a_hundred_and_fifty_have_a_larger_picture_with_every_name_in_it():
    day = [Around(str(n), f"Prénom Nom {n}", circle=n % 3 + 1) for n in range(150)]
    (picture,) = rings([day], NAMES)
    assert picture.roomy
    assert not any(meet(one, other) for one, other in combinations(boxes(picture), 2))


def test_a_tense_line_is_told_by_its_pattern_and_support_by_which_way_it_points():
    day = [
        Around("a", "Simon", circle=3, line="tense", received=True),
        Around("b", "Anne", circle=3, line="strong", given=True),
        Around("c", "Jo", circle=3),
    ]
    (picture,) = rings([day], NAMES)
    simon, anne, jo = picture.placed
    assert len(begin_and_steps(spoke(picture, simon))) > 4
    assert len(begin_and_steps(spoke(picture, anne))) == 2
    for placed in (simon, anne):  # from the edge of "me" to the edge of their shape
        begin, *_ = ways = begin_and_steps(spoke(picture, placed))
        x, y = map(sum, zip(*ways, strict=True))
        assert hypot(begin[0] - picture.x, begin[1] - picture.y) == pytest.approx(FROM_ME, abs=0.2)
        assert hypot(x - placed.x, y - placed.y) == pytest.approx(SHAPE, abs=0.3)
    assert not arrows(picture, jo)
    (to_her,), (from_her,) = arrows(picture, simon), arrows(picture, anne)
    for arrow, placed, way in ((to_her, simon, -1), (from_her, anne, 1)):
        assert points(arrow.turned, placed.x - picture.x, placed.y - picture.y) == way


def begin_and_steps(path):
    """Where a line begins, then each step from there."""
    numbers = [float(n) for n in re.findall(r"-?[0-9.]+", path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def points(turned, x, y):
    """1 where an arrow points the way from her to someone, -1 where it points back."""
    along = cos(radians(turned)) * x + sin(radians(turned)) * y
    return 1 if along > 0 else -1


def test_an_ended_tie_leaves_the_picture_and_its_lines_with_it():
    tie = {"kind": "person", "circle": 1, "rating": None, "support": None}
    there = [
        {**tie, "tie": "a", "name": "Simon", "ended": False},
        {**tie, "tie": "b", "name": "Anne", "ended": True},
    ]
    day = {"ties": there, "named": [], "lines": [("a", "b")]}
    (drawing,) = drawn([day], NAMES)
    assert [one.placed.of.name for one in drawing.around] == ["Simon"]
    assert drawing.together == []
