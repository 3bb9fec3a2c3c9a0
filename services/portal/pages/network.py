"""My network: who and what is around her, today or on a day of before, and the same as a list."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import RULES, Form, act_of
from services.portal.frame import Frame
from services.portal.pictures.network import Told, drawn, on_the_map
from services.portal.subject import Subject

CIRCLES = (1, 2, 3)
KINDS = ("person", "group", "service", "animal")


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("network", __name__, url_prefix="/persons/<uuid:person>/network")

    @blueprint.get("")
    def read(person: UUID) -> AnyResponse:
        return show(person, Form())

    @blueprint.post("")
    def add(person: UUID) -> AnyResponse:
        """Someone or something on the map, under a name of her own."""
        subject, form = frame.subject(person), Form.of(request.form)
        body: dict[str, Any] = given(form, "name", "relation", "since", "kind")
        body |= circle_of(form)
        if form["visibility"] and subject.hers:
            body["visibility"] = "just_me"
        try:
            frame.ask().send(path_of(person, "ties"), body | lived(form, subject), key=form.key)
        except Problem as problem:
            return show(person, form.wrong(problem, RULES), status=422)
        # of what is noted for her, only what she shows is seen again by whoever noted it
        code = "network.added" if subject.hers else "network.noted"
        return frame.done(f"/persons/{person}/network#map", code)

    def show(person: UUID, form: Form, status: int = 200) -> AnyResponse:
        subject = frame.subject(person)
        today = today_of(frame)
        on = day_asked(request.args.get("on", ""))
        on = on if on and on < today else None
        told = frame.ask().maybe(lambda: frame.ask().get(path_of(person), as_of=on))
        if told is None:
            return frame.page("network.html", status=status, subject=subject, form=form, told=None)
        sharings = shown_now(told, today)
        drawing = drawn([told], circle_names(frame), whole=bool(request.args.get("all")))[0]
        return frame.page(
            "network.html",
            status=status,
            subject=subject,
            form=form,
            told=told,
            on=on and on.isoformat(),
            today=today.isoformat(),
            drawing=drawing,
            circles=by_circle(told, drawing.named),
            named=[one for one in told["named"] if one["tie"] in drawing.named],
            ended=[tie for tie in told["ties"] if tie["ended"]],
            knows=who_knows_whom(told),
            may=on is None and (subject.hers or subject.accompanied),
            sharings=sharings,
            audience=audience(frame, subject, sharings),
            who=who_reads(subject, told, today),
        )

    return blueprint


def lived(form: Form, subject: Subject) -> dict[str, Any]:
    """By whom it was said, and on which day it was so in her life when that was not today."""
    act = act_of(form, subject)
    if form["day"]:
        act["act"] = {**act.get("act", {}), "occurred_at": form["day"]}
    return act


def path_of(person: UUID, *rest: object) -> str:
    return "/".join(("network/persons", str(person), "network", *map(str, rest)))


def today_of(frame: Frame) -> date:
    return datetime.now(ZoneInfo(frame.house().timezone)).date()


def day_asked(told: str) -> date | None:
    """A day of an address; what is none asks for nothing."""
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None


def given(form: Form, *names: str) -> dict[str, str]:
    """What was filled in, and nothing of what was left empty."""
    return {name: form[name] for name in names if form[name]}


def circle_of(form: Form) -> dict[str, int]:
    return {"circle": int(form["circle"])} if form["circle"] in map(str, CIRCLES) else {}


def circle_names(frame: Frame) -> list[str]:
    return [frame.say(f"network.circle.{circle}") for circle in CIRCLES]


def by_circle(told: Told, named: Collection[str]) -> list[tuple[int, Sequence[Told], int]]:
    """Those whom the picture names, and how many others; the nearest first, last (0) in no circle yet."""
    in_circles: dict[int, list[Told]] = {circle: [] for circle in (*CIRCLES, 0)}
    for tie in on_the_map(told):
        in_circles[tie["circle"] or 0].append(tie)
    found: list[tuple[int, Sequence[Told], int]] = []
    for circle, there in in_circles.items():
        listed = [tie for tie in there if tie["tie"] in named]
        if there:
            found.append((circle, listed, len(there) - len(listed)))
    return found


def who_knows_whom(told: Told) -> Mapping[str, Sequence[str]]:
    """Tie -> the names of those it is known to know."""
    names = {tie["tie"]: tie["name"] for tie in on_the_map(told)}
    knows: dict[str, list[str]] = {}
    for one, other in told["lines"]:
        if one in names and other in names:
            knows.setdefault(one, []).append(names[other])
            knows.setdefault(other, []).append(names[one])
    return knows


def shown_now(told: Told, today: date) -> Sequence[Told]:
    """To whom she shows her map today; told to her alone."""
    return [s for s in told["sharings"] if not s["until"] or s["until"] >= today.isoformat()]


def audience(frame: Frame, subject: Subject, sharings: Sequence[Told]) -> Mapping[str, str]:
    """Names of those around her, for the sharings that name somebody."""
    if not subject.hers or not any(s["audience"] for s in sharings):
        return {}
    return frame.names_around(subject)


def who_reads(subject: Subject, told: Told, today: date, tie: Told | None = None) -> str:
    """Who can read what is written here, as the words beside each field say it."""
    if not subject.hers:
        return "noted"
    kept = tie is not None and tie["visibility"] == "just_me"
    return "chosen" if shown_now(told, today) and not kept else "just_me"
