"""One thing that someone asks of a service, and what it names of what was recorded before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """The entry that a moment of this life recorded; `item` of a batch."""

    of: str
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """The id of what a moment of this life opened."""

    of: str


@dataclass(frozen=True, slots=True)
class Source:
    """What a goal grew from, where that is an entry: `strength:<its id>`."""

    kind: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The organisation's own version of a questionnaire that comes with the product."""

    key: str


Named = Entry | Made | Source | Questionnaire


@dataclass(frozen=True, slots=True)
class Moment:
    """At which time, in whose life, who asks what. `{}` in the path stand for `refs`, in order.

    Life and name together name the request for good: told again, it is known again. `kept` says
    that a later moment of this life names what this one recorded; `match`, that it answers the
    version last read of what it changes.
    """

    at: datetime
    life: str
    name: str
    who: str
    path: str
    body: Mapping[str, Any] = field(default_factory=dict)
    how: str = "POST"
    refs: tuple[Named, ...] = ()
    kept: bool = False
    match: bool = False

    @property
    def looks(self) -> bool:
        """Whether it only reads. A look told again would be a second look."""
        return self.how == "GET"

    @property
    def names(self) -> tuple[str, ...]:
        """The moments of this life that it rests on."""
        found = (*self.refs, *named_in(self.body))
        return tuple(name for one in found if (name := told_by(one)) is not None)


def named_in(value: Any) -> tuple[Named, ...]:
    match value:
        case Entry() | Made() | Source() | Questionnaire():
            return (value,)
        case Mapping():
            return tuple(one for part in value.values() for one in named_in(part))
        case list() | tuple():
            return tuple(one for part in value for one in named_in(part))
        case _:
            return ()


def told_by(one: Named) -> str | None:
    match one:
        case Entry(of=name) | Made(of=name):
            return name
        case Source(entry=entry):
            return entry.of
        case _:
            return None
