"""How she comes, who accompanies her, who takes over, and what else the directory records of her."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge

from cosigne.demo.scale import words
from cosigne.demo.scale.days import day as date_of
from cosigne.demo.scale.life import Care, Life
from cosigne.demo.scale.moments import Moment
from cosigne.demo.scale.pen import Pen
from cosigne.demo.scale.staff import site_of
from cosigne.people import id_of

EVERY_RELATIVE, EVERY_RESTRICTION, EVERY_RIGHT = 17, 60, 45


def relations(life: Life) -> Iterator[Moment]:
    yield from merge(accompanied(life), around(life), key=lambda moment: moment.at)


def accompanied(life: Life) -> Iterator[Moment]:
    """Registered; then each who accompanies her begins and ends, and she is told who and why."""
    pen, house = Pen(life, "care"), life.house
    admin, me = house.one("a", 1), life.person
    old = {"born": str(life.born)} if life.is_minor else {"age": life.lot("age").randint(18, 79)}
    registering = {
        "id": str(me.id),
        "name": me.name,
        "sign_in_subject": me.subject,
        **old,
    }
    path = "/directory/v1/persons"
    yield pen.write(life.comes, admin, "register", path, registering)
    turns = [(care.since, 1, number, care) for number, care in enumerate(life.cares)]
    turns += [
        (care.until, 0, number, care)
        for number, care in enumerate(life.cares)
        if care.until is not None
    ]
    for day, begins, number, care in sorted(turns, key=lambda turn: turn[:3]):
        yield begun(pen, number, care) if begins else ended(pen, number, day)


def begun(pen: Pen, number: int, care: Care) -> Moment:
    house, worker = pen.life.house, care.worker
    body = {
        "party": str(worker.id),
        "role": worker.role,
        "site": str(id_of("site", f"{house.key}/{site_of(house, care.programme)}")),
        "programme": str(id_of("programme", f"{house.key}/{care.programme}")),
        "words": words.told_to_her("welcome" if care.why == "welcome" else care.why, worker.name),
    }
    path = pen.path("directory", "/care-relations")
    return pen.write(care.since, house.one("a", 1), f"begin/{number}", path, body, kept=True)


def ended(pen: Pen, number: int, day: int) -> Moment:
    path = pen.path("directory", "/care-relations/{}/endings")
    body = {"words": words.said(pen.lot, "ending")}
    refs = (pen.entry(f"begin/{number}"),)
    return pen.write(day, pen.life.house.one("a", 1), f"end/{number}", path, body, refs=refs)


def around(life: Life) -> Iterator[Moment]:
    """What she is told, how she wants to work, a relative let in, a worker kept out, her rights."""
    pen, me = Pen(life, "around"), life.person
    worker = life.worker(life.comes + 2)
    if worker is None:
        return
    notice = {
        "text": "nobody_reads_live",
        "version": "1",
        "language": life.house.organisation.locale,
        "form": pen.lot.choice(("screen", "paper", "aloud")),
    }
    yield pen.write(life.comes + 2, worker, "notice", pen.path("directory", "/notices"), notice)
    if pen.chance(0.75):
        first = pen.lot.choice(("alone", "together", "not_yet_known"))
        way = {"first": first, "words": words.said(pen.lot, "ways")}
        path = pen.path("directory", "/way-of-working")
        yield pen.write(life.comes + 3, me, "way", path, {**way, **pen.act(worker)})
    yield from let_in(pen)
    yield from kept_out(pen)
    yield from asked_for(pen)


def let_in(pen: Pen) -> Iterator[Moment]:
    """A relative gets an account, and sees of hers what she consents to."""
    life = pen.life
    day = life.comes + 60
    if life.number % EVERY_RELATIVE or life.is_minor or day + 10 > life.last:
        return
    house = life.house
    relative = house.one("r", life.number)
    registering = {
        "id": str(relative.id),
        "kind": "relative",
        "name": relative.name,
        "sign_in_subject": relative.subject,
    }
    yield pen.write(day, house.one("a", 1), "relative", "/directory/v1/parties", registering)
    consent = {
        "audience": str(relative.id),
        "tabs": ["plan"],
        "purpose": "care",
        "until": str(date_of(day + 300)),
    }
    yield pen.write(day + 2, life.person, "consent", pen.path("directory", "/consents"), consent)
    yield pen.write(day + 6, relative, "relative/look", pen.path("plans", "/plans"), how="GET")


def kept_out(pen: Pen) -> Iterator[Moment]:
    """She knows someone of the house from elsewhere: that one sees nothing of hers."""
    life = pen.life
    if life.number % EVERY_RESTRICTION != 1 or life.comes + 71 > life.last:
        return
    known = {care.worker for care in life.cares}
    others = (life.house.one("i", number) for number in range(1, life.house.programmes + 1))
    neighbour = next((one for one in others if one not in known), None)
    if neighbour is not None:
        body = {
            "audience": str(neighbour.id),
            "scope": ["everything"],
            "reason": words.said(pen.lot, "restricting"),
        }
        path = pen.path("directory", "/restrictions")
        yield pen.write(life.comes + 70, life.person, "restrict", path, body)


def asked_for(pen: Pen) -> Iterator[Moment]:
    """A copy of what there is about her, asked and given."""
    life = pen.life
    if life.number % EVERY_RIGHT != 1 or life.comes + 130 > life.last:
        return
    path = pen.path("directory", "/rights")
    yield pen.write(life.comes + 100, life.person, "copy", path, {"right": "copy"}, kept=True)
    yield pen.write(
        life.comes + 110, life.house.one("c", 1), "copy/answer", f"{path}/{{}}/answers",
        {"outcome": "granted"}, refs=(pen.entry("copy"),),
    )  # fmt: skip
