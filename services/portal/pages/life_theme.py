"""One theme: the question, her answer, her star, what was noted in her name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import Form, act_of
from services.portal.frame import Frame
from services.portal.pages.life_answers import (
    Amiss,
    asked_of,
    by_the_answer,
    filled,
    standing,
    who_reads,
    whole,
)
from services.portal.pages.life_portraits import Portraits

ANSWER = "answer"


def pages(frame: Frame) -> Blueprint:
    prefix = "/persons/<uuid:person>/life/<uuid:assessment>/<theme>"
    blueprint = Blueprint("life_theme", __name__, url_prefix=prefix)
    at = ThemePage(frame)

    @blueprint.get("")
    def read(person: UUID, assessment: UUID, theme: str) -> AnyResponse:
        return at.show(person, assessment, theme, Form())

    @blueprint.post("")
    def keep(person: UUID, assessment: UUID, theme: str) -> AnyResponse:
        """Her answer, kept when she says so. Her star has a button there: unkept words stay."""
        form = Form.of(request.form)
        if form["do"] in ("star", "unstar"):
            return star(person, assessment, theme, form)
        subject = frame.subject(person)
        portrait = at.portraits.one(subject, assessment)
        asked = portrait.theme(theme)
        try:
            for sent in asked_of(form, asked):
                key = f"{form.key}-{sent.path}" if form.key else ""
                at.send(person, assessment, sent.path, {**sent.body, **act_of(form, subject)}, key)
        except Amiss as amiss:
            told = {name: frame.say(code) for name, code in amiss.errors.items()}
            return at.show(person, assessment, theme, form.amiss(told), status=422)
        except Problem as problem:
            return at.mended(person, assessment, theme, form, problem)
        if form["do"] != "keep_next":
            return frame.done(at.address(person, assessment, theme), "life.kept")
        if after := portrait.after(asked):
            return frame.done(at.address(person, assessment, after.name), "life.kept")
        sphere = frame.veil.over(assessment, portrait.sphere_of(asked).name)
        return frame.done(f"/persons/{person}/life/{assessment}/spheres/{sphere}", "life.kept")

    def star(person: UUID, assessment: UUID, theme: str, form: Form) -> AnyResponse:
        subject = frame.subject(person)
        path = "stars" if form["do"] == "star" else "stars/removals"
        body: dict[str, Any] = {"theme": theme, **act_of(form, subject)}
        if form["do"] == "star" and (rank := whole(form["rank"])):
            body["rank"] = rank
        try:
            at.send(person, assessment, path, body, form.key)
        except Problem as problem:
            return at.mended(person, assessment, theme, form, problem)
        return at.show(person, assessment, theme, form, kept=f"life.{form['do']}red_now")

    @blueprint.post("/withdrawal")
    def take_back(person: UUID, assessment: UUID, theme: str) -> AnyResponse:
        form, subject = Form.of(request.form), frame.subject(person)
        body = {"theme": theme, **act_of(form, subject)}
        at.send(person, assessment, "ratings/withdrawals", body, form.key)
        return frame.done(at.address(person, assessment, theme), "life.taken_back")

    @blueprint.post("/entries/<uuid:entry>/<any(confirmations, disputes):what>")
    def stand_by(person: UUID, assessment: UUID, theme: str, entry: UUID, what: str) -> AnyResponse:
        """What was noted in her name: it is hers, or it is not so. By her own sign-in."""
        form = Form.of(request.form)
        body = {"device": "own"} if what == "confirmations" else {}
        if form["reason"]:
            body["reason"] = form["reason"]
        try:
            at.send(person, assessment, f"entries/{entry}/{what}", body, form.key)
        except Problem as problem:
            return at.mended(person, assessment, theme, form, problem)
        return frame.done(at.address(person, assessment, theme), f"life.{what}")

    return blueprint


class ThemePage:
    """The page of a theme, shown again with its words when something there is to be mended."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.portraits = Portraits(frame)

    def address(self, person: UUID, assessment: UUID, theme: str) -> str:
        return f"/persons/{person}/life/{assessment}/{self.frame.veil.over(assessment, theme)}"

    def send(
        self, person: UUID, assessment: UUID, path: str, body: Mapping[str, Any], key: str
    ) -> Any:
        whole = f"assessment/persons/{person}/assessments/{assessment}/{path}"
        return self.frame.ask().send(whole, body, key=key)

    def mended(
        self, person: UUID, assessment: UUID, theme: str, form: Form, problem: Problem
    ) -> AnyResponse:
        """The visitor's to mend: the same page again. Raises the problem when it is not."""
        wrong = by_the_answer(form.wrong(problem))
        return self.show(person, assessment, theme, wrong, status=422)

    def show(
        self,
        person: UUID,
        assessment: UUID,
        theme: str,
        form: Form,
        *,
        status: int = 200,
        kept: str = "",
    ) -> AnyResponse:
        subject = self.frame.subject(person)
        portrait = self.portraits.one(subject, assessment)
        asked = portrait.theme(theme)
        which = form["form"] or ANSWER
        answering = form if which == ANSWER else Form()
        # of an answer of two parts the first may be kept: sent again it is the same
        again = {"key": answering.key} if status != 200 and answering.key else {}
        return self.frame.page(
            "life_theme.html",
            status=status,
            subject=subject,
            portrait=portrait,
            theme=asked,
            sphere=portrait.sphere_of(asked),
            after=portrait.after(asked),
            form=form,
            forms={which: form},
            empty=Form(),
            filled=filled(answering, asked, portrait) if subject.hers or answering.given else {},
            who=who_reads(asked, portrait, team=subject.hers and self.portraits.team(subject)),
            standing=standing(asked),
            names=self.portraits.names(subject, portrait.told),
            around=self.portraits.around(subject) if subject.hers else {},
            kept=kept,
            **again,
        )
