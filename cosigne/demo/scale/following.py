"""What becomes of goals, time after time: steps, progress, pauses, ends; and the plan's reviews."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cosigne.demo.scale import words
from cosigne.demo.scale.days import day as date_of
from cosigne.demo.scale.disputes import disputed
from cosigne.demo.scale.goals import Goal, Step
from cosigne.demo.scale.moments import Moment
from cosigne.demo.scale.period import Period
from cosigne.people import Person, id_of

ENOUGH = 2  # times that a goal is looked at before it ends, at the least
REVIEWED_EVERY = 4
STEPS = 3
RUNNING = ("active", "paused")


def followed(period: Period, goals: Sequence[Goal], day: int, visit: int) -> Iterator[Moment]:
    """One time that the plan is taken up; she may be alone with it."""
    pen, worker = period.pen, period.worker(day)
    if worker is not None and pen.chance(0.25):
        yield pen.write(
            day, worker, f"{period.number}/look/{visit}", pen.path("plans", "/waiting"), how="GET"
        )
    for goal in goals:
        if goal.stands in RUNNING and pen.chance(0.6):
            yield from taken_up(period, goal, day, visit)
    if visit % REVIEWED_EVERY == 0 and worker is not None:
        yield from reviewed(period, worker, day, visit)


def taken_up(period: Period, goal: Goal, day: int, visit: int) -> Iterator[Moment]:
    pen, me = period.pen, period.life.person
    goal.seen += 1
    name, at = f"{goal.name}/{visit}", f"/goals/{goal.id}"
    if goal.stands == "paused":
        if pen.chance(0.5):
            yield period.write(day, me, f"{name}/resume", f"{at}/resumptions")
            goal.stands = "active"
        return
    yield from stepped(period, goal, day, visit)
    if pen.chance(0.45):
        goal.value = min(100, max(0, goal.value + pen.lot.choice((-20, 0, 10, 20, 30, 40))))
        body = {"value": goal.value, "words": words.said(pen.lot, "progress")}
        yield period.write(day, me, f"{name}/progress", f"{at}/progress", body)
    worker = period.worker(day)
    if worker is not None and pen.chance(0.12):
        body = {"value": min(100, max(0, goal.value + pen.lot.choice((-20, 0, 10, 20))))}
        yield period.write(day, worker, f"{name}/seen", f"{at}/progress", body)
    if pen.chance(0.12):
        who = worker if worker is not None and pen.chance(0.5) else me
        body = {"words": words.said(pen.lot, "talk")}
        yield period.write(day, who, f"{name}/talk", f"{at}/discussions", body)
    if goal.seen >= ENOUGH:
        yield from ended_perhaps(period, goal, day, name)


def stepped(period: Period, goal: Goal, day: int, visit: int) -> Iterator[Moment]:
    """The step under way is done, dropped or taken on; else another one is found."""
    pen, me, worker = period.pen, period.life.person, period.worker(day)
    step, name = goal.open_step, f"{goal.name}/{visit}"
    if step is None:
        if len(goal.steps) < STEPS and pen.chance(0.5):
            yield added(period, goal, worker, day, name)
        return
    told, place = pen.lot.random(), f"/actions/{step.id}"
    if told < 0.6:
        step.open = False
        yield period.write(day, me, f"{name}/done", f"{place}/completions")
    elif told < 0.75:
        step.open = False
        way = {"stood_in_the_way": words.obstacle(pen.lot)} if pen.chance(0.5) else {}
        yield period.write(day, me, f"{name}/drop", f"{place}/drops", way)
    elif told < 0.9 and step.falls_to == worker:
        yield period.write(day, worker, f"{name}/accept", f"{place}/acceptances")


def added(period: Period, goal: Goal, worker: Person | None, day: int, name: str) -> Moment:
    pen, me = period.pen, period.life.person
    falls_to = me if worker is None or pen.chance(0.6) else worker
    step = Step(str(id_of("action", f"{me.key}/{period.number}/{name}")), falls_to)
    goal.steps.append(step)
    who = me if worker is None or pen.chance(0.5) else worker
    body = {
        "action": step.id,
        "words": words.said(pen.lot, "actions"),
        "responsible": str(falls_to.id),
        "due": str(date_of(day + 21)),
        **({} if goal.noted else pen.act(because_of=[period.entry(f"{goal.name}/agree")])),
    }
    return period.write(day, who, f"{name}/step", f"/goals/{goal.id}/actions", body)


def ended_perhaps(period: Period, goal: Goal, day: int, name: str) -> Iterator[Moment]:
    """Reached, set aside or paused, by her word; most go on."""
    pen, me, at = period.pen, period.life.person, f"/goals/{goal.id}"
    told = pen.lot.random()
    if goal.value >= 60 and told < 0.5:
        body = {"words": words.said(pen.lot, "achieved")}
        yield period.write(day, me, f"{name}/reached", f"{at}/achievements", body)
        goal.stands = "achieved"
    elif told > 0.88:
        way = {"stood_in_the_way": words.obstacle(pen.lot)}
        said = {"words": words.said(pen.lot, "aside"), **way}
        yield period.write(day, me, f"{name}/aside", f"{at}/settings-aside", said)
        goal.stands = "over"
    elif told > 0.78:
        body = {"words": words.said(pen.lot, "paused")}
        yield period.write(day, me, f"{name}/pause", f"{at}/pauses", body)
        goal.stands = "paused"


def reviewed(period: Period, worker: Person, day: int, visit: int) -> Iterator[Moment]:
    """Noted by the practitioner; she confirms it more often than not."""
    pen, me, name = period.pen, period.life.person, f"review/{visit}"
    told: dict[str, object] = {
        "words": words.said(pen.lot, "reviews"),
        "next_review": str(date_of(day + 90)),
    }
    body = {**told, **pen.act(me, setting="meeting")}
    yield period.write(day, worker, name, "/reviews", body, kept=True)
    entry = (period.entry(name),)
    if pen.chance(0.55):
        path = "/entries/{}/confirmations"
        yield period.write(day + 1, me, f"{name}/confirm", path, {"device": "own"}, refs=entry)
    elif pen.chance(0.15):
        yield from disputed(period, name, worker, day + 1)
