"""Signing one entry, with a sign-in of one's own made for it, also on somebody else's device.

Whoever signs shows at the provider that it is they; the entry is confirmed with the token of that
sign-in, which is then thrown away. Whose page it was stays signed in, and can sign for nobody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.frame import Frame
from services.portal.pages.entrance import near, why_not
from services.portal.provider import SignInFailed
from services.portal.visitor import Visitor
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
        # a provider that knows the holder would let nobody else in
        first = frame.sign_ins.leaving(holder.session, f"{frame.url}/signatures/go")
        response = redirect(first or begun.url, 303)
        kept = {
            **begun.kept,
            "what": what,
            "next": near(request.form.get("back", "/")),
            "holder": holder.party,
            "by": request.form.get("by", ""),  # who is to sign, where the page names one person
            "then": begun.url,
        }
        frame.signing_in.write(response, kept)
        return response

    @blueprint.get("/signatures/go")
    def go() -> AnyResponse:
        """From the provider, which has forgotten the holder, to its page for whoever signs."""
        then = frame.signing_in.read(request).get("then")
        if not then:
            raise SignInFailed("sign_in.not_begun_here")
        return redirect(then, 303)

    @blueprint.get("/signatures/back")
    def back() -> AnyResponse:
        kept = frame.signing_in.read(request)
        ended = {"next": near(kept.get("next", "/"))}
        try:
            granted = frame.sign_ins.end(kept, request.args)
        except SignInFailed as error:
            return end({**ended, "sentence": frame.say(why_not(error))})
        try:
            signer = frame.visitor_of(granted)
        except Problem as problem:
            signer, ended["sentence"] = Visitor(), frame.say(why_not(problem))
        else:
            ended |= {"name": signer.name, "sentence": signed(kept, granted.token, signer)}
        if signer.party == kept.get("holder"):
            return frame.kept(signer, end(ended))
        # nobody goes on here as whoever came to sign
        away = frame.sign_ins.leaving(granted.session, f"{frame.url}/signatures/done")
        if not away:
            return end(ended)
        answer = redirect(away, 303)
        frame.signing_in.write(answer, ended)
        return answer

    @blueprint.get("/signatures/done")
    def done() -> AnyResponse:
        return end(frame.signing_in.read(request))

    def signed(kept: Mapping[str, Any], token: str, signer: Visitor) -> str:
        """Nothing, or the sentence that says why it is not signed."""
        if kept.get("by") not in ("", None, signer.party):
            return frame.say("signing.another")
        own = signer.party == kept.get("holder")
        ask = frame.apis.asked_by(token, frame.locale())
        try:
            ask.send(path_of(kept), {"device": "own" if own else "writers"})
        except Problem as problem:
            return (
                frame.say("signing.not_theirs")
                if problem.status == 404
                else problem.sentence or frame.say("errors.later")
            )
        return ""

    def end(told: Mapping[str, Any]) -> AnyResponse:
        to, sentence = near(told.get("next", "/")), told.get("sentence", "")
        if sentence:
            answer: AnyResponse = frame.page(
                "not_signed.html", status=409, sentence=sentence, to=to
            )
        elif told.get("name"):
            answer = frame.done(to, "signing.done", name=told["name"])
        else:
            answer = redirect(to, 303)
        frame.signing_in.clear(answer)
        return answer

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
