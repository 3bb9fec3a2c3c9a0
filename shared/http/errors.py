"""Every answer that is not the one hoped for: RFC 9457 problems, in the reader's language."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar
from uuid import uuid4

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import RequestRedirect

from shared.http.complaints import Trouble
from shared.http.language import asked_locale
from shared.http.messages import Sentences
from shared.kernel import Refused
from shared.telemetry.words import Word

PROBLEM = "application/problem+json"
OF_HEADERS = ("If-Match", "Idempotency-Key", "Authorization", "Accept-Language")
MOST_ERRORS = 50  # a body wrong in a thousand places is told of the first ones
RETRY_AFTER = "5"
log = logging.getLogger(__name__)

# what the framework refuses by itself, as codes of ours
FRAMEWORK = {
    400: "request.unreadable",
    404: "route.unknown",
    405: "method.not_allowed",
    406: "request.unreadable",
    408: "request.too_slow",
    412: "version.stale",
    413: "body.too_large",
    414: "route.too_long",
    415: "body.not_json_type",
    429: "requests.too_many",
    431: "headers.too_large",
    503: "server.unavailable",
}


class Unreadable(Refused):
    """What was sent is no request this API can read: bad JSON, bad encoding, too deep."""

    status = 400


class SignInNeeded(Refused):
    """No token, or one that does not hold."""

    status = 401


class WrongType(Refused):
    """A body that is not declared as JSON."""

    status = 415


class TooMany(Refused):
    """More requests than one caller may make."""

    status = 429


class Unavailable(Refused):
    """Something this service needs does not answer just now."""

    status = 503


class Misfit(Refused):
    """Fields of the request do not fit: each with where it stands and what to do."""

    status: ClassVar[int] = 422

    def __init__(self, found: Iterable[Trouble], *, where: str = "body") -> None:
        super().__init__("request.invalid")
        self.troubles: Sequence[Trouble] = tuple(found)[:MOST_ERRORS]
        self.where = where


class Answers:
    """The problem for every way in which a request can end other than hoped."""

    def __init__(self, sentences: Sentences) -> None:
        self.sentences = sentences

    def refused(self, error: Refused) -> Response:
        return problem(self.sentences, error)

    def framework(self, error: HTTPException) -> Response | HTTPException:
        if isinstance(error, RequestRedirect) or error.response is not None:
            return error
        status = error.code or 500
        if status == 500:
            return self.unexpected(getattr(error, "original_exception", None) or error)
        told = Refused(FRAMEWORK.get(status, "request.unreadable"))
        answer = problem(self.sentences, told, status=status)
        if isinstance(error, MethodNotAllowed) and error.valid_methods:
            answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))
        return answer

    def away(self, error: Exception) -> Response:
        log.warning("unavailable: %s", error)
        return problem(self.sentences, Unavailable("server.unavailable"))

    def unexpected(self, error: BaseException) -> Response:
        # the reference leads to the log; nothing of the error itself leaves the house
        reference = uuid4()
        log.error("unexpected error %s", Word(reference), exc_info=error)
        told = Refused("server.unexpected", reference=reference)
        return problem(self.sentences, told, status=500, instance=f"urn:uuid:{reference}")


def answer_problems(
    app: Flask, sentences: Sentences, unavailable: tuple[type[Exception], ...] = ()
) -> None:
    """Make every refusal and error of an application a problem.

    `unavailable` names what means that a database or another service is away: 503, not 500.
    """
    answers = Answers(sentences)
    app.register_error_handler(Refused, answers.refused)
    app.register_error_handler(HTTPException, answers.framework)
    for kind in unavailable:
        app.register_error_handler(kind, answers.away)
    app.register_error_handler(Exception, answers.unexpected)


def problem(
    sentences: Sentences, told: Refused, *, status: int | None = None, instance: str | None = None
) -> Response:
    """The answer for a refusal. No `instance` but for the unexpected: two refusals of the same
    kind must be the same bytes, so that a foreign id reads like one that never existed.
    """
    status, locale = status or told.status, asked_locale()
    body: dict[str, Any] = {
        "type": f"urn:cosigne:problem:{told.code}",
        "title": sentences.say(f"title.{status}", locale),
        "status": status,
        "detail": sentences.say(told.code, locale, {"field": told.field or "", **told.values}),
        "code": told.code,
    }
    errors = list(fields_of(sentences, told, locale))
    if errors:
        body["errors"] = errors
    if instance:
        body["instance"] = instance
    answer = Response(current_app.json.dumps(body), status, content_type=PROBLEM)
    answer.headers["Content-Language"] = locale
    if status == 503:
        answer.headers["Retry-After"] = RETRY_AFTER
    if status == 401:
        answer.headers["WWW-Authenticate"] = challenge(told)
    return answer


def fields_of(sentences: Sentences, told: Refused, locale: str) -> Iterable[Mapping[str, str]]:
    """One entry a field: its name, where it stands, and what to do about it."""
    if isinstance(told, Misfit):
        found, where = told.troubles, told.where
    elif told.field:
        found = (Trouble(tuple(told.field.split(".")), told.code, told.values),)
        where = place_of(told.field)
    else:
        return
    for one in found:
        detail = sentences.say(one.code, locale, {"field": one.name, **one.values})
        entry = {"field": one.name, "code": one.code, "detail": detail}
        yield {**entry, "pointer": one.pointer} if where == "body" else {**entry, "in": where}


def place_of(field: str) -> str:
    """Where a refused field was sent: what is read has a query, what is done has a body."""
    if field in OF_HEADERS:
        return "header"
    return "query" if request.method in ("GET", "HEAD") else "body"


def challenge(told: Refused) -> str:
    if told.code == "sign_in.needed":
        return 'Bearer realm="cosigne"'
    return f'Bearer realm="cosigne", error="invalid_token", error_description="{told.code}"'
