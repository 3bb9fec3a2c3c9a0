"""Of many around her, those whom a picture on a phone can name; of the others, how many in which circle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import chain, zip_longest

from services.portal.pictures.around import Around

MOST = 24  # so many stand in a picture with their names, as wide as a small phone
NAMED = 18  # of more than those, so many are named
OUTSIDE = 9  # in no circle yet: after all circles
OTHERS = "others"  # the kind of the mark that counts those who are not


def few(around: Sequence[Around], first: Collection[str] = ()) -> set[str]:
    """Who is named: all, while all fit; else each circle in turn, whoever was placed first before others.

    `first` come before all: whom a picture is about.
    """
    if len(around) <= MOST:
        return {one.id for one in around}
    before = [one.id for one in around if one.id in first]
    circles: dict[int | None, list[str]] = {}
    for one in sorted(around, key=lambda one: one.circle or OUTSIDE):
        circles.setdefault(one.circle, []).append(one.id)
    in_turn = [id_ for round_ in zip_longest(*circles.values()) for id_ in round_ if id_]
    return set(list(dict.fromkeys(chain(before, in_turn)))[:NAMED])


def with_others(around: Sequence[Around], named: Collection[str]) -> Sequence[Around]:
    """Those named, and in each circle one mark for all the others there."""
    left = Counter(one.circle for one in around if one.id not in named)
    marks = [
        Around(f"{OTHERS}-{circle or 0}", f"+ {n}", kind=OTHERS, circle=circle)
        for circle, n in left.items()
    ]
    return [*(one for one in around if one.id in named), *marks]
