"""Load, decide, record: the only write path of every service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import InfrastructureFactory, IntegrityError
from eventsourcing.utils import Environment

from shared.coproduction import WITHDRAWING
from shared.kernel import Command, Decider, Fact, Invalid, NotFound, Refused, Stale
from shared.remembered import Known, Memory, first
from shared.store.factory import SealedFactory
from shared.store.mapper import FactMapper
from shared.store.recorder import SealedRecorder

TRIES = 3
D = TypeVar("D", bound=Decider)


@dataclass(frozen=True)
class Done(Generic[D]):
    """What a command came to: the new state, what was recorded, and whether it had been before."""

    state: D
    facts: tuple[Fact, ...] = ()
    repeated: bool = False

    @property
    def version(self) -> int:
        return self.state.version


@dataclass(frozen=True)
class Item(Generic[D]):
    """One command of a batch: what it recorded, or why not."""

    facts: tuple[Fact, ...] = ()
    refused: Refused | None = None


@dataclass(frozen=True)
class BatchDone(Generic[D]):
    state: D
    items: tuple[Item[D], ...]
    repeated: bool = False


class Ledger(Application[UUID]):
    """A service's application, on the library's own pieces made for tenants."""

    name = "ledger"

    mapper: FactMapper
    recorder: SealedRecorder

    def __init__(self, factory: SealedFactory) -> None:
        self._sealed_factory = factory
        self._memory = Memory()
        super().__init__()

    def construct_factory(self, env: Environment) -> InfrastructureFactory[Any]:
        del env  # pools and keys are given, nothing is read from the environment
        return self._sealed_factory

    def load(self, kind: type[D], tenant: UUID, stream: UUID, subject: UUID | None = None) -> D:
        """An aggregate as it stands. Raises NotFound when unknown, foreign or about another."""
        known = self._known(kind, tenant, stream)
        if known.subject is None or subject not in (None, known.subject):
            raise NotFound("stream.unknown")
        return known.state

    def facts(self, tenant: UUID, stream: UUID, after: int = 0) -> list[Fact]:
        """The facts of a stream, in order; empty when there is none in this organisation."""
        rows = self.recorder.select(tenant, stream, after)
        return [self.mapper.to_domain_event(stored) for stored in rows]

    def _known(self, kind: type[D], tenant: UUID, stream: UUID) -> Known[D]:
        """The stream as it stands now: what is remembered of it, and the facts since."""
        held = self._memory.recall(kind, tenant, stream)
        if held is not None:
            with suppress(ValueError):
                since = self.facts(tenant, stream, held.state.version)
                return self._memory.keep(tenant, held.then(since))
        asked = self._memory.now()
        return self._memory.keep(tenant, first(kind, stream, self.facts(tenant, stream), asked))

    def _recorded_by(self, command: Command) -> list[Fact]:
        """What a command has recorded in its stream already."""
        rows = self.recorder.find_command(command.act.tenant, command.stream, command.act.command)
        return [self.mapper.to_domain_event(stored) for stored in rows]

    def execute(self, kind: type[D], command: Command, *, if_match: int | None = None) -> Done[D]:
        """Decide and record one command.

        Raises Stale when `if_match` is no longer the version, NotFound for a stream that does not
        exist (unless the command opens it), and whatever the rules refuse.
        """

        def decide(state: D) -> Sequence[Fact]:
            return state.decide(command)

        state, facts, repeated = self._settle(kind, command, decide, if_match)
        return Done(state, tuple(facts), repeated)

    def execute_many(
        self, kind: type[D], commands: Sequence[Command], *, mode: str = "atomic"
    ) -> BatchDone[D]:
        """Many commands of one stream in one INSERT.

        `atomic`: all or none, the first refusal is raised. `each`: what is refused comes back with
        its refusal, the rest is kept. All commands share stream, act and command id.
        """
        items: list[Item[D]] = []

        def decide(state: D) -> Sequence[Fact]:
            items.clear()
            recorded: list[Fact] = []
            for number, command in enumerate(commands):
                try:
                    facts = tuple(state.decide(command))
                except Refused as refusal:
                    if mode == "atomic":
                        refusal.field = f"items.{number}.{refusal.field or ''}".rstrip(".")
                        raise
                    items.append(Item(refused=refusal))
                    continue
                for fact in facts:
                    state = state.follow(fact)
                recorded += facts
                items.append(Item(facts))
            return recorded

        if not commands:
            raise Invalid("batch.empty", field="items")
        state, facts, repeated = self._settle(kind, commands[0], decide, None)
        done = tuple(items) if not repeated else tuple(Item[D]((fact,)) for fact in facts)
        return BatchDone(state, done, repeated)

    def record(self, facts: Sequence[Fact]) -> None:
        """Record facts that no rule decides (a read that is about to be answered)."""
        self.recorder.insert_events([self.mapper.to_stored_event(f) for f in facts])

    def _settle(
        self,
        kind: type[D],
        command: Command,
        decide: Callable[[D], Sequence[Fact]],
        if_match: int | None,
    ) -> tuple[D, Sequence[Fact], bool]:
        """Load, decide, record; again when someone else was faster, as deciding is pure."""
        act = command.act
        known = self._memory.recall(kind, act.tenant, command.stream)
        if known is not None and (done := self._at_once(kind, known, command, decide, if_match)):
            return done
        for _ in range(TRIES):
            known = self._known(kind, act.tenant, command.stream)
            if known.subject not in (None, act.subject):
                raise NotFound("stream.unknown")
            if known.subject is None and not command.opens:
                raise NotFound("stream.unknown")
            state = known.state
            if act.command in known.commands:
                mine = self._recorded_by(command)
                same_request(mine[0], command)
                return state, mine, True
            if if_match is not None and if_match != state.version:
                raise Stale("version.stale", current=state.version)
            facts = list(decide(state))
            if not facts:
                return state, (), False
            if self._recorded(facts):
                return self._after(kind, known, facts), facts, False
        raise Refused("version.busy")

    def _at_once(
        self,
        kind: type[D],
        known: Known[D],
        command: Command,
        decide: Callable[[D], Sequence[Fact]],
        if_match: int | None,
    ) -> tuple[D, Sequence[Fact], bool] | None:
        """Decided on what is remembered, where the version after it is still free: then nobody
        wrote meanwhile. None where it is not, or nothing would be recorded: that is asked anew."""
        if command.act.subject != known.subject or command.act.command in known.commands:
            return None
        if if_match not in (None, known.state.version):
            return None
        try:
            facts = list(decide(known.state))
        except Refused:
            return None
        if not facts or not self._recorded(facts):
            return None
        return self._after(kind, known, facts), facts, False

    def _recorded(self, facts: Sequence[Fact]) -> bool:
        try:
            self.record(facts)
        except IntegrityError:
            return False
        return True

    def _after(self, kind: type[D], known: Known[D], facts: Sequence[Fact]) -> D:
        """The state once these are recorded; read again where they take words back."""
        act, stream = facts[0].act, known.state.id
        if any(isinstance(fact, WITHDRAWING) for fact in facts):
            return self._known(kind, act.tenant, stream).state
        now = replace(known, subject=act.subject).then(facts)
        return self._memory.keep(act.tenant, now).state


def same_request(fact: Fact, command: Command) -> None:
    """Raises Invalid when an Idempotency-Key comes back with another body."""
    if fact.act.request and command.act.request and fact.act.request != command.act.request:
        raise Invalid("idempotency.other_body", field="Idempotency-Key")
