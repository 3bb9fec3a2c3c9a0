"""Her network: who is on her map, how it is with them, what goes both ways, what ends."""

from __future__ import annotations

from collections.abc import Iterator

from cosigne.demo.scale import words
from cosigne.demo.scale.life import Life
from cosigne.demo.scale.moments import Moment
from cosigne.demo.scale.pen import Pen
from cosigne.people import id_of

TOPIC = "network"
WITH_A_MAP = 0.65
SUPPORT = ("emotional", "practical", "informational", "companionship")


def network(life: Life) -> Iterator[Moment]:
    pen, me = Pen(life, TOPIC), life.person
    day = life.comes + pen.lot.randint(10, 90)
    if pen.lot.random() > WITH_A_MAP or day + 30 > life.last:
        return
    ties = words.some(pen.lot, "ties", pen.lot.randint(2, 6))
    for number, (name, relation, kind) in enumerate(ties, 1):
        body = {
            "tie": tie_id(pen, number),
            "name": name,
            "relation": relation,
            "kind": kind,
            "circle": pen.lot.randint(1, 3),
        }
        yield pen.write(day, me, f"tie/{number}", pen.path("network", "/network/ties"), body)
        yield from described(pen, number, day)
    yield from shown(pen, day + 4)
    yield from later(pen, len(ties), day)


def drawn(life: Life) -> tuple[int, int] | None:
    """The day her map is drawn and how many are on it, as `network` tells it; None without one."""
    lot = life.lot(TOPIC)
    day = life.comes + lot.randint(10, 90)
    if lot.random() > WITH_A_MAP or day + 30 > life.last:
        return None
    return day, len(words.some(lot, "ties", lot.randint(2, 6)))


def tie_id(pen: Pen, number: int) -> str:
    return str(id_of("tie", f"{pen.life.person.key}/{number}"))


def place(pen: Pen, number: int, resource: str) -> str:
    return pen.path("network", f"/network/ties/{tie_id(pen, number)}/{resource}")


def described(pen: Pen, number: int, day: int) -> Iterator[Moment]:
    me = pen.life.person
    if pen.chance(0.6):
        yield rated(pen, number, day, f"rate/{number}")
    if pen.chance(0.4):
        body = {
            "received": sorted(pen.lot.sample(SUPPORT, pen.lot.randint(0, 2))),
            "given": sorted(pen.lot.sample(SUPPORT, pen.lot.randint(0, 2))),
        }
        yield pen.write(day, me, f"support/{number}", place(pen, number, "support"), body)


def rated(pen: Pen, number: int, day: int, name: str) -> Moment:
    body = {
        "quality": words.said(pen.lot, "qualities"),
        "closeness": words.said(pen.lot, "closeness"),
    }
    return pen.write(day, pen.life.person, name, place(pen, number, "ratings"), body)


def shown(pen: Pen, day: int) -> Iterator[Moment]:
    """To whoever accompanies her; not every tie."""
    worker = pen.life.worker(day + 3)
    if worker is None or not pen.chance(0.6) or day + 3 > pen.life.last:
        return
    but = {"except_ties": [tie_id(pen, 1)]} if pen.chance(0.3) else {}
    body = {"my_team": True, **but}
    yield pen.write(day, pen.life.person, "show", pen.path("network", "/network/sharings"), body)
    yield pen.write(day + 3, worker, "look", pen.path("network", "/network"), how="GET")


def later(pen: Pen, count: int, day: int) -> Iterator[Moment]:
    """What comes, goes and changes over the months."""
    me, life = pen.life.person, pen.life
    while (day := day + pen.lot.randint(120, 260)) < life.last:
        number, told = pen.lot.randint(1, count), pen.lot.random()
        name = f"{day}/{number}"
        if told < 0.5:
            yield rated(pen, number, day, f"{name}/rate")
        elif told < 0.75:
            body = {"reason": words.said(pen.lot, "tie_endings")} if pen.chance(0.5) else {}
            yield pen.write(day, me, f"{name}/end", place(pen, number, "endings"), body)
            if pen.chance(0.35) and day + 40 < life.last:
                day += 40
                path = place(pen, number, "resumptions")
                yield pen.write(day, me, f"{name}/again", path)
