"""Of many around her, those whom a picture on a phone can name; of the others, how many in which circle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, zip_longest
from typing import Any, NamedTuple

from services.portal.pictures.around import Around

MOST = 24  # so many stand in a picture with their names, as wide as a small phone
NAMED = 18  # of more than those, so many are named
OUTSIDE = 9  # in no circle yet: after all circles
OTHERS = "others"  # the kind of the mark that counts those who are not


class Standing(NamedTuple):
    """Someone on the map, as far as counting goes: who, where, and what else is told."""

    id: str
    circle: int | None
    told: Any = None


def few(there: Sequence[Standing], first: Collection[str] = ()) -> set[str]:
    """Who is named: all, while all fit; else each circle in turn, whoever was placed first before others.

    `first` come before all: whom a picture is about.
    """
    if len(there) <= MOST:
        return {one.id for one in there}
    before = [one.id for one in there if one.id in first]
    circles: dict[int, list[str]] = {}
    for one in there:
        circles.setdefault(one.circle or OUTSIDE, []).append(one.id)
    turns = zip_longest(*(circles[circle] for circle in sorted(circles)))
    in_turn = [id_ for turn in turns for id_ in turn if id_]
    return set(list(dict.fromkeys(chain(before, in_turn)))[:NAMED])


def others(there: Sequence[Standing], named: Collection[str]) -> Iterator[Around]:
    """In each circle one mark for all who are not named."""
    left = Counter([one.circle for one in there if one.id not in named])
    for circle, n in left.items():
        yield Around(f"{OTHERS}-{circle or 0}", f"+ {n}", kind=OTHERS, circle=circle)
