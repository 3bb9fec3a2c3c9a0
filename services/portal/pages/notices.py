"""What is said before, or when one chooses: a list of all texts, each on a screen of its own."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.forms import Form
from services.portal.frame import Frame
from services.portal.notices import CHARTER, FIRST, LINES, VERSION, given, named_in, next_of
from services.portal.pages.entrance import near
from services.portal.subject import Subject
from shared.kernel import NotFound

FORMS = ("screen", "paper", "aloud")


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("notices", __name__)
    prefix = "/persons/<uuid:person>/notices"

    @blueprint.get(prefix)
    def every(person: UUID) -> AnyResponse:
        subject = frame.subject(person)
        return frame.page(
            "notices.html", subject=subject, texts=list(LINES), given=told_to(subject)
        )

    @blueprint.get(f"{prefix}/<text>")
    def one(person: UUID, text: str) -> AnyResponse:
        if text not in LINES:
            raise NotFound("route.unknown")
        subject = frame.subject(person)
        told = told_to(subject)
        codes = named_in(frame.house())
        return frame.page(
            "notice.html",
            subject=subject,
            text=text,
            lines=range(1, LINES[text] + 1),
            names={name: frame.say(code) for name, code in codes.items()},
            given=told.get(text),
            first=FIRST if subject.hers and text in FIRST and next_of(told) else (),
            version=VERSION,
            next=near(request.args.get("next", "")),
        )

    @blueprint.post(f"{prefix}/<text>")
    def give(person: UUID, text: str) -> AnyResponse:
        """Read on the screen by her; or handed over, or read aloud, by someone of her team."""
        form, subject = Form.of(request.form), frame.subject(person)
        body = {
            "text": text,
            "version": VERSION,
            "language": frame.locale(),
            "form": form["form"] if form["form"] in FORMS else "screen",
        }
        frame.ask().send(f"directory/persons/{person}/notices", body, key=form.key)
        to = near(form["next"] or f"/persons/{person}/notices")
        after = next_of({**told_to(subject), text: ""})
        if subject.hers and text in FIRST and after:
            onward = urlencode({"next": to})
            return frame.done(f"/persons/{person}/notices/{after}?{onward}")
        return frame.done(to, "notices.kept")

    @blueprint.get("/charter")
    def charter() -> AnyResponse:
        """How this is used by those who work here."""
        frame.someone()
        return frame.page("charter.html", lines=range(1, CHARTER + 1))

    def told_to(subject: Subject) -> Mapping[str, str]:
        ask = frame.ask()
        told = ask.maybe(lambda: ask.get(f"directory/persons/{subject.id}"), {})
        return given(told.get("notices", ()))

    return blueprint
