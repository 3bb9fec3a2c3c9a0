"""Who works where and when: practitioners come and go, always on a Monday."""

from __future__ import annotations

from functools import cache
from random import Random

from cosigne.crowd import House
from cosigne.demo.scale.days import LAST, monday, week

EVERY_LEAVER, EVERY_NEWCOMER = 5, 3
NOTICE_DAYS = 14  # nobody begins with someone who is about to leave


def programme_of(house: House, number: int) -> int:
    """The programme a practitioner works in, from 0 on."""
    return (number - 1) % house.programmes


def site_of(house: House, programme: int) -> int:
    return programme % house.sites


def stays(house: House, number: int) -> bool:
    """One in each programme is there all the time."""
    return number <= house.programmes


@cache
def comes(house: House, number: int) -> int:
    if stays(house, number) or number % EVERY_NEWCOMER != 1:
        return 0
    return monday(lot(house, "comes", number).randint(4, 60))


@cache
def goes(house: House, number: int) -> int | None:
    if stays(house, number) or number % EVERY_LEAVER:
        return None
    first = week(comes(house, number)) + 20
    return monday(lot(house, "goes", number).randint(first, max(first, week(LAST) - 4)))


def present(house: House, programme: int, day: int) -> tuple[int, ...]:
    """Who works in a programme on a day, and for a while yet."""
    return tuple(
        number
        for number in range(programme + 1, house.practitioners + 1, house.programmes)
        if comes(house, number) <= day and (leaving(house, number) > day + NOTICE_DAYS)
    )


def leaving(house: House, number: int) -> int:
    """The day someone leaves, or one that does not come."""
    found = goes(house, number)
    return LAST + monday(52) if found is None else found


def lot(house: House, what: str, number: int) -> Random:
    return Random(f"{house.crowd.seed}/{what}/{house.key}/{number}")
