"""Coming in and leaving: sign-in, sign-out, language, look, and the quick way out."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.frame import LANGUAGE, LOOK, LOOKS, Frame
from services.portal.provider import SignInFailed
from shared.http.language import nearest
from shared.kernel import NotFound

A_YEAR = 365 * 24 * 3600
NOBODY_HERE, AWAY = (403, 404), 500


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("entrance", __name__)

    @blueprint.get("/welcome")
    def welcome() -> Response:
        """Where one signs in: what this is, before anything is asked."""
        return frame.page("welcome.html", next=near(request.args.get("next", "/")))

    @blueprint.get("/sign-in")
    def sign_in() -> AnyResponse:
        """Only whoever was here last goes on without a word: this may be another's device."""
        return begin(near(request.args.get("next", "/")), frame.visitor().party)

    @blueprint.get("/sign-in/back")
    def back() -> AnyResponse:
        kept = frame.signing_in.read(request)
        to = near(kept.get("next", "/"))
        try:
            granted = frame.sign_ins.end(kept, request.args)
            visitor = frame.visitor_of(granted)
        except (SignInFailed, Problem) as error:
            return not_in(error, to)
        if kept.get("last") not in ("", None, visitor.party):
            return begin(to, "")  # another signed in at the provider since: who is it now?
        response = frame.kept(visitor, redirect(to, 303))
        for cookie in (frame.signing_in, frame.poster):
            cookie.clear(response)
        return response

    def begin(to: str, last: str) -> AnyResponse:
        begun = frame.sign_ins.begin(f"{frame.url}/sign-in/back", frame.locale(), anew=not last)
        response = redirect(begun.url, 303)
        frame.signing_in.write(response, {**begun.kept, "next": to, "last": last})
        return response

    def not_in(error: SignInFailed | Problem, to: str) -> Response:
        """Given up at the provider, or nobody known here: said, with the way to begin again."""
        sentence = frame.say(why_not(error))
        answer = frame.page("not_in.html", status=error.status, sentence=sentence, next=to)
        frame.signing_in.clear(answer)
        return answer

    @blueprint.get("/signed-in")
    def signed_in() -> Response:
        """Where a sign-in ends that was made beside a page whose words still wait."""
        return frame.page("signed_in.html")

    @blueprint.post("/sign-out")
    def sign_out() -> AnyResponse:
        """Also at the provider, which would let the next one in as her."""
        session = frame.visitor().session
        return leave(frame, frame.sign_ins.leaving(session, f"{frame.url}/welcome") or "/welcome")

    @blueprint.route("/away", methods=["GET", "POST"])
    def away() -> AnyResponse:
        """One tap: nothing of hers stays on the screen, and something harmless is there instead."""
        return leave(frame, frame.away)

    @blueprint.post("/language")
    def language() -> AnyResponse:
        told = nearest(request.form.get("language", "")) or "fr"
        return remembered(LANGUAGE, told)

    @blueprint.post("/look")
    def look() -> AnyResponse:
        told = request.form.get("look", "")
        return remembered(LOOK, told if told in LOOKS else "")

    def remembered(name: str, told: str) -> AnyResponse:
        response = redirect(near(request.form.get("back", "/")), 303)
        secure = frame.url.startswith("https:")
        response.set_cookie(name, told, max_age=A_YEAR, samesite="Lax", secure=secure)
        return response

    @blueprint.get("/favicon.ico")
    def icon() -> AnyResponse:
        raise NotFound("route.unknown")

    return blueprint


def leave(frame: Frame, to: str) -> AnyResponse:
    response = redirect(to, 303)
    for cookie in (frame.signed_in, frame.signing_in, frame.said, frame.poster):
        cookie.clear(response)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def why_not(error: SignInFailed | Problem) -> str:
    """Why a sign-in did not end here, as a code."""
    if isinstance(error, SignInFailed):
        return error.code
    if error.status in NOBODY_HERE:
        return "sign_in.unknown_here"
    return "sign_in.did_not_work" if error.status < AWAY else "errors.later"


def near(address: str) -> str:
    """A place of the portal; anywhere else would be somebody's trap."""
    # a browser leaves out control characters, and takes a backslash for a slash
    plain = address.isprintable() and "\\" not in address
    return address if plain and address.startswith("/") and not address.startswith("//") else "/"
