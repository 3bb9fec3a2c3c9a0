"""One tie: how it is, as she says; what she gives and gets; where it stands; what is said about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid5

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import RULES, Form, act_of
from services.portal.frame import Frame
from services.portal.pages.network import (
    circle_of,
    given,
    lived,
    path_of,
    today_of,
    who_knows_whom,
    who_reads,
)
from services.portal.pictures.network import Told, on_the_map
from services.portal.subject import Subject
from shared.kernel import NotFound

Body = Callable[[Form], dict[str, Any]]
# what can be said of a tie, and how its form becomes what is sent
SAID: Mapping[str, Body] = {
    "places": lambda form: given(form, "relation") | circle_of(form),
    "names": lambda form: {"name": form["name"]},
    "ratings": lambda form: given(form, "quality", "closeness", "line"),
    "support": lambda form: (
        given(form, "words") | {"received": form.all("received"), "given": form.all("given")}
    ),
    "contact": lambda form: given(form, "often", "words") | {"means": form.all("means")},
    "threads": lambda form: {"words": form["words"]},
    "endings": lambda form: given(form, "reason"),
    "resumptions": lambda _form: {},
    "visibility": lambda form: {"visibility": form["visibility"]},
}
HERS = ("ratings", "visibility")  # never said for her, not even in her name


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint(
        "network_tie", __name__, url_prefix="/persons/<uuid:person>/network/<uuid:tie>"
    )

    @blueprint.get("")
    def read(person: UUID, tie: UUID) -> AnyResponse:
        return show(person, tie, "", Form())

    @blueprint.post(f"/<any({', '.join(SAID)}):what>")
    def say(person: UUID, tie: UUID, what: str) -> AnyResponse:
        subject, form = frame.subject(person), Form.of(request.form)
        if what in HERS and not subject.hers:
            raise NotFound("route.unknown")
        body = SAID[what](form)
        # words of a thread are always the writer's own
        if what != "threads" or subject.hers:
            body |= lived(form, subject)
        try:
            frame.ask().send(path_of(person, "ties", tie, what), body, key=form.key)
        except Problem as problem:
            return show(person, tie, what, form.wrong(problem, RULES), status=422)
        return kept(person, tie, subject, form, f"network.{what}.kept")

    @blueprint.post("/acquaintances")
    def connect(person: UUID, tie: UUID) -> AnyResponse:
        """Whom of her people this one knows: lines come and go as she ticks.

        Only where she ticked otherwise than the page she read: what came since then stays.
        """
        subject, form = frame.subject(person), Form.of(request.form)
        told = frame.ask().get(path_of(person))
        known = {other for line in told["lines"] if str(tie) in line for other in line}
        read, wanted = set(form.all("known")), set(form.all("other"))
        for other in (t["tie"] for t in on_the_map(told) if t["tie"] != str(tie)):
            if (other in wanted) in (other in read, other in known):
                continue
            path = path_of(person, "lines" if other in wanted else "lines/removals")
            pair = {"one": str(tie), "other": other}
            frame.ask().send(path, pair | act_of(form, subject), key=part_of(form, other))
        return kept(person, tie, subject, form, "network.lines.kept")

    def kept(person: UUID, tie: UUID, subject: Subject, form: Form, code: str) -> AnyResponse:
        to = f"/persons/{person}/network"
        if form["back"] != "map":
            # what was noted of a tie that is not shown to whoever noted it has no page for them
            to = f"{to}/{tie}" if subject.hers or seen(person, tie) else to
        return frame.done(to, code if subject.hers else "network.noted")

    def seen(person: UUID, tie: UUID) -> bool:
        told = frame.ask().maybe(lambda: frame.ask().get(path_of(person)), {"ties": ()})
        return any(one["tie"] == str(tie) for one in told["ties"])

    def show(person: UUID, tie: UUID, what: str, form: Form, status: int = 200) -> AnyResponse:
        subject, today = frame.subject(person), today_of(frame)
        told = frame.ask().get(path_of(person))
        one = next((t for t in told["ties"] if t["tie"] == str(tie)), None)
        if one is None:
            raise NotFound("route.unknown")
        return frame.page(
            "network_tie.html",
            status=status,
            subject=subject,
            tie=one,
            others=[t for t in on_the_map(told) if t["tie"] != str(tie)],
            known={other for line in told["lines"] if str(tie) in line for other in line},
            knows=who_knows_whom(told),
            opened=what,
            forms={name: form if name == what else Form() for name in SAID},
            form=form,
            writers=writers(subject, one),
            may=subject.hers or subject.accompanied,
            who=who_reads(subject, told, today, one),
        )

    def writers(subject: Subject, one: Told) -> Mapping[str, str]:
        """The names of those who wrote in the thread; hers is known."""
        named = {subject.id: subject.name}
        if all(said["author"] in named for said in one["thread"]):
            return named
        return {**frame.names_around(subject), **named}

    return blueprint


def part_of(form: Form, other: str) -> str:
    """Of one form that says several things, a key for each: sent twice, each is kept once."""
    return str(uuid5(UUID(form.key), other)) if form.key else ""
