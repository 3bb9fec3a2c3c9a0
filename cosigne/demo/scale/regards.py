"""What happens once a portrait is shown: others look, see it otherwise, ask, meet, are answered."""

from __future__ import annotations

from collections.abc import Iterator

from cosigne.demo.scale import words
from cosigne.demo.scale.life import Life
from cosigne.demo.scale.moments import Entry, Moment
from cosigne.demo.scale.pen import Pen
from cosigne.demo.scale.sittings import Sitting
from cosigne.people import Person, id_of


def shown_and_talked_over(pen: Pen, sitting: Sitting) -> Iterator[Moment]:
    life, number = pen.life, sitting.number
    day = sitting.shown or sitting.day
    to = {"audience": [str(sitting.shown_to.id)]} if sitting.shown_to else {"my_team": True}
    parts = ["quality_of_life", *(["strengths"] if pen.chance(0.6) else [])]
    showing = {**to, "parts": parts}
    yield pen.write(
        day, life.person, f"{number}/show", place(pen, sitting, "sharings"), showing, kept=True
    )
    worker = who_sees(life, sitting, day + 2)
    if worker is None:
        return
    yield pen.write(day + 2, worker, f"{number}/look/1", place(pen, sitting), how="GET")
    if sitting.brief:
        return
    yield from seen_otherwise(pen, sitting, worker, day + 3)
    if who_sees(life, sitting, day + 9) == worker and pen.chance(0.6):
        yield from met(pen, sitting, worker, day + 9)
    if who_sees(life, sitting, day + 14) == worker and pen.chance(0.4):
        yield pen.write(day + 14, worker, f"{number}/look/2", place(pen, sitting), how="GET")
    if pen.chance(0.05):
        yield pen.write(
            day + 16, life.person, f"{number}/unshow",
            place(pen, sitting, "sharings/{}/ending"), refs=(pen.entry(f"{number}/show"),),
        )  # fmt: skip


def place(pen: Pen, sitting: Sitting, resource: str = "") -> str:
    one = id_of("assessment", f"{pen.life.person.key}/{sitting.number}")
    return pen.path("assessment", f"/assessments/{one}{'/' if resource else ''}{resource}")


def who_sees(life: Life, sitting: Sitting, day: int) -> Person | None:
    """Who accompanies her on that day, if it was shown to them."""
    worker = life.worker(day)
    seen = sitting.shown_to is None or sitting.shown_to == worker
    return worker if seen and day <= life.last else None


def seen_otherwise(pen: Pen, sitting: Sitting, worker: Person, day: int) -> Iterator[Moment]:
    """A view beside hers, a question, an answer; now and then it is the view that moves."""
    life, number = pen.life, sitting.number
    themes = [t for t in sitting.open_themes if t in sitting.stars] or list(sitting.open_themes)[:2]
    if not themes or who_sees(life, sitting, day + 4) != worker:
        return
    theme = pen.lot.choice(themes)
    viewed = pen.chance(0.6)
    if viewed:
        body: dict[str, object] = {"theme": theme, "words": words.said(pen.lot, "views")}
        if pen.chance(0.6):
            body["value"] = min(100, max(0, sitting.answer(theme) + pen.lot.choice((-20, 15, 25))))
        yield pen.write(day, worker, f"{number}/view", place(pen, sitting, "views"), body)
    if pen.chance(0.5):
        return
    asking = {"theme": theme, "words": words.said(pen.lot, "asks")}
    yield pen.write(
        day + 1, worker, f"{number}/ask", place(pen, sitting, "threads"), asking, kept=True
    )
    asked = (pen.entry(f"{number}/ask"),)
    if pen.chance(0.15):
        later = {"theme": theme, "words": words.said(pen.lot, "later")}
        put_off = {**later, **pen.act(because_of=asked)}
        path = place(pen, sitting, "threads/put-offs")
        yield pen.write(day + 2, life.person, f"{number}/later", path, put_off)
        return
    saying = {"theme": theme, "words": words.said(pen.lot, "answers")}
    yield pen.write(
        day + 2, life.person, f"{number}/say", place(pen, sitting, "threads"),
        {**saying, **pen.act(because_of=asked)}, kept=True,
    )  # fmt: skip
    if viewed and pen.chance(0.35):
        yield from moved(pen, sitting, worker, theme, day + 4)
    if pen.chance(0.04):
        yield taken_back(pen, sitting, f"{number}/say", day + 5)


def moved(pen: Pen, sitting: Sitting, worker: Person, theme: str, day: int) -> Iterator[Moment]:
    """Her words moved it: the view is revised because of them."""
    because = pen.act(because_of=(pen.entry(f"{sitting.number}/say"),))
    value = min(100, max(0, sitting.answer(theme) + pen.lot.choice((-5, 0, 5))))
    body = {"theme": theme, "words": words.said(pen.lot, "revised"), "value": value, **because}
    path = place(pen, sitting, "views/revisions")
    yield pen.write(day, worker, f"{sitting.number}/revise", path, body)


def taken_back(pen: Pen, sitting: Sitting, name: str, day: int) -> Moment:
    """She takes her words back: nobody reads them any more, and that she did so stays."""
    path = place(pen, sitting, "entries/{}/withdrawals")
    return pen.write(day, pen.life.person, f"{name}/back", path, refs=(pen.entry(name),))


def met(pen: Pen, sitting: Sitting, worker: Person, day: int) -> Iterator[Moment]:
    """A meeting over it, noted by either; the other one confirms it, disputes it, or lets it be."""
    me, number = pen.life.person, sitting.number
    by_her = pen.chance(0.45)
    who, other = (me, worker) if by_her else (worker, me)
    themes = [t for t in sitting.stars if t in sitting.open_themes]
    body = {"themes": themes, "words": words.said(pen.lot, "meetings"), "led_by": str(me.id)}
    told = {**body, **pen.act(other, setting="meeting")}
    name = f"{number}/meet"
    yield pen.write(day, who, name, place(pen, sitting, "meetings"), told, kept=True)
    entry = (pen.entry(name),)
    if who_sees(pen.life, sitting, day + 3) != worker:
        return
    if pen.chance(0.55):
        path = place(pen, sitting, "entries/{}/confirmations")
        device = "writers" if pen.chance(0.2) else "own"
        yield pen.write(day + 1, other, f"{name}/confirm", path, {"device": device}, refs=entry)
    elif not by_her and pen.chance(0.15):
        yield from disputed(pen, sitting, worker, entry, day + 1)


def disputed(
    pen: Pen, sitting: Sitting, worker: Person, entry: tuple[Entry], day: int
) -> Iterator[Moment]:
    name, path = f"{sitting.number}/meet", place(pen, sitting, "entries/{}/")
    reason = {"reason": words.said(pen.lot, "disputing")}
    yield pen.write(day, pen.life.person, f"{name}/dispute", f"{path}disputes", reason, refs=entry)
    answer = {"words": words.said(pen.lot, "answering"), "outcome": "accepted"}
    yield pen.write(day + 2, worker, f"{name}/answer", f"{path}dispute-answers", answer, refs=entry)
