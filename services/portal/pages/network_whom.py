"""Who knows whom around her, and among whom that was asked: no line is not the same as not asked."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import RULES, Form, act_of
from services.portal.frame import Frame
from services.portal.pages.network import path_of
from services.portal.pictures.network import Told, on_the_map


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint(
        "network_whom", __name__, url_prefix="/persons/<uuid:person>/network/who-knows-whom"
    )

    @blueprint.get("")
    def read(person: UUID) -> AnyResponse:
        return show(person, Form())

    @blueprint.post("/<any(lines, removals, asked):what>")
    def say(person: UUID, what: str) -> AnyResponse:
        subject, form = frame.subject(person), Form.of(request.form)
        path = {"lines": "lines", "removals": "lines/removals", "asked": "alter-ties-asked"}[what]
        said = (
            {"ties": form.all("ties")}
            if what == "asked"
            else {"one": form["one"], "other": form["other"]}
        )
        try:
            frame.ask().send(path_of(person, path), said | act_of(form, subject), key=form.key)
        except Problem as problem:
            return show(person, form.wrong(problem, RULES), status=422)
        code = f"network.{what}.kept" if subject.hers else "network.noted"
        return frame.done(f"/persons/{person}/network/who-knows-whom", code)

    def show(person: UUID, form: Form, status: int = 200) -> AnyResponse:
        subject = frame.subject(person)
        told = frame.ask().get(path_of(person))
        return frame.page(
            "network_whom.html",
            status=status,
            subject=subject,
            form=form,
            told=told,
            people=on_the_map(told),
            pairs=pairs_of(told),
            may=subject.hers or subject.accompanied,
        )

    return blueprint


def pairs_of(told: Told) -> Sequence[tuple[Told, Told]]:
    """Two by two, those who know each other and are on the map."""
    of = {tie["tie"]: tie for tie in on_the_map(told)}
    return [(of[one], of[other]) for one, other in told["lines"] if one in of and other in of]
