"""Strengths and what matters to her for what comes next: named, said otherwise, set aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from cosigne.demo.scale import words
from cosigne.demo.scale.life import Life
from cosigne.demo.scale.moments import Moment
from cosigne.demo.scale.pen import Pen

TOPIC = "resources"
Named = tuple[int, str, str, str]  # day, what, name of the moment, words


@lru_cache(maxsize=64)
def named(life: Life) -> tuple[Named, ...]:
    """What she names, in the order of the days."""
    lot = life.lot("named")
    found: list[Named] = []
    for what, kinds, count in (
        ("strength", ("personal", "around"), lot.randint(1, 4)),
        ("aspiration", ("aspirations",), lot.randint(1, 2)),
    ):
        said = [w for kind in kinds for w in words.some(lot, kind, count)]
        for number, one in enumerate(lot.sample(said, min(count, len(said))), 1):
            early = lot.random() < 0.7
            day = life.comes + (lot.randint(4, 30) if early else lot.randint(31, 400))
            found.append((day, what, f"{what}/{number}", one))
    return tuple(sorted(one for one in found if one[0] <= life.last))


def entries_by(life: Life, day: int) -> Sequence[tuple[str, str]]:
    """What a goal may grow from on a day: the kind, and the moment that named it."""
    return [(what, f"{TOPIC}/{name}") for on, what, name, _ in named(life) if on < day]


def resources(life: Life) -> Iterator[Moment]:
    pen, me = Pen(life, TOPIC), life.person
    for day, what, name, said in named(life):
        place = {"strength": "strengths", "aspiration": "aspirations"}[what]
        body: dict[str, object] = {"words": said}
        if what == "strength":
            personal = said in words.bank()["personal"]
            body["kind"] = "personal" if personal else "environmental"
        path = pen.path("assessment", f"/resources/{place}")
        yield pen.write(day, me, name, path, body, kept=True)
        again = f"{path}/{{}}"
        if pen.chance(0.08):
            other = {"words": f"{said}, encore"}
            yield pen.write(
                day, me, f"{name}/again", f"{again}/wordings", other,
                refs=(pen.entry(name),), match=True,
            )  # fmt: skip
