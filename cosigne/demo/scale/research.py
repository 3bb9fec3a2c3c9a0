"""Research asks for a consent of its own, with its committee's approval; she may end it again."""

from __future__ import annotations

from collections.abc import Iterator

from cosigne.demo.scale import words
from cosigne.demo.scale.days import day as date_of
from cosigne.demo.scale.life import Life
from cosigne.demo.scale.moments import Moment
from cosigne.demo.scale.pen import Pen

EVERY_TAKING_PART, TAKING_PART = 12, 2
ENDS_IT = 0.2
ETHICS = "Comité d’éthique fictif, dossier 2024-117"


def research(life: Life) -> Iterator[Moment]:
    pen, me = Pen(life, "research"), life.person
    day = life.comes + pen.lot.randint(40, 90)
    if life.number % EVERY_TAKING_PART != TAKING_PART or life.is_minor or day > life.last:
        return
    consent = {
        "audience": str(life.house.one("s", 1).id),
        "tabs": ["quality_of_life"],
        "purpose": "research",
        "until": str(date_of(day + 365)),
        "words": words.bank()["research"],
        "ethics": ETHICS,
    }
    path = pen.path("directory", "/consents")
    yield pen.write(day, me, "consent", path, consent, kept=True)
    if pen.chance(ENDS_IT) and day + 120 <= life.last:
        ended = {"words": words.bank()["research_ended"]}
        yield pen.write(
            day + 120, me, "end", f"{path}/{{}}/withdrawals", ended, refs=(pen.entry("consent"),)
        )
