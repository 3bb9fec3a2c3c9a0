"""What a page says when it cannot be shown, or when what was written could not be kept."""

from __future__ import annotations

import logging
import re
from urllib.parse import urlencode
from uuid import uuid4

from flask import Flask, Response, jsonify, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.frame import Frame, SignInWanted
from shared.http.errors import PROBLEM
from shared.kernel import Refused
from shared.telemetry.words import Word

log = logging.getLogger(__name__)
LATER = (408, 429, 500, 502, 503, 504)
SIGNED_OUT, NOT_FOUND = 401, (404, 405)
READ = ("GET", "HEAD")
FROM_ELSEWHERE = "request.from_elsewhere"
NOT_WORDS = ("key", "back")
# where people write, each by its name; and what a form says of itself: ids, days, choices
WRITTEN = ("words", "comment", "reason", "name", "relation", "title", "before", "after", "pace")
CODED = re.compile(r"[a-z0-9_:.-]*")


class Errors:
    """Whatever ends a request otherwise than hoped, as a page in plain words."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame

    def wanted(self, _error: SignInWanted) -> AnyResponse:
        if request.method == "GET":
            to = request.full_path.rstrip("?")
            return redirect(f"/sign-in?{urlencode({'next': to})}", 303)
        return self.kept_words("errors.signed_out", SIGNED_OUT)

    def problem(self, error: Problem) -> AnyResponse:
        if error.status == SIGNED_OUT:
            return self.wanted(SignInWanted())
        if request.method != "GET":
            if error.kept_before:
                return self.kept_words("errors.kept_before", error.status, again=False)
            later = "errors.later" if error.status in LATER else ""
            return self.kept_words(later, error.status, error.sentence)
        if error.status in (403, 404):
            return self.page("errors.not_here", 404)
        return self.page("errors.later", 503)

    def refused(self, error: Refused) -> AnyResponse:
        status = int(getattr(error, "status", 400))
        code = "errors.not_here" if status == 404 else error.code
        # what somebody else's page made this browser send is nobody's words
        if request.method in READ or error.code == FROM_ELSEWHERE:
            return self.page(code, status)
        return self.kept_words(code, status)

    def framework(self, error: HTTPException) -> AnyResponse:
        code = error.code or 500
        if 300 <= code < 400:
            return error.get_response()
        if "Authorization" in request.headers:
            return self.told_to_a_program(code)
        if code in NOT_FOUND and request.method not in READ:
            return self.kept_words("errors.not_here", code)
        return self.page("errors.not_here" if code in NOT_FOUND else "errors.not_so", code)

    def told_to_a_program(self, status: int) -> Response:
        """No browser brings a token of its own: who came here by a wrong address reads a problem."""
        sentence = self.frame.say("errors.not_here")
        told = {"type": "about:blank", "status": status, "detail": sentence}
        answer = jsonify({**told, "code": "route.unknown"} if status == 404 else told)
        answer.status_code, answer.mimetype = status, PROBLEM
        return answer

    def unexpected(self, error: Exception) -> AnyResponse:
        # the reference leads to the log; nothing of the error itself is shown
        log.error("unexpected error %s", Word(uuid4()), exc_info=error)
        if request.method != "GET":
            return self.kept_words("errors.later", 500)
        return self.page("errors.later", 500)

    def kept_words(
        self, code: str, status: int, sentence: str = "", *, again: bool = True
    ) -> Response:
        """What was written stands on the page, to be sent again: nothing is lost.

        `again`: under the key it had, so that what was kept all the same, its answer lost on the
        way, is not kept twice.
        """
        given = ((k, v) for k, vs in request.form.lists() for v in vs if k not in NOT_WORDS)
        first = {"key": key} if again and (key := request.form.get("key")) else {}
        return self.frame.page(
            "not_kept.html",
            status=status,
            sentence=self.frame.say(code) if code else sentence,
            words=[(name, told, called(name, told)) for name, told in given],
            sign_in=status == SIGNED_OUT,
            **first,
            to=request.full_path,
        )

    def page(self, code: str, status: int) -> Response:
        sentence = self.frame.say(code)
        return self.frame.page("error.html", status=status, sentence=sentence, status_code=status)


def called(name: str, told: str) -> str:
    """How what was written is called on the page; nothing for what nobody wrote."""
    if name in WRITTEN and told:
        return f"not_kept.field.{name}"
    return "" if CODED.fullmatch(told) else "not_kept.field.words"


def answer_errors(app: Flask, frame: Frame) -> None:
    errors = Errors(frame)
    app.register_error_handler(SignInWanted, errors.wanted)
    app.register_error_handler(Problem, errors.problem)
    app.register_error_handler(Refused, errors.refused)
    app.register_error_handler(HTTPException, errors.framework)
    app.register_error_handler(Exception, errors.unexpected)
