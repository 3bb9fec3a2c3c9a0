"""Every operation of every service, read from its OpenAPI document: what it takes, and which ids."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from cosigne.plans import plans
from shared.http.app import description_of, service_app
from shared.http.document import CHANGES, operations
from shared.http.errors import SignInNeeded
from shared.http.messages import Sentences
from shared.http.service import SHARED_MESSAGES

Json = Any
EACH = "[]"  # stands in the way to a slot for the items of a list
DEEPEST = 6


@dataclass(frozen=True)
class Slot:
    """A place in a request where an id goes: a path parameter, a query field, a field of the body."""

    where: str
    way: tuple[str, ...]

    @property
    def name(self) -> str:
        return next(part for part in reversed(self.way) if part != EACH)

    def __str__(self) -> str:
        return f"{self.where}: {'.'.join(self.way)}"


@dataclass(frozen=True)
class Operation:
    """One operation as its service describes it."""

    service: str
    method: str
    path: str
    told: Mapping[str, Any] = field(repr=False, hash=False, compare=False)
    document: Mapping[str, Any] = field(repr=False, hash=False, compare=False)

    def __str__(self) -> str:
        return f"{self.service} {self.method} {self.path.removeprefix('/v1')}"

    @property
    def changes(self) -> bool:
        return self.method in CHANGES

    @property
    def open(self) -> bool:
        """Whether nobody has to sign in for it."""
        return self.told.get("security") == []

    @property
    def about_her(self) -> bool:
        """Whether a person's record is what it is about."""
        return "{person}" in self.path

    @cached_property
    def body(self) -> Mapping[str, Any] | None:
        """The schema of what is sent, or None."""
        content = self.told.get("requestBody", {}).get("content", {}).get("application/json")
        return self.resolved(content["schema"]) if content else None

    @property
    def example(self) -> Json:
        """A fresh copy of the example of what is sent."""
        content = self.told.get("requestBody", {}).get("content", {}).get("application/json", {})
        return deepcopy(content.get("example"))

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        found = [
            Slot(p["in"], (p["name"],))
            for p in self.parameters
            if p["in"] in ("path", "query") and is_id(p.get("schema", {}))
        ]
        return (*found, *(Slot("body", way) for way in self.ids(self.body or {}, 0)))

    @property
    def query(self) -> frozenset[str]:
        """The names of what may be asked for in the query."""
        return frozenset(p["name"] for p in self.parameters if p["in"] == "query")

    @property
    def parameters(self) -> Sequence[Mapping[str, Any]]:
        own, common = self.told.get("parameters", []), self.document["paths"][self.path]
        return [self.resolved(p) for p in (*common.get("parameters", []), *own)]

    def resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in schema:
            here: Any = self.document
            for part in schema["$ref"].removeprefix("#/").split("/"):
                here = here[part]
            schema = here
        return schema

    def ids(self, schema: Mapping[str, Any], depth: int) -> Iterator[tuple[str, ...]]:
        schema = self.resolved(schema)
        for other in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
            yield from self.ids(other, depth)
        if is_id(schema):
            yield ()
        elif depth < DEEPEST:
            for name, inner in schema.get("properties", {}).items():
                yield from ((name, *way) for way in self.ids(inner, depth + 1))
            if "items" in schema:
                yield from ((EACH, *way) for way in self.ids(schema["items"], depth + 1))

    def texts(self, schema: Mapping[str, Any] | None = None) -> Iterator[tuple[str, ...]]:
        """The ways to the fields of the body that take free words."""
        here = self.resolved(self.body or {} if schema is None else schema)
        for name, inner in here.get("properties", {}).items():
            told = self.resolved(inner)
            if is_text(told):
                yield (name,)
            elif "properties" in told:
                yield from ((name, *way) for way in self.texts(told))

    def smallest(self, schema: Mapping[str, Any]) -> Json:
        """The least that a schema accepts, as far as the schema says."""
        schema = self.resolved(schema)
        if "enum" in schema:
            return schema["enum"][0]
        kind = schema.get("type")
        if "properties" in schema or kind == "object":
            needed = schema.get("required", ())
            return {name: self.smallest(schema["properties"][name]) for name in needed}
        return {"array": [], "integer": 0, "number": 0, "boolean": False}.get(kind, "x")

    def with_id(self, body: Json, way: Sequence[str], value: str) -> Json:
        """The body with this id at that place, and what must stand around it made up."""
        return self._put(deepcopy(body), self.body or {}, list(way), value)

    def _put(self, here: Json, schema: Mapping[str, Any], way: list[str], value: str) -> Json:
        schema = self.resolved(schema)
        if not way:
            return value
        if way[0] == EACH:
            listed = here if isinstance(here, list) else []
            first = listed[0] if listed else self.smallest(schema["items"])
            return [self._put(first, schema["items"], way[1:], value), *listed[1:]]
        told = here if isinstance(here, dict) else self.smallest(schema)
        inner = schema["properties"][way[0]]
        return {**told, way[0]: self._put(told.get(way[0]), inner, way[1:], value)}


def is_id(schema: Mapping[str, Any]) -> bool:
    return schema.get("format") == "uuid"


def is_text(schema: Mapping[str, Any]) -> bool:
    kind = schema.get("type")
    text = kind == "string" or (isinstance(kind, list) and "string" in kind)
    return text and not {"enum", "format"} & schema.keys()


class NobodyThere:
    """A desk that asks everyone to sign in: a description needs nobody behind it."""

    def __getattr__(self, name: str) -> Any:
        def ask(*_: Any, **__: Any) -> Any:
            raise SignInNeeded("sign_in.needed")

        return ask


@cache
def document_of(service: str) -> Mapping[str, Any]:
    plan, desk = plans()[service], NobodyThere()
    app = service_app(
        plan.name,
        plan.title,
        [routes(desk) for routes in plan.routes],  # type: ignore[arg-type]
        sentences=Sentences(SHARED_MESSAGES, plan.folder / "messages"),
    )
    return description_of(app)


@cache
def every_operation() -> tuple[Operation, ...]:
    return tuple(
        Operation(service, method, path, told, document_of(service))
        for service in sorted(plans())
        for path, method, told in operations(document_of(service))
    )
