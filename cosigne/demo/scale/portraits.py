"""Portraits as a thread of a life: begun, answered, starred, shown, talked over, looked back on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cosigne.demo.scale import words
from cosigne.demo.scale.days import day as date_of
from cosigne.demo.scale.life import Life
from cosigne.demo.scale.moments import Moment, Questionnaire
from cosigne.demo.scale.pen import Pen
from cosigne.demo.scale.regards import place, shown_and_talked_over
from cosigne.demo.scale.sittings import Sitting, sittings
from cosigne.people import id_of

TOPIC = "portraits"
MARGIN = 4  # what is asked of a person not long before the end is left unasked


def portraits(life: Life) -> Iterator[Moment]:
    """All her sittings, one after the other."""
    pen = Pen(life, TOPIC)
    before: Sitting | None = None
    for sitting in sittings(life):
        yield from answered(pen, sitting)
        yield from starred(pen, sitting, before)
        if sitting.shown is not None:
            yield from shown_and_talked_over(pen, sitting)
        if before is not None and not sitting.brief:
            yield from looked_back_on(pen, sitting, before)
        if pen.chance(0.35) and not life.is_long and sitting.day + 30 <= life.last:
            day = sitting.day + 30
            yield pen.write(
                day, life.person, f"{sitting.number}/close", place(pen, sitting, "closure")
            )
        before = sitting


def answered(pen: Pen, sitting: Sitting) -> Iterator[Moment]:
    """In one go or two; now and then an answer is given again before anyone has seen it."""
    life, day = pen.life, sitting.day
    me, number = life.person, sitting.number
    one = str(id_of("assessment", f"{me.key}/{number}"))
    opening = {"id": one, "catalogue": Questionnaire("default")}
    together = {}
    worker = life.worker(day)
    if worker is not None and not life.is_long and pen.chance(0.3):
        together = pen.act(worker, setting="together")
    yield pen.write(
        day, me, f"{number}/open", pen.path("assessment", "/assessments"), {**opening, **together}
    )
    themes = list(sitting.values)
    cut = len(themes)
    if not sitting.brief and pen.chance(0.4):
        cut = pen.lot.randint(len(themes) // 2, len(themes) - 1)
    for part, asked, later in ((1, themes[:cut], 0), (2, themes[cut:], 1)):
        items = [item(pen, sitting, theme, sitting.values[theme]) for theme in asked]
        if part == 2:
            items += [item(pen, sitting, theme, value) for theme, value in sitting.again.items()]
        if items:
            yield pen.write(
                day + later, me, f"{number}/answers/{part}",
                place(pen, sitting, "ratings/batches"), {"mode": "each", "items": items, **together},
            )  # fmt: skip
    for theme in sitting.skipped:
        choice = pen.lot.choice(("not_concerned", "rather_not_say"))
        body = {"theme": theme, "choice": choice}
        yield pen.write(day + 1, me, f"{number}/skip/{theme}", place(pen, sitting, "skips"), body)


def item(pen: Pen, sitting: Sitting, theme: str, value: int) -> dict[str, Any]:
    told: dict[str, Any] = {"theme": theme, "value": value}
    if pen.chance(0.03 if sitting.brief else 0.22):
        told["comment"] = words.comment(pen.lot, theme, value)
    if theme in sitting.hidden:
        told["visibility"] = "just_me"
    return told


def starred(pen: Pen, sitting: Sitting, before: Sitting | None) -> Iterator[Moment]:
    """Her stars; at times one is placed, thought over, and moved to another theme."""
    if sitting.brief:
        return
    me, number, path = pen.life.person, sitting.number, place(pen, sitting, "stars")
    day = sitting.day + 2
    if before is None and pen.chance(0.25):
        spare = [t for t in sitting.values if t not in sitting.stars]
        theme = pen.lot.choice(spare)
        yield pen.write(day, me, f"{number}/star/first", path, {"theme": theme})
        taken = {"theme": theme}
        yield pen.write(day, me, f"{number}/star/taken", f"{path}/removals", taken)
    for rank, theme in enumerate(sitting.stars, 1):
        body = {"theme": theme, "rank": rank}
        yield pen.write(day, me, f"{number}/star/{theme}", path, body, kept=True)


def looked_back_on(pen: Pen, sitting: Sitting, before: Sitting) -> Iterator[Moment]:
    """What has changed since the time before, as she judges it."""
    both = [t for t in before.stars if t in sitting.values] or list(sitting.stars)[:1]
    day = sitting.day + 21
    if day > pen.life.last - MARGIN:
        return
    for theme in both[: pen.lot.choice((1, 1, 2))]:
        went = sitting.answer(theme) - before.values.get(theme, sitting.answer(theme))
        body = {
            "theme": theme,
            "judgement": judged(pen, went),
            "since": str(date_of(before.day)),
            "thanks_to": sorted(pen.lot.sample(("me", "people", "service", "life"), 2)),
        }
        path = place(pen, sitting, "changes")
        yield pen.write(day, pen.life.person, f"{sitting.number}/change/{theme}", path, body)


def judged(pen: Pen, went: int) -> str:
    """Mostly as the figures say; she may well see it otherwise."""
    if pen.chance(0.15):
        return pen.lot.choice(("too_early", "not_for_me", "maintained_as_i_wish"))
    if abs(went) < 10:
        return pen.lot.choice(("same_hoped_for_more", "maintained_as_i_wish", "up_and_down"))
    return "better" if went > 0 else "harder"
