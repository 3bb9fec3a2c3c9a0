"""Signing one entry, with a sign-in of one's own made for it, also on somebody else's device.

Whoever signs shows at the provider that it is they; the entry is confirmed with the token of that
sign-in, which is then thrown away. Whose page it was stays signed in, and can sign for nobody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.frame import Frame
from services.portal.pages.entrance import near
from shared.kernel import Refused

# what can be signed: its name here, and the stream its entries stand in
STREAMS = {
    "assessment": "assessment/persons/{person}/assessments/{thing}",
    "resources": "assessment/persons/{person}/resources",
    "network": "network/persons/{person}/network",
    "plan": "plans/persons/{person}/plans/{thing}",
    "directory": "directory/persons/{person}",
    "summary": "reporting/persons/{person}/summaries/{thing}",
}


class CannotSign(Refused):
    """What was asked to be signed is nothing that can be."""

    status = 400


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("signing", __name__)

    @blueprint.post("/persons/<uuid:person>/signatures")
    def begin(person: UUID) -> AnyResponse:
        """Asks whoever signs to sign in, whoever is signed in here."""
        holder = frame.someone()
        what = what_of(request.form, person)
        begun = frame.sign_ins.begin(f"{frame.url}/signatures/back", frame.locale(), anew=True)
        response = redirect(begun.url, 303)
        back = near(request.form.get("back", "/"))
        by = request.form.get("by", "")  # who is to sign, where the page names one person
        kept = {**begun.kept, "what": what, "next": back, "holder": holder.party, "by": by}
        frame.signing_in.write(response, kept)
        return response

    @blueprint.get("/signatures/back")
    def back() -> AnyResponse:
        kept = frame.signing_in.read(request)
        granted = frame.sign_ins.end(kept, request.args)
        signer = frame.visitor_of(granted.token, granted.until)
        to = near(kept.get("next", "/"))
        own = signer.party == kept.get("holder")
        if kept.get("by") not in ("", None, signer.party):
            answer: AnyResponse = frame.page(
                "not_signed.html", status=409, sentence=frame.say("signing.another"), to=to
            )
            frame.signing_in.clear(answer)
            return answer
        try:
            frame.apis.asked_by(granted.token, frame.locale()).send(
                path_of(kept), {"device": "own" if own else "writers"}
            )
        except Problem as problem:
            answer = not_signed(problem, to)
        else:
            answer = frame.done(to, "signing.done", name=signer.name)
            if own:
                frame.kept(signer, answer)
        frame.signing_in.clear(answer)
        return answer

    def not_signed(problem: Problem, to: str) -> Response:
        sentence = frame.say("signing.not_theirs") if problem.status == 404 else problem.sentence
        return frame.page("not_signed.html", status=409, sentence=sentence, to=to)

    return blueprint


def what_of(form: Mapping[str, str], person: UUID) -> dict[str, str]:
    """Which entry is signed; ids only, so that a form can name nothing else."""
    stream, entry, thing = form.get("stream", ""), form.get("entry", ""), form.get("thing", "")
    try:
        ids = {"entry": str(UUID(entry)), "thing": str(UUID(thing)) if thing else ""}
    except ValueError:
        raise CannotSign("signing.unknown") from None
    if stream not in STREAMS:
        raise CannotSign("signing.unknown")
    return {"stream": stream, "person": str(person), **ids}


def path_of(kept: Mapping[str, Any]) -> str:
    what = kept.get("what")
    if not what:
        raise CannotSign("signing.unknown")
    return f"{STREAMS[what['stream']].format(**what)}/entries/{what['entry']}/confirmations"
