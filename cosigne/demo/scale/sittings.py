"""What a person answers over two years: which themes, how high, what moves, what she stars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from cosigne.demo.scale.days import LAST, WEEK
from cosigne.demo.scale.life import Life
from cosigne.demo.scale.words import themes
from cosigne.people import Person

STEP, YEAR = 5, 365
KEPT_CLOSE = ("intimite", "vie-amoureuse", "consommation", "apparence", "valeurs-croyances")
LONG_SITTINGS = 104  # at the real size; smaller ones have shorter long lives
STARS = 3
LONG_TALKS = 26  # who writes every week talks it over every half year


@dataclass(frozen=True, slots=True)
class Sitting:
    """One portrait: `again` is answered a second time before it is shown; `shown` on which day."""

    number: int
    day: int
    values: Mapping[str, int]
    again: Mapping[str, int]
    skipped: tuple[str, ...]
    hidden: frozenset[str]
    stars: tuple[str, ...]
    shown: int | None
    shown_to: Person | None
    brief: bool = False

    def answer(self, theme: str) -> int:
        return self.again.get(theme, self.values[theme])

    @property
    def open_themes(self) -> tuple[str, ...]:
        """Answered, and not kept to herself."""
        return tuple(theme for theme in self.values if theme not in self.hidden)


@dataclass(frozen=True, slots=True)
class Course:
    """How a theme goes for her: from where, which way, how unsteadily."""

    base: float
    a_year: float
    unsteady: float
    dip: float

    def at(self, lot: Random, day: int) -> int:
        bad_patch = self.dip if lot.random() < 0.12 else 0.0
        value = self.base + self.a_year * day / YEAR + lot.gauss(0, self.unsteady) - bad_patch
        return min(100, max(0, STEP * round(value / STEP)))


@lru_cache(maxsize=64)
def sittings(life: Life) -> tuple[Sitting, ...]:
    return tuple(drawn(life))


def drawn(life: Life) -> Iterator[Sitting]:
    lot = life.lot("sittings")
    mine = lot.sample(themes(), lot.randint(30, 52))
    courses = {
        theme: Course(lot.gauss(52, 20), lot.gauss(3, 17), 6, lot.choice((0, 15, 30)))
        for theme in themes()
    }
    stars: tuple[str, ...] = ()
    for number, day in enumerate(days_of(life, lot), 1):
        asked = themes() if life.is_long else wandering(lot, mine)
        values = {theme: courses[theme].at(lot, day) for theme in asked}
        skipped = tuple(theme for theme in themes() if theme not in values)[
            : lot.choice((0, 0, 0, 1, 2))
        ]
        stars = starred(lot, values, stars)
        again = {t: courses[t].at(lot, day) for t in values if lot.random() < 0.06}
        hidden = frozenset(t for t in values if t in KEPT_CLOSE and lot.random() < 0.4)
        shown = day + lot.randint(3, 9) if lot.random() < 0.94 else None
        if life.is_long:
            shown = day + 1 if number % 4 == 1 else None
        worker = life.worker(shown) if shown is not None and shown <= life.last else None
        yield Sitting(
            number=number,
            day=day,
            values=values,
            again=again,
            skipped=skipped,
            hidden=hidden,
            stars=stars,
            shown=shown if worker is not None else None,
            shown_to=worker if lot.random() < 0.4 else None,
            brief=life.is_long and number % LONG_TALKS != 1,
        )


def days_of(life: Life, lot: Random) -> Iterator[int]:
    """Every few months; for the long lives, every week."""
    day = life.comes + lot.randint(5, 25)
    if life.is_long:
        most = max(12, LONG_SITTINGS * life.house.crowd.size // 1000)
        yield from range(day, min(day + most * WEEK, life.last - 6), WEEK)
        return
    pace = lot.randint(160, 300)
    while day <= min(life.last, LAST) - 35:
        yield day
        day += max(80, round(lot.gauss(pace, 20)))


def wandering(lot: Random, mine: list[str]) -> list[str]:
    """Her usual themes but for a few, in the questionnaire's order."""
    kept = {theme for theme in mine if lot.random() < 0.9}
    kept.update(lot.sample(themes(), 2))
    return [theme for theme in themes() if theme in kept]


def starred(lot: Random, values: Mapping[str, int], before: tuple[str, ...]) -> tuple[str, ...]:
    """Two or three: what still matters since last time, then what is low, then by heart."""
    kept = [theme for theme in before if theme in values and lot.random() < 0.5]
    low = sorted(values, key=lambda theme: (values[theme] + lot.randint(0, 45), theme))
    for theme in low:
        if len(kept) >= lot.randint(2, STARS):
            break
        if theme not in kept:
            kept.append(theme)
    return tuple(kept[:STARS])
