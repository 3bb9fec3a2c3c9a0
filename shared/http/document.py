"""The OpenAPI 3.1 description of a service: what every operation has in common is added here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, count
from typing import Any

import marshmallow as ma
import orjson
from apispec import APISpec
from flask import Response

METHODS = ("get", "post", "put", "patch", "delete")
CHANGES = ("post", "put", "patch", "delete")
OF_ALL = {
    400: "Unreadable request",
    401: "Sign in",
    403: "Not yours to do",
    404: "Unknown here, or never shown",
    422: "Something in the request does not fit",
    429: "Too many requests",
    500: "Our mistake, with a reference",
    503: "Not available just now",
}
OF_CHANGES = {
    409: "A rule says no",
    412: "Replaced since it was read",
    413: "Too large",
    415: "Not JSON",
    428: "Say which version was read",
}
EXAMPLE = {
    "type": "urn:cosigne:problem:field.required",
    "title": "À corriger",
    "status": 422,
    "detail": "Certains champs sont à corriger\u00a0: voyez « errors ».",
    "code": "request.invalid",
    "errors": [
        {
            "field": "theme",
            "code": "field.required",
            "detail": "Il manque « theme »\u00a0: ajoutez ce champ.",
            "pointer": "#/theme",
        }
    ],
}
LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "description": "fr-CA, fr-FR or en; French when nothing is said.",
    "schema": {"type": "string", "default": "fr"},
    "example": "fr-CA",
}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "Sent again with the same body, the command is answered and not repeated.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    "example": "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b11",
}
MATCH = {
    "name": "If-Match",
    "in": "header",
    "description": "The version that was read, from its ETag; needed where something is replaced.",
    "schema": {"type": "string", "pattern": '^"[0-9]+"$'},
    "example": '"7"',
}
COMMON = {"AcceptLanguage": LANGUAGE, "IdempotencyKey": KEY, "IfMatch": MATCH}


class Names:
    """What each schema is called: its own name, and that of its room where two share one."""

    def __init__(self) -> None:
        self.given: set[str] = set()

    def __call__(self, schema: ma.Schema | type[ma.Schema]) -> str:
        kind = schema if isinstance(schema, type) else type(schema)
        name = kind.__name__.removesuffix("Schema")
        room = kind.__module__.rpartition(".")[2].title().replace("_", "")
        others = (f"{room}{name}{number}" for number in count(2))
        free = next(n for n in chain((name, room + name), others) if n not in self.given)
        self.given.add(free)
        return free


class Description:
    """A service's document, made once, when it is first asked for."""

    def __init__(
        self,
        spec: APISpec,
        name: str,
        *,
        servers: Sequence[Mapping[str, str]],
        text: str = "",
        issuer: str | None = None,
    ) -> None:
        self.spec, self.name, self.servers, self.text = spec, name, servers, text
        self.issuer = issuer

    def document(self) -> dict[str, Any]:
        return self.made

    def served(self) -> Response:
        return Response(self.bytes, content_type="application/json")

    @cached_property
    def bytes(self) -> bytes:
        return orjson.dumps(self.made)

    @cached_property
    def made(self) -> dict[str, Any]:
        told: dict[str, Any] = orjson.loads(orjson.dumps(self.spec.to_dict(), default=str))
        told["servers"] = [dict(server) for server in self.servers]
        if self.text:
            told["info"]["description"] = self.text
        told["info"]["license"] = {"name": "Apache-2.0", "identifier": "Apache-2.0"}
        told["security"] = [{scheme: []} for scheme in self.schemes()]
        parts = told.setdefault("components", {})
        parts["securitySchemes"] = self.schemes()
        # flask-smorest brings it along; our pages are turned otherwise
        parts.get("schemas", {}).pop("PaginationMetadata", None)
        parts.setdefault("parameters", {}).update(COMMON)
        parts["responses"] = {f"Problem{s}": answer(t) for s, t in (OF_ALL | OF_CHANGES).items()}
        for path, method, operation in operations(told):
            complete(operation, path, method)
        return told

    def schemes(self) -> dict[str, Any]:
        bearer = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
        if not self.issuer:
            return {"bearer": bearer}
        url = self.issuer.rstrip("/") + "/.well-known/openid-configuration"
        return {"signIn": {"type": "openIdConnect", "openIdConnectUrl": url}, "bearer": bearer}


def answer(description: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    content = {"application/problem+json": {"schema": schema, "example": EXAMPLE}}
    return {"description": description, "content": content}


def complete(operation: dict[str, Any], path: str, method: str) -> None:
    """The parameters and problems of every operation, unless it tells its own."""
    told = operation.setdefault("parameters", [])
    names = [*(["IdempotencyKey", "IfMatch"] if method in CHANGES else []), "AcceptLanguage"]
    told += [{"$ref": f"#/components/parameters/{name}"} for name in names]
    found = operation.setdefault("responses", {})
    for status in OF_ALL | (OF_CHANGES if method in CHANGES else {}):
        reference = {"$ref": f"#/components/responses/Problem{status}"}
        # what flask-smorest wrote for errors knows nothing of problems
        if "content" not in found.get(str(status), {}):
            found[str(status)] = reference
    words = [word.strip("{}") for word in path.split("/") if word not in ("", "v1")]
    operation.setdefault("operationId", "_".join([method, *words]))


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def without_example(document: Mapping[str, Any]) -> list[str]:
    """The operations of a service which lack an example of what is sent or of what comes back."""
    lacking = []
    for path, method, operation in operations(document):
        contents = list(operation.get("requestBody", {}).get("content", {}).values())
        for status, response in operation["responses"].items():
            if status.startswith("2"):
                contents += response.get("content", {}).values()
        if any("example" not in c and "examples" not in c for c in contents):
            lacking.append(f"{method.upper()} {path}")
    return lacking
