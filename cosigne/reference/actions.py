"""Which action of the policy each operation asks for: read from the routes by asking them.

Nothing is written down twice: a route names its action once, at its desk, and here a desk that
lets nobody in says which one it was asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn, cast
from uuid import UUID, uuid4

from flask import Flask

from cosigne.plans import plans
from shared.http.app import description_of, service_app
from shared.http.desk import Desk
from shared.http.document import operations
from shared.http.messages import Sentences
from shared.http.service import SHARED_MESSAGES, Plan


@dataclass(frozen=True)
class Asked(BaseException):
    """The question a route asks at its desk. No handler of errors catches it on its way out."""

    may: str


class AskedOnly:
    """A desk that answers nothing: whoever comes hears which action was asked for."""

    def act(self, body: object, *, may: str, person: UUID | None = None) -> NoReturn:
        raise Asked(may)

    def reading(self, person: UUID | None, *, may: str, scope: str, **_: object) -> NoReturn:
        raise Asked(may)

    def caller(self, *, may: str) -> NoReturn:
        raise Asked(may)

    def anyone(self, *, may: str) -> NoReturn:
        raise Asked(may)

    def stream(self, *parts: object) -> UUID:
        return uuid4()


@dataclass(frozen=True)
class OperationAction:
    """`method` and `path` as the OpenAPI document writes them."""

    service: str
    method: str
    path: str
    summary: str
    action: str

    @property
    def about_her(self) -> bool:
        return "{person}" in self.path


def operation_actions() -> Iterator[OperationAction]:
    """Every operation of every service with its action, in the order of the documents."""
    for plan in plans().values():
        app = app_of(plan)
        document = description_of(app)
        for path, method, told in operations(document):
            asked = action_of(app, document, (method, path), told)
            yield OperationAction(plan.name, method, path, told["summary"], asked)


def app_of(plan: Plan) -> Flask:
    desk = cast("Desk", AskedOnly())
    return service_app(
        plan.name,
        plan.title,
        [routes(desk) for routes in plan.routes],
        description=plan.description,
        sentences=Sentences(SHARED_MESSAGES, plan.folder / "messages"),
    )


def action_of(
    app: Flask, document: Mapping[str, Any], where: tuple[str, str], told: Mapping[str, Any]
) -> str:
    """Raises LookupError for a route that answers without asking its desk anything."""
    method, path = where
    common = document["paths"][path].get("parameters", [])
    parameters = [resolved(document, p) for p in (*common, *told.get("parameters", []))]
    content = told.get("requestBody", {}).get("content", {}).get("application/json", {})
    places = {p["name"]: sample(p) for p in parameters if p["in"] == "path"}
    needed = {p["name"]: sample(p) for p in parameters if p["in"] == "query" and p.get("required")}
    try:
        answer = app.test_client().open(
            path.format(**places),
            method=method.upper(),
            query_string=needed,
            json=content.get("example"),
        )
    except Asked as asked:
        return asked.may
    msg = f"{method} {path} asks for no action: {answer.status} {answer.get_data(as_text=True)}"
    raise LookupError(msg)


def resolved(document: Mapping[str, Any], told: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in told:
        here: Any = document
        for part in told["$ref"].removeprefix("#/").split("/"):
            here = here[part]
        told = here
    return told


def sample(parameter: Mapping[str, Any]) -> str:
    schema = parameter.get("schema", {})
    if "enum" in schema:
        return str(schema["enum"][0])
    return str(uuid4()) if schema.get("format") == "uuid" else "x"
