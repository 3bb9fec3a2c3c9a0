"""Yes and no to a goal: hers, with her own sign-in or noted for her; other words; disputes."""

from __future__ import annotations

from collections.abc import Iterator

from cosigne.demo.scale import words
from cosigne.demo.scale.disputes import disputed
from cosigne.demo.scale.goals import Goal
from cosigne.demo.scale.moments import Moment
from cosigne.demo.scale.period import Period
from cosigne.people import Person

DECLINED, NOT_NOW, OTHER_WORDS, NOTED = 0.1, 0.06, 0.12, 0.2


def agreed_or_not(period: Period, goal: Goal, day: int) -> Iterator[Moment]:
    """What she says to a goal, one of five ways."""
    pen, me, worker = period.pen, period.life.person, period.worker(day)
    told = pen.lot.random()
    name, at = goal.name, f"/goals/{goal.id}"
    because = pen.act(because_of=[period.entry(name)])
    no = {"reason": words.said(pen.lot, "saying_no"), **because}
    if told < DECLINED and not goal.by_her:
        yield period.write(day, me, f"{name}/decline", f"{at}/declines", no)
        goal.stands = "declined"
        return
    if told < DECLINED + NOT_NOW:
        yield period.write(day, me, f"{name}/not-now", f"{at}/disagreements", no)
        return
    if told < DECLINED + NOT_NOW + OTHER_WORDS and worker is not None:
        yield from in_other_words(period, goal, worker, day)
    if worker is not None and not goal.by_her and pen.chance(NOTED):
        yield from noted_for_her(period, goal, worker, day + 2)
        return
    yield period.write(day + 2, me, f"{name}/agree", f"{at}/agreements", {}, match=True, kept=True)
    goal.stands = "active"


def in_other_words(period: Period, goal: Goal, worker: Person, day: int) -> Iterator[Moment]:
    """She asks for other words, or finds them herself."""
    pen, me, at = period.pen, period.life.person, f"/goals/{goal.id}"
    goal.words = words.said(pen.lot, "rewording").format(goal=goal.words)
    if not goal.by_her and pen.chance(0.6):
        asking = {"words": words.said(pen.lot, "other_words")}
        name = f"{goal.name}/ask-words"
        yield period.write(day, me, name, f"{at}/wording-requests", asking)
        who = worker
    else:
        who = me
    body = {"words": goal.words}
    yield period.write(day + 1, who, f"{goal.name}/reword", f"{at}/wordings", body, match=True)


def noted_for_her(period: Period, goal: Goal, worker: Person, day: int) -> Iterator[Moment]:
    """He notes her yes. She confirms it, lets it be, or disputes it: then it is not in force."""
    pen, me, name = period.pen, period.life.person, f"{goal.name}/agree"
    goal.noted = True
    body = pen.act(author=me, setting="meeting")
    place = f"/goals/{goal.id}/agreements"
    yield period.write(day, worker, name, place, body, match=True, kept=True)
    entry, told = (period.entry(name),), pen.lot.random()
    if told < 0.4:
        yield period.write(
            day + 1, me, f"{name}/confirm", "/entries/{}/confirmations", {"device": "own"},
            refs=entry,
        )  # fmt: skip
        goal.stands = "active"
        return
    if told > 0.7:
        goal.stands = "active"
        return
    yield from disputed(period, name, worker, day + 1)
    goal.stands = "over"
