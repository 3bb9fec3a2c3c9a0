"""What the body of a fact is made of, read once from the annotations of its class."""

from __future__ import annotations

import types
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from shared.kernel import Fact

SCALARS: tuple[type, ...] = (str, int, float, bool, UUID, datetime, date)
# names that a module may import for the type checker only
NAMES = {"UUID": UUID, "datetime": datetime, "date": date}
ENVELOPE_FIELDS = frozenset({"originator_id", "originator_version", "timestamp", "act"})


class Shapeless(TypeError):
    """A fact has a field whose type the store does not keep."""


@dataclass(frozen=True, slots=True)
class Scalar:
    kind: type


@dataclass(frozen=True, slots=True)
class Maybe:
    """X | None."""

    of: Shape


@dataclass(frozen=True, slots=True)
class Many:
    """tuple[X, ...]."""

    of: Shape


@dataclass(frozen=True, slots=True)
class Part:
    """One field: its name, its shape, and what it is when the body does not say."""

    name: str
    shape: Shape
    default: Any = MISSING

    @property
    def optional(self) -> bool:
        return self.default is not MISSING or isinstance(self.shape, Maybe)

    @property
    def silent(self) -> bool:
        """None is then left out of the body: reading it back gives None again."""
        return isinstance(self.shape, Maybe) and self.default in (None, MISSING)


@dataclass(frozen=True, slots=True)
class Record:
    """A frozen dataclass within a body, or the body itself."""

    kind: type
    parts: tuple[Part, ...]


Shape = Scalar | Maybe | Many | Record


@cache
def body_of(fact: type[Fact]) -> Record:
    """The fields of a fact that are its own: what is encrypted, and what its contract says."""
    return record(fact, fact.TOPIC or fact.__name__, leave=ENVELOPE_FIELDS)


def record(kind: type, where: str, leave: frozenset[str] = frozenset()) -> Record:
    hints = get_type_hints(kind, localns=NAMES)
    return Record(
        kind,
        tuple(
            Part(f.name, shape_of(hints[f.name], f"{where}.{f.name}"), default_of(f))
            for f in fields(kind)
            if f.name not in leave
        ),
    )


def default_of(field: Field[Any]) -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


def shape_of(hint: Any, where: str) -> Shape:
    """The shape of one annotation; anything outside the list is refused by name."""
    if hint in SCALARS:
        return Scalar(hint)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType) and len(arguments) == 2 and type(None) in arguments:
        return Maybe(shape_of(next(a for a in arguments if a is not type(None)), where))
    if origin is tuple and len(arguments) == 2 and arguments[1] is ...:
        return Many(shape_of(arguments[0], where))
    if isinstance(hint, type) and is_dataclass(hint) and frozen(hint):
        return record(hint, where)
    raise Shapeless(
        f"{where} is {hint!r}: a body keeps str, int, float, bool, UUID, datetime, date, "
        f"tuple[X, ...], X | None and frozen dataclasses of these, nothing else"
    )


def frozen(kind: type) -> bool:
    return bool(getattr(kind, "__dataclass_params__").frozen)  # noqa: B009 - not in the stubs
