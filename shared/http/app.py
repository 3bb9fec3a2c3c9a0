"""A service as a web application: its routes, its errors, its description, its health."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import flask_smorest
import marshmallow as ma
import orjson
import psycopg
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Blueprint as FlaskBlueprint
from flask import Flask, Response, request
from flask.json.provider import JSONProvider

from shared.http.blueprint import Blueprint
from shared.http.document import Description, Names
from shared.http.errors import PROBLEM, answer_problems
from shared.http.explorer import explorer
from shared.http.health import health
from shared.http.limits import Limits
from shared.http.messages import Sentences
from shared.http.observing import observe
from shared.http.schemas import ProblemSchema
from shared.http.watching import Check, Watch
from shared.kernel import NotFound

LARGEST_BODY = 1024 * 1024
LONGEST_PATH = 1000
# a database that is away, too slow or out of connections: the same request may succeed later
AWAY = (psycopg.OperationalError, psycopg.InterfaceError)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    # what is answered is somebody's: no cache on the way may keep it
    "Cache-Control": "no-store",
}


class Json(JSONProvider):
    """orjson in both directions: ids and moments are written without a detour."""

    def dumps(self, obj: Any, **_: Any) -> str:
        return orjson.dumps(obj, default=plain).decode()

    def loads(self, s: str | bytes, **_: Any) -> Any:
        return orjson.loads(s)

    def response(self, *args: Any, **kwargs: Any) -> Response:
        body = orjson.dumps(self._prepare_response_obj(args, kwargs), default=plain)
        return Response(body, mimetype="application/json")


class Api(flask_smorest.Api):
    """flask-smorest, with our problems instead of its errors and our page instead of its."""

    ERROR_SCHEMA: type[ma.Schema] = ProblemSchema  # type: ignore[assignment]
    DEFAULT_ERROR_RESPONSE_NAME = None  # type: ignore[assignment]  # each is listed by its status

    def _register_error_handlers(self) -> None:
        """Ours are registered by `answer_problems`."""


def service_app(
    name: str,
    title: str,
    blueprints: Iterable[Blueprint],
    *,
    sentences: Sentences,
    pages: Iterable[FlaskBlueprint] = (),
    servers: Sequence[Mapping[str, str]] = ({"url": "/"},),
    description: str = "",
    issuer: str | None = None,
    ready: Mapping[str, Check] | Watch | None = None,
    unavailable: tuple[type[Exception], ...] = AWAY,
    largest_body: int = LARGEST_BODY,
    limits: Limits | None = None,
) -> Flask:
    """One service over HTTP; everything under `/v1`, wherever it is mounted."""
    app = Flask(name, static_folder=None)
    app.json = Json(app)
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    app.config |= {
        "API_TITLE": title,
        "API_VERSION": "v1",
        "OPENAPI_VERSION": "3.1.0",
        "MAX_CONTENT_LENGTH": largest_body,
        "PROPAGATE_EXCEPTIONS": False,
    }
    observe(app, name)
    app.before_request(readable_path)
    app.after_request(guarded)
    (limits or Limits()).install(app)
    answer_problems(app, sentences, unavailable)
    plugin = MarshmallowPlugin(schema_name_resolver=Names())
    api = Api(app, spec_kwargs={"marshmallow_plugin": plugin})  # type: ignore[no-untyped-call]
    for blueprint in blueprints:
        if not isinstance(blueprint, Blueprint):
            raise TypeError(f"{blueprint!r} is not a shared.http.blueprint.Blueprint")
        api.register_blueprint(blueprint)  # type: ignore[no-untyped-call]
    told = Description(api.spec, name, servers=servers, text=description, issuer=issuer)
    app.extensions["description"] = told
    app.add_url_rule("/v1/openapi.json", "openapi", told.served)
    app.register_blueprint(explorer())
    for page in pages:
        app.register_blueprint(page)
    app.register_blueprint(health(ready or {}))
    return app


def description_of(app: Flask) -> dict[str, Any]:
    """The OpenAPI document of a service."""
    told: Description = app.extensions["description"]
    return told.document()


def readable_path() -> None:
    """A path nobody could have been given is unknown, whatever its characters would do below."""
    if len(request.path) > LONGEST_PATH or "\0" in request.path or "\ufffd" in request.path:
        raise NotFound("route.unknown")


def guarded(response: Response) -> Response:
    for header, value in HEADERS.items():
        response.headers.setdefault(header, value)
    if response.mimetype == PROBLEM:
        response.vary.add("Accept-Language")
    return response


def plain(value: Any) -> Any:
    """What orjson does not know by itself."""
    if isinstance(value, (frozenset, set)):
        return sorted(value)
    raise TypeError(type(value).__name__)
