"""Care relations: who accompanies her, where, within what, and what she was told about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from services.directory.domain import checked
from services.directory.domain import events as e
from shared.kernel import Command, Fact, Invalid, NotFound, Stamp

CARE_ROLES = ("practitioner", "peer_worker")


@dataclass(frozen=True, kw_only=True)
class StartCareRelation(Command):
    party: UUID
    role: str
    site: UUID
    programme: UUID
    words: str


@dataclass(frozen=True, kw_only=True)
class EndCareRelation(Command):
    relation: UUID
    words: str | None = None


CareCommand = StartCareRelation | EndCareRelation


@dataclass(frozen=True)
class CareRelation:
    id: UUID
    party: UUID
    role: str
    site: UUID
    programme: UUID
    words: str
    since: datetime
    ended: datetime | None = None

    def same_as(self, asked: StartCareRelation) -> bool:
        mine = self.party, self.role, self.site, self.programme
        return mine == (asked.party, asked.role, asked.site, asked.programme)


@dataclass(frozen=True)
class Care:
    relations: Mapping[UUID, CareRelation] = field(default_factory=dict)

    @property
    def current(self) -> tuple[CareRelation, ...]:
        return tuple(r for r in self.relations.values() if r.ended is None)

    def choose(self, command: CareCommand, stamps: Iterator[Stamp]) -> Sequence[Fact]:
        if isinstance(command, StartCareRelation):
            return self.start(command, stamps)
        known = self.relations.get(command.relation)
        if known is None:
            raise NotFound("care_relation.unknown", field="relation")
        words = checked.maybe(command.words, "words", 1000)
        if known.ended is not None:
            return []
        return [e.CareRelationEnded(*next(stamps), known.id, known.party, words)]

    def start(self, asked: StartCareRelation, stamps: Iterator[Stamp]) -> Sequence[Fact]:
        checked.one_of(asked.role, CARE_ROLES, "role")
        if asked.party == asked.act.subject:
            raise Invalid("party.herself", field="party")
        # she is told who this is and why: a relation without these words does not begin
        words = checked.text(asked.words, "words", 1000)
        if any(relation.same_as(asked) for relation in self.current):
            return []
        return [
            e.CareRelationStarted(
                *next(stamps),
                party=asked.party,
                role=asked.role,
                site=asked.site,
                programme=asked.programme,
                words=words,
            )
        ]

    def evolve(self, fact: Any) -> Care:
        match fact:
            case e.CareRelationStarted():
                relation = CareRelation(
                    id=fact.id,
                    party=fact.party,
                    role=fact.role,
                    site=fact.site,
                    programme=fact.programme,
                    words=fact.words,
                    since=fact.act.occurred,
                )
                return Care({**self.relations, relation.id: relation})
            case e.CareRelationEnded(relation=relation_id) if relation_id in self.relations:
                over = replace(self.relations[relation_id], ended=fact.act.occurred)
                return Care({**self.relations, relation_id: over})
            case _:
                return self
