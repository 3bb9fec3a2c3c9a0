"""How the service itself goes for her: the process statements, answered once or twice."""

from __future__ import annotations

from collections.abc import Iterator

from cosigne.demo.scale.life import Life
from cosigne.demo.scale.moments import Moment, Questionnaire
from cosigne.demo.scale.pen import Pen
from cosigne.people import id_of

STATEMENTS = (
    "p-ecoute", "p-savoir", "p-forces", "p-mots", "p-decider", "p-dire-non", "p-rythme",
    "p-proches",
)  # fmt: skip


def process(life: Life) -> Iterator[Moment]:
    pen, me = Pen(life, "process"), life.person
    day = life.comes + pen.lot.randint(100, 200)
    for number in (1, 2):
        if day > life.last or not pen.chance(0.35):
            return
        one = str(id_of("assessment", f"{me.key}/process/{number}"))
        opening = {"id": one, "catalogue": Questionnaire("comment-ca-se-passe")}
        yield pen.write(day, me, f"{number}/open", pen.path("assessment", "/assessments"), opening)
        items = [
            {"theme": statement, "value": pen.lot.choice((0, 25, 50, 75, 75, 100, 100))}
            for statement in STATEMENTS
        ]
        path = pen.path("assessment", f"/assessments/{one}/ratings/batches")
        yield pen.write(day, me, f"{number}/answers", path, {"mode": "each", "items": items})
        day += 240
