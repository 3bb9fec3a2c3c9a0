"""Restrictions: whom she keeps from seeing what, by name or by category.

One noted for her holds at once; a consent noted for her waits until she confirms it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from services.directory.domain import checked
from services.directory.domain import events as e
from services.directory.domain.consents import CATEGORIES
from shared.kernel import Command, Fact, Invalid, NotFound, Stamp

EVERYTHING = "everything"
SCOPES = (EVERYTHING, *checked.TABS)


@dataclass(frozen=True, kw_only=True)
class RestrictAccess(Command):
    audience: UUID | None = None
    category: str | None = None
    scope: tuple[str, ...] = (EVERYTHING,)
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class LiftRestriction(Command):
    restriction: UUID


RestrictionCommand = RestrictAccess | LiftRestriction


@dataclass(frozen=True)
class Restriction:
    id: UUID
    audience: UUID | None
    category: str | None
    scope: tuple[str, ...]
    reason: str | None = None

    def keeps_out(self, asked: RestrictAccess) -> bool:
        """Whether this already covers all of what is asked."""
        whom = (self.audience, self.category) == (asked.audience, asked.category)
        return whom and (EVERYTHING in self.scope or {*asked.scope} <= {*self.scope})


@dataclass(frozen=True)
class Restrictions:
    current: Mapping[UUID, Restriction] = field(default_factory=dict)
    lifted: frozenset[UUID] = frozenset()

    def choose(self, command: RestrictionCommand, stamps: Iterator[Stamp]) -> Sequence[Fact]:
        if isinstance(command, RestrictAccess):
            return self.restrict(command, stamps)
        which = command.restriction
        if which in self.lifted:
            return []
        known = self.current.get(which)
        if known is None:
            raise NotFound("restriction.unknown", field="restriction")
        return [e.AccessRestrictionLifted(*next(stamps), known.id, known.audience, known.category)]

    def restrict(self, asked: RestrictAccess, stamps: Iterator[Stamp]) -> Sequence[Fact]:
        checked.audience(asked.audience, asked.category, CATEGORIES)
        if asked.audience == asked.act.subject:
            raise Invalid("party.herself", field="audience")
        scope = checked.some_of(asked.scope, SCOPES, "scope")
        restricted = e.AccessRestricted(
            *next(stamps),
            audience=asked.audience,
            category=asked.category,
            scope=(EVERYTHING,) if EVERYTHING in scope else scope,
            reason=checked.maybe(asked.reason, "reason", 1000),
        )
        same = any(known.keeps_out(asked) for known in self.current.values())
        return [] if same else [restricted]

    def evolve(self, fact: Any) -> Restrictions:
        match fact:
            case e.AccessRestricted():
                known = Restriction(fact.id, fact.audience, fact.category, fact.scope, fact.reason)
                return Restrictions({**self.current, known.id: known}, self.lifted)
            case e.AccessRestrictionLifted(restriction=which):
                return self.without(which)
            case e.DisputeAnswered(entry=which, outcome="accepted"):
                return self.without(which)  # noted for her, and not what she said
            case e.DisputeSettled(entry=which, outcome="accepted"):
                return self.without(which)
            case _:
                return self

    def without(self, which: UUID) -> Restrictions:
        if which not in self.current:
            return self
        left = {key: value for key, value in self.current.items() if key != which}
        return Restrictions(left, self.lifted | {which})
