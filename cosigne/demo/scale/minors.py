"""Under the age from which one consents alone, a parent agrees with her, until a birthday."""

from __future__ import annotations

from collections.abc import Iterator

from cosigne.demo.scale import words
from cosigne.demo.scale.days import day as date_of
from cosigne.demo.scale.life import Life
from cosigne.demo.scale.moments import Moment
from cosigne.demo.scale.pen import Pen

SCOPE = ("health", "services", "sharing")


def minors(life: Life) -> Iterator[Moment]:
    """What is asked for runs longer than it may: it ends by itself, on the eve of that birthday."""
    if not life.is_minor:
        return
    pen, house = Pen(life, "minor"), life.house
    admin, parent = house.one("a", 1), house.one("t", life.number)
    registering = {
        "id": str(parent.id),
        "kind": "representative",
        "name": parent.name,
        "sign_in_subject": parent.subject,
    }
    day, until = life.comes + 1, str(date_of(life.comes + 1000))
    yield pen.write(day, admin, "parent", "/directory/v1/parties", registering)
    authority = {
        "party": str(parent.id),
        "kind": words.bank()["parent"],
        "scope": list(SCOPE),
        "until": until,
        "parental": True,
    }
    path = pen.path("directory", "/representations")
    yield pen.write(day + 1, admin, "represent", path, authority)
    yield pen.write(day + 2, parent, "look", pen.path("plans", "/plans"), how="GET")
    consent = {
        "category": "peer_worker",
        "tabs": ["plan"],
        "purpose": "care",
        "until": until,
        "words": words.bank()["parent_consents"],
    }
    path = pen.path("directory", "/consents")
    yield pen.write(day + 5, parent, "consent", path, consent)
