"""What was noted in the reader's name and waits for a word; « later » costs nothing and is not kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.forms import Form
from services.portal.frame import Frame
from services.portal.pages.signing import path_of, what_of
from services.portal.subject import Subject

AT_MOST = 50
SERVICES = {"plans": "plan", "network": "network", "directory": "directory"}
NAMED = ("strength_", "aspiration_")
ANSWERS = {"confirmations": "together.confirmed", "disputes": "together.disputed"}


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint(
        "together_waiting", __name__, url_prefix="/persons/<uuid:person>/together"
    )

    @blueprint.post("/<any(confirmations, disputes):answer>")
    def answered(person: UUID, answer: str) -> AnyResponse:
        """By the visitor's own sign-in, for the visitor alone; why it was not so, only if they wish."""
        form = Form.of(request.form)
        frame.subject(person)
        path = path_of({"what": what_of(form.given, person)}).removesuffix("confirmations")
        why = {"reason": form["reason"]} if answer == "disputes" and form["reason"] else {}
        frame.ask().send(f"{path}{answer}", why, key=form.key)
        return frame.done(f"/persons/{person}/together#waiting", ANSWERS[answer])

    return blueprint


def waiting(frame: Frame, subject: Subject) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Decisions noted in the visitor's name, and actions that fall to the visitor."""
    ask, me = frame.ask(), frame.visitor().party
    hers = f"persons/{subject.id}"
    noted = ask.maybe(
        lambda: ask.get(
            f"reporting/{hers}/trail",
            contributor=me,
            attestation="claimed",
            decisions="true",
            order="newest",
            limit=AT_MOST,
        ),
        {"entries": ()},
    )
    falls = ask.maybe(lambda: ask.get(f"plans/{hers}/waiting"), {"waiting": ()})
    return {
        "noted": [
            {**entry, "stands": where(entry)} for entry in noted["entries"] if not entry["dispute"]
        ],
        "actions": [one for one in falls["waiting"] if one["what"] == "accept"],
    }


def where(entry: Mapping[str, Any]) -> str:
    """The stream that an entry is answered in, by its name in `signing`."""
    service, _, kind = str(entry["type"]).partition(".")
    if service == "assessment":
        return "resources" if kind.startswith(NAMED) else "assessment"
    return SERVICES.get(service, "summary")
