"""A summary she makes of what she named: shown to whoever accompanies her, or by a link."""

from __future__ import annotations

from collections.abc import Iterator

from cosigne.demo.scale import words
from cosigne.demo.scale.days import day as date_of
from cosigne.demo.scale.life import Life
from cosigne.demo.scale.moments import Entry, Moment
from cosigne.demo.scale.pen import Pen
from cosigne.demo.scale.resources import entries_by
from cosigne.people import id_of

EVERY_SUMMARY, SUMMARY = 9, 3
SHOWN_FOR = 21
ENDS_IT = 0.3


def summaries(life: Life) -> Iterator[Moment]:
    """Made, shown to someone outside by a link with a code, and in the house on a screen."""
    pen, me = Pen(life, "summary"), life.person
    day = life.comes + pen.lot.randint(45, 120)
    named = entries_by(life, day)
    known = life.number % EVERY_SUMMARY == SUMMARY and named and day + 10 <= life.last
    if not known:
        return
    summary = str(id_of("summary", f"{me.key}/1"))
    said: list[dict[str, object]] = [{"words": words.said(pen.lot, "summary_words")}]
    pieces: list[dict[str, object]] = [{"entry": Entry(name)} for _, name in named[:3]]
    body = {
        "id": summary,
        "title": words.said(pen.lot, "summary_titles"),
        "parts": said + pieces,
    }
    place = pen.path("reporting", "/summaries")
    yield pen.write(day, me, "make", place, body)
    place = f"{place}/{summary}"
    until = str(date_of(day + SHOWN_FOR))
    link = {"means": "link", "for_whom": words.said(pen.lot, "summary_for"), "until": until}
    yield pen.write(day + 1, me, "link", f"{place}/shares", link, kept=True)
    worker = life.worker(day + 4)
    if worker is not None and worker == life.worker(day + 2):
        screen = {"means": "screen", "audience": str(worker.id), "until": until}
        yield pen.write(day + 2, me, "screen", f"{place}/shares", screen)
        yield pen.write(day + 4, worker, "open", f"{place}/openings")
    if pen.chance(ENDS_IT):
        ending = f"{place}/shares/{{}}/endings"
        yield pen.write(day + 6, me, "end", ending, refs=(pen.entry("link"),))
