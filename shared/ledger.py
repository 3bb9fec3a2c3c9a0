"""Load, decide, record: the only write path of every service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import InfrastructureFactory, IntegrityError
from eventsourcing.utils import Environment

from shared.coproduction import WITHDRAWING
from shared.kernel import Command, Decider, Fact, Invalid, NotFound, Refused, Stale
from shared.outcome import BatchDone, Done, Item, same_request, told_of_deciding
from shared.remembered import Known, Memory
from shared.store.factory import SealedFactory
from shared.store.mapper import FactMapper
from shared.store.recorder import SealedRecorder
from shared.store.stored import Stored

__all__ = ["BatchDone", "Done", "Item", "Ledger"]
TRIES = 3
D = TypeVar("D", bound=Decider)
Settled: TypeAlias = tuple[D, Sequence[Fact], bool]


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

    def load_many(
        self, kind: type[D], tenant: UUID, streams: Sequence[UUID], subject: UUID
    ) -> list[D]:
        """Those of these aggregates that are the subject's, as they stand: in one question."""
        before = [self._memory.recall(kind, tenant, stream) for stream in streams]
        rows = self.recorder.select_many(tenant, {b.state.id: b.state.version for b in before})
        known = [self._brought_up(tenant, b, self._opened(rows[b.state.id])) for b in before]
        return [one.state for one in known if one.subject == subject]

    def facts(self, tenant: UUID, stream: UUID, after: int = 0) -> list[Fact]:
        """The facts of a stream, in order; empty when there is none in this organisation."""
        return self._opened(self.recorder.select(tenant, stream, after))

    def _opened(self, rows: Sequence[Stored]) -> list[Fact]:
        return [self.mapper.to_domain_event(stored) for stored in rows]

    def _known(self, kind: type[D], tenant: UUID, stream: UUID) -> Known[D]:
        """The stream as it stands now: what is remembered of it, and the facts since."""
        before = self._memory.recall(kind, tenant, stream)
        since = self.facts(tenant, stream, before.state.version)
        return self._brought_up(tenant, before, since)

    def _brought_up(self, tenant: UUID, before: Known[D], since: Sequence[Fact]) -> Known[D]:
        """With the facts since; folded anew where words were taken back meanwhile."""
        asked = self._memory.now()
        try:
            now = before.then(since)
        except ValueError:
            now = before.anew(self.facts(tenant, before.state.id), asked)
        return self._memory.keep(tenant, now)

    def _recorded_by(self, command: Command) -> list[Fact]:
        """What a command has recorded in its stream already."""
        act = command.act
        return self._opened(self.recorder.find_command(act.tenant, command.stream, act.command))

    def execute(self, kind: type[D], command: Command, *, if_match: int | None = None) -> Done[D]:
        """Decide and record one command.

        Raises Stale when `if_match` is no longer the version, NotFound for a stream that does not
        exist (unless the command opens it), and whatever the rules refuse.
        """
        state, facts, repeated = self._settled(kind, command, lambda s: s.decide(command), if_match)
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
        state, facts, repeated = self._settled(kind, commands[0], decide, None)
        done = tuple(items) if not repeated else tuple(Item[D]((fact,)) for fact in facts)
        return BatchDone(state, done, repeated)

    def record(self, facts: Sequence[Fact]) -> None:
        """Record facts that no rule decides (a read that is about to be answered)."""
        self.recorder.insert_events([self.mapper.to_stored_event(f) for f in facts])

    @told_of_deciding
    def _settled(
        self,
        kind: type[D],
        command: Command,
        decide: Callable[[D], Sequence[Fact]],
        if_match: int | None,
    ) -> Settled[D]:
        """Decided on what is remembered where the next version is free: nobody wrote meanwhile.

        Where it is not, or nothing would be recorded, it is asked of what stands now.
        """
        act, known = command.act, self._memory.recall(kind, command.act.tenant, command.stream)
        fits = if_match in (None, known.state.version) and act.command not in known.commands
        if fits and known.subject == act.subject:
            with suppress(Refused):
                facts = list(decide(known.state))
                if facts and self._recorded(facts):
                    return self._after(kind, known, facts), facts, False
        return self._settle(kind, command, decide, if_match)

    def _settle(
        self,
        kind: type[D],
        command: Command,
        decide: Callable[[D], Sequence[Fact]],
        if_match: int | None,
    ) -> Settled[D]:
        """Load, decide, record; again when someone else was faster, as deciding is pure."""
        act = command.act
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
