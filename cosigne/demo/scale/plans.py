"""Her plans as a thread of a life: themes left out, goals that grow, hold, change or fail."""

from __future__ import annotations

from collections.abc import Iterator

from cosigne.demo.scale import words
from cosigne.demo.scale.answers import agreed_or_not
from cosigne.demo.scale.days import day as date_of
from cosigne.demo.scale.following import followed
from cosigne.demo.scale.goals import Goal, Grown
from cosigne.demo.scale.life import Life
from cosigne.demo.scale.moments import Entry, Moment, Source
from cosigne.demo.scale.period import Period
from cosigne.demo.scale.resources import entries_by
from cosigne.demo.scale.sittings import Sitting, sittings
from cosigne.people import Person, id_of

EVERY_LEFT_OUT = 5  # one plan in so many leaves a theme out, whatever the lot says
WITH_A_PLAN = 0.8
SHORTEST = 40
VISITS = (38, 66)  # days between two times that the plan is taken up


def plans(life: Life) -> Iterator[Moment]:
    """Up to two, one after the other; the next one begins from a later portrait."""
    lot = life.lot("plans")
    day, number = 0, 1
    out: set[str] = set()
    if lot.random() > WITH_A_PLAN:
        return
    for sitting in sittings(life):
        begins = (sitting.shown or 0) + 12
        ends = min(begins + lot.randint(180, 380), life.last - 5)
        known = sitting.shown is not None and life.worker(begins) is not None
        if not known or begins < day or ends - begins < SHORTEST:
            continue
        period = Period(life, number, begins, ends, out)
        yield from told(period, sitting)
        day, number = period.ends + 15, number + 1
        if number > 2 or not period.closes:
            return


def told(period: Period, sitting: Sitting) -> Iterator[Moment]:
    yield opened(period)
    yield from themes_talked_of(period, sitting)
    goals = list(grown(period, sitting))
    for goal in goals:
        yield proposed(period, goal)
    day = period.begins + 6
    for goal in goals:
        yield from agreed_or_not(period, goal, day)
    visit = 1
    while (day := day + period.pen.lot.randint(*VISITS)) < period.ends:
        yield from followed(period, goals, day, visit)
        visit += 1
    if period.closes:
        body = {"words": words.said(period.pen.lot, "closings")}
        yield period.write(period.ends, period.life.person, "close", "/closure", body)


def opened(period: Period) -> Moment:
    """By either of them, the other one taking part."""
    pen, life = period.pen, period.life
    worker = period.worker(period.begins)
    who: Person = life.person if worker is None or pen.chance(0.4) else worker
    others = [one for one in (life.person, worker) if one is not None and one != who]
    body = {"starts": str(date_of(period.begins)), **pen.act(*others, setting="meeting")}
    return pen.write(
        period.begins, who, f"{period.number}/open", pen.path("plans", "/plans"), body, kept=True
    )


def themes_talked_of(period: Period, sitting: Sitting) -> Iterator[Moment]:
    """The lowest are put on the table; what she leaves out is out, until she says otherwise."""
    pen, me, day = period.pen, period.life.person, period.begins + 1
    low = sorted(sitting.open_themes, key=lambda theme: (sitting.answer(theme), theme))
    apart = [t for t in low if t not in sitting.stars and t not in period.left_out]
    for theme in apart[: pen.lot.randint(1, 2)]:
        worker = period.worker(day)
        if worker is not None:
            body = {"theme": theme, "words": words.said(pen.lot, "considering")}
            name = f"considered/{theme}"
            yield period.write(day, worker, name, "/themes-considered", body, kept=True)
    if apart and (pen.chance(0.25) or period.life.number % EVERY_LEFT_OUT == 0):
        theme = apart[0]
        reason = {"reason": words.said(pen.lot, "declining")} if pen.chance(0.7) else {}
        because = pen.act(because_of=[period.entry(f"considered/{theme}")])
        because = because if period.worker(day) is not None else {}
        body = {"theme": theme, **reason, **because}
        yield period.write(day + 1, me, f"declined/{theme}", "/themes-declined", body)
        period.left_out.add(theme)
        if pen.chance(0.15):
            again = {"theme": theme, "reason": words.said(pen.lot, "reconsidering")}
            yield period.write(day + 2, me, f"reconsidered/{theme}", "/themes-reconsidered", again)
            period.left_out.discard(theme)


def grown(period: Period, sitting: Sitting) -> Iterator[Goal]:
    """From her stars, at times with a strength or an aspiration; now and then from nothing named."""
    pen, key = period.pen, period.life.person.key
    strengths = entries_by(period.life, period.begins)
    stars = [theme for theme in sitting.stars if theme not in period.left_out]
    for number, theme in enumerate(stars, 1):
        sources: list[Grown] = [f"star:{theme}"] if pen.chance(0.9) else []
        if strengths and pen.chance(0.5):
            kind, name = pen.lot.choice(strengths)
            sources.append(Source(kind, Entry(name)))
        goal = str(id_of("goal", f"{key}/{period.number}/{number}"))
        by_her = pen.chance(0.6)
        yield Goal(goal, f"goal/{number}", words.goal(theme), sources, by_her)


def proposed(period: Period, goal: Goal) -> Moment:
    pen, day = period.pen, period.begins + 4
    worker = period.worker(day)
    who = period.life.person if goal.by_her or worker is None else worker
    goal.by_her = who == period.life.person
    body = {"goal": goal.id, "words": goal.words, "grown_from": goal.grown_from}
    return period.write(day, who, goal.name, "/goals", {**body, **pen.act()}, kept=True)
