"""A sharing meeting on one screen: what she shows, what others see, what is said of it, who signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import RULES_AND_RIGHTS, Form, act_of
from services.portal.frame import Frame
from services.portal.pages.life_portraits import Portraits
from services.portal.pages.together_people import around
from services.portal.pictures.sitting import Portrait, Theme
from services.portal.subject import Subject

HELD = "assessment.sharing_meeting_held"
PARTS = ("discussed", "agreed", "disagreed", "witnessed")


def pages(frame: Frame) -> Blueprint:
    prefix = "/persons/<uuid:person>/together/meeting"
    blueprint = Blueprint("together_meeting", __name__, url_prefix=prefix)
    portraits = Portraits(frame)

    @blueprint.get("")
    def latest(person: UUID) -> AnyResponse:
        subject = frame.subject(person)
        newest = portraits.newest(subject, "quality_of_life")
        if not newest:
            return frame.page("together_meeting_none.html", subject=subject)
        return show(subject, newest[-1], Form())

    @blueprint.get("/<uuid:assessment>")
    def one(person: UUID, assessment: UUID) -> AnyResponse:
        subject = frame.subject(person)
        return show(subject, portraits.one(subject, assessment), Form())

    @blueprint.post("/<uuid:assessment>/<any(threads, put_offs):what>")
    def say(person: UUID, assessment: UUID, what: str) -> AnyResponse:
        """A word about a theme, the visitor's own or noted for her; or not today."""
        form = Form.of(request.form)
        path = "threads" if what == "threads" else "threads/put-offs"
        body: dict[str, Any] = {"theme": form["theme"]}
        if form["words"]:
            body["words"] = form["words"]
        code = "together.said" if what == "threads" else "together.another_day"
        return kept(person, assessment, path, body, form, code)

    @blueprint.post("/<uuid:assessment>/held")
    def held(person: UUID, assessment: UUID) -> AnyResponse:
        """That it was talked over: which themes, who took part and how, who led."""
        form = Form.of(request.form)
        body: dict[str, Any] = {"themes": form.all("themes")}
        body |= {name: form[name] for name in ("words", "led_by") if form[name]}
        took_part = contributors(form)
        if not took_part:
            subject = frame.subject(person)
            wrong = form.amiss({"took_part": frame.say("together.took_part_first")})
            return show(subject, portraits.one(subject, assessment), wrong, 422)
        body["act"] = {"setting": "meeting", "contributors": took_part}
        return kept(person, assessment, "meetings", body, form, "together.held_now")

    def kept(
        person: UUID, assessment: UUID, path: str, body: dict[str, Any], form: Form, code: str
    ) -> AnyResponse:
        subject = frame.subject(person)
        if form["whose"] == "hers":
            body |= act_of(form, subject)
        try:
            frame.ask().send(
                f"assessment/persons/{person}/assessments/{assessment}/{path}", body, key=form.key
            )
        except Problem as problem:
            wrong = form.wrong(problem, RULES_AND_RIGHTS)
            return show(subject, portraits.one(subject, assessment), wrong, status=422)
        here = f"/persons/{person}/together/meeting/{assessment}"
        return frame.done(f"{here}#signing" if path == "meetings" else here, code)

    def show(subject: Subject, portrait: Portrait, form: Form, status: int = 200) -> AnyResponse:
        near, visitor = around(frame, subject), frame.visitor()
        names = {**near.names, visitor.party: visitor.name, subject.id: subject.name}
        return frame.page(
            "together_meeting.html",
            status=status,
            subject=subject,
            portrait=portrait,
            form=form,
            empty=Form(),
            names=names,
            present={subject.id: subject.name, **near.team, visitor.party: visitor.name},
            first=first_of_all(portrait),
            others=[t for t in portrait.themes if t.said and not worth_talking(t)],
            differs=differs,
            meetings=meetings(subject, portrait),
            parts=PARTS,
        )

    def meetings(subject: Subject, portrait: Portrait) -> Sequence[Mapping[str, Any]]:
        """Each with whoever took part, and whether they signed; as the trail tells it, when it does."""
        told = portrait.told["meetings"]
        if not told:
            return ()
        ask, path = frame.ask(), f"reporting/persons/{subject.id}/trail"
        trail = ask.maybe(
            lambda: ask.get(path, stream=portrait.id, type=HELD, order="newest", limit=50),
            {"entries": ()},
        )
        known = {entry["entry"]: entry for entry in trail["entries"]}
        return [{**one, "signed": signed(one, known.get(one["entry"]))} for one in told[::-1]]

    return blueprint


def contributors(form: Form) -> list[dict[str, str]]:
    """Everyone ticked, each with the part they say they took."""
    ticked = form.all("took_part")
    return [
        {"party": party, "part": part if (part := form[f"part-{party}"]) in PARTS else PARTS[0]}
        for party in ticked
    ]


def signed(meeting: Mapping[str, Any], entry: Mapping[str, Any] | None) -> Mapping[str, str]:
    """Party -> attestation; before the trail has read it, whoever wrote it has signed, nobody else."""
    if entry is not None:
        return {one["party"]: one["attestation"] for one in entry["contributors"]}
    parties = dict.fromkeys(meeting["parties"], "claimed")
    return {**parties, meeting["author"]: "own"}


def first_of_all(portrait: Portrait) -> Sequence[Theme]:
    """Her stars in her order, then what is talked about or seen differently."""
    rest = (t for t in portrait.themes if worth_talking(t) and not t.star)
    return [*portrait.stars, *rest]


def worth_talking(theme: Theme) -> bool:
    return bool(theme.star or theme.thread or differs(theme))


def differs(theme: Theme) -> bool:
    """A view says another figure than she does: said, never weighed."""
    figures = (view["value"] for view in theme.views)
    return theme.value is not None and any(f is not None and f != theme.value for f in figures)
