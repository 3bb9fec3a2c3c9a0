"""Then and now: two of her portraits side by side, and one theme over the years."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import Form, act_of
from services.portal.frame import Frame
from services.portal.pages.life_portraits import Portraits
from services.portal.pictures.over_time import line_of
from services.portal.pictures.portrait import compared, outline
from shared.kernel import NotFound

JUDGEMENTS = (
    "better",
    "maintained_as_i_wish",
    "same_hoped_for_more",
    "up_and_down",
    "harder",
    "too_early",
    "not_for_me",
    "rather_not_say",
)
EXPECTED = ("yes", "partly", "no", "surprise")
THANKS_TO = ("me", "people", "service", "life", "rules", "unknown")


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("life_over_time", __name__, url_prefix="/persons/<uuid:person>/life")
    portraits = Portraits(frame)

    @blueprint.get("/compare")
    def compare(person: UUID) -> AnyResponse:
        before, after = (uuid_of(request.args.get(which, "")) for which in ("before", "after"))
        return side_by_side(person, before, after, Form())

    @blueprint.post("/<uuid:assessment>/changes")
    def judge(person: UUID, assessment: UUID) -> AnyResponse:
        """What has changed since the earlier one, as she judges it: no figure says it for her."""
        form, subject = Form.of(request.form), frame.subject(person)
        before = uuid_of(form["before"])
        since = portraits.one(subject, before).told["opened_at"][:10]
        body = {name: form[name] for name in ("theme", "judgement", "expected", "words")}
        body = {name: told for name, told in body.items() if told}
        thanks_to = form.all("thanks_to")
        path = f"assessment/persons/{person}/assessments/{assessment}/changes"
        asked = {**body, "since": since, "thanks_to": thanks_to, **act_of(form, subject)}
        try:
            frame.ask().send(path, asked, key=form.key)
        except Problem as problem:
            return side_by_side(person, before, assessment, form.wrong(problem), status=422)
        here = f"/persons/{person}/life/compare?before={before}&after={assessment}"
        return frame.done(here, "life.judged")

    def side_by_side(
        person: UUID, before: UUID, after: UUID, form: Form, status: int = 200
    ) -> AnyResponse:
        subject = frame.subject(person)
        path = f"assessment/persons/{person}/comparisons"
        told = frame.ask().get(path, before=before, after=after)
        later = portraits.one(subject, after)
        return frame.page(
            "life_compare.html",
            status=status,
            subject=subject,
            portrait=later,
            told=told,
            form=form,
            compared=compared(later, told),
            outline=outline,
            judgements=[(one, frame.say(f"life.change.{one}")) for one in JUDGEMENTS],
            expected=[(one, frame.say(f"life.expected.{one}")) for one in EXPECTED],
            thanks_to=[(one, frame.say(f"life.thanks_to.{one}")) for one in THANKS_TO],
        )

    @blueprint.get("/<uuid:assessment>/<theme>/over-time")
    def over_time(person: UUID, assessment: UUID, theme: str) -> AnyResponse:
        subject = frame.subject(person)
        portrait = portraits.one(subject, assessment)
        asked = portrait.theme(theme)
        path = f"assessment/persons/{person}/themes/{asked.asked['meaning']}/answers"
        answers = frame.ask().get(path)["answers"]
        return frame.page(
            "life_over_time.html",
            subject=subject,
            portrait=portrait,
            theme=asked,
            answers=answers,
            line=line_of(answers, portrait.told["scale"]),
        )

    return blueprint


def uuid_of(told: str) -> UUID:
    try:
        return UUID(told)
    except ValueError:
        raise NotFound("route.unknown") from None
