"""The desk of a service: who asks, whether they may, their act, the ledger, the answer.

A route has three moves: it takes an act from the desk, lets the ledger decide, and answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Protocol, TypeVar, cast
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from flask import Response, current_app
from psycopg import Connection
from psycopg_pool import ConnectionPool

from shared.access.policy import OPERATOR, allows
from shared.access.standing import Caller
from shared.http.acting import Circumstances, act_from
from shared.http.admission import Reader, admitted, open_to_all, tenant_of
from shared.http.guard import Guard
from shared.http.house import House
from shared.http.idempotency import Idempotency
from shared.http.identity import SignedIn
from shared.http.matching import if_match, told_version
from shared.http.pages import Pages
from shared.http.reads import look_of, read_of
from shared.http.tracing import traceparent
from shared.kernel import Act, Command, Decider, Invalid
from shared.ledger import BatchDone, Done, Ledger
from shared.postgres.pool import in_tenant
from shared.store.key_leases import Leases

D = TypeVar("D", bound=Decider)
T = TypeVar("T")
OPERATORS = UUID("5b2f6a0e-9c1d-4f0a-8a53-1f6f0a7f3c11")


class Clock(Protocol):
    def __call__(self) -> datetime: ...


def system_clock() -> datetime:
    return datetime.now(UTC)


class Desk:
    """One a service. Holds no request: every method asks Flask for the one it answers."""

    def __init__(
        self,
        *,
        service: str,
        ledger: Ledger,
        pool: ConnectionPool[Any],
        signed_in: Callable[[], SignedIn],
        idempotency: Idempotency,
        clock: Clock = system_clock,
        url: str = "",
        guard: Guard | None = None,
    ) -> None:
        self.service, self.url, self.guard = service, url, guard or Guard()
        self.ledger, self.pool, self.clock = ledger, pool, clock
        self._signed_in, self._idempotency = signed_in, idempotency
        self.anyone = open_to_all  # whoever asks, signed in or not
        self._house, self.remembered = House(self.view), Leases[Any](most=100)

    # ── who ──────────────────────────────────────────────────────────────────────────────────

    def act(self, body: Mapping[str, Any], *, may: str, person: UUID | None = None) -> Act:
        """The act of this request: signed in, allowed, everyone named known. Else refused."""
        who = self._signed_in()
        if who.operator and allows(may, {OPERATOR}):
            return self._operators_act(who, body)
        zone = self.zone(tenant_of(who))
        with in_tenant(self.pool, tenant_of(who)) as connection:
            caller, standing = admitted(connection, who, may, person, self.clock())
            return act_from(
                connection,
                body.get("act") or {},
                Circumstances(
                    caller=caller,
                    person=person,
                    standing=standing,
                    now=self.clock(),
                    command=self._idempotency.command(caller.tenant),
                    request=self._idempotency.digest(caller.tenant, person or caller.tenant),
                    traceparent=traceparent(),
                    zone=zone,
                ),
            )

    def reading(
        self, person: UUID | None, *, may: str, scope: str, purpose: str | None = None
    ) -> Reader:
        """Who reads a person's record. The read is recorded before this returns.

        Her own reads are hers alone: they are recorded nowhere.
        """
        who = self._signed_in()
        with in_tenant(self.pool, tenant_of(who)) as connection:
            caller, standing = admitted(connection, who, may, person, self.clock())
        reader = Reader(caller.tenant, caller.party, person, standing, caller.roles)
        if person is not None and not reader.is_self:
            read = read_of(self.service, reader, self._idempotency.fresh(), self.clock())
            self.ledger.record([read(scope, purpose)])
        return reader

    def caller(self, *, may: str) -> Caller:
        """Who asks about the organisation itself."""
        who = self._signed_in()
        with in_tenant(self.pool, tenant_of(who)) as connection:
            return admitted(connection, who, may, None, self.clock())[0]

    def _operators_act(self, who: SignedIn, body: Mapping[str, Any]) -> Act:
        """An operator acts on organisations only; the tenant is the one he or she registers."""
        now = self.clock().astimezone(UTC)
        operator = uuid5(OPERATORS, f"operator:{who.subject}")
        tenant = body.get("tenant") or body.get("id") or self._idempotency.command(operator)
        return Act(
            tenant=tenant,
            subject=tenant,
            actor=operator,
            author=operator,
            at=now,
            occurred=now,
            command=self._idempotency.command(tenant),
            request=self._idempotency.digest(tenant, tenant),
        )

    # ── decide ───────────────────────────────────────────────────────────────────────────────

    def execute(self, kind: type[D], command: Command, *, must_match: bool = False) -> Done[D]:
        """Through the ledger, at the version of If-Match where it was sent or must be.

        Raises Invalid where the version is not the caller's to know: guesses would tell it.
        """
        version = if_match(must=must_match)
        if version is not None and not told_version(kind, command.act):
            raise Invalid("version.hers", field="If-Match")
        done = self.ledger.execute(kind, command, if_match=version)
        self.leave_trace(command.act, nothing_new=done.repeated or not done.facts)
        return done

    def execute_many(self, kind: type[D], commands: Sequence[Command], mode: str) -> BatchDone[D]:
        done = self.ledger.execute_many(kind, commands, mode=mode)
        kept = any(item.facts for item in done.items)
        self.leave_trace(commands[0].act, nothing_new=done.repeated or not kept)
        return done

    def leave_trace(self, act: Act, *, nothing_new: bool) -> None:
        """Every answer to someone else leaves a trace with her: where no fact does, the look."""
        if nothing_new and act.subject not in (act.tenant, act.actor):
            self.ledger.record([look_of(self.service, act, self._idempotency.fresh())])

    def stream(self, *parts: object) -> UUID:
        """The id of a stream that this request opens: the same again for the same key."""
        return self._idempotency.stream(tenant_of(self._signed_in()), *parts)

    # ── answer ───────────────────────────────────────────────────────────────────────────────

    def answer(self, done: Done[Any], shown: Mapping[str, Any], status: int = 201) -> Response:
        """The new state, the ids of what was recorded, and the version as ETag."""
        body = {**shown, "version": done.version, "entries": [str(f.id) for f in done.facts]}
        return self.answer_read(body, done.version, status)

    def answer_read(
        self, shown: Mapping[str, Any], version: int | None = None, status: int = 200
    ) -> Response:
        response = cast("Response", current_app.json.response(shown))
        response.status_code = status
        if version is not None:
            response.set_etag(str(version))
        return response

    def pages(self, tenant: UUID) -> Pages:
        """Makes and reads the cursors of this organisation's lists."""
        return Pages(self.secret(tenant))

    def zone(self, tenant: UUID) -> ZoneInfo:
        """The zone in which the organisation's days end."""
        return self._house.zone(tenant)

    def today(self, tenant: UUID) -> date:
        """The day it is where the organisation is."""
        return self.clock().astimezone(self.zone(tenant)).date()

    def locale(self, tenant: UUID) -> str:
        """How to speak to whoever asks: as they asked, and with their organisation's French."""
        return self._house.locale(tenant)

    def secret(self, tenant: UUID, person: UUID | None = None) -> bytes:
        """The organisation's own, or a person's, for digests and what is made from it: never told."""
        return self._idempotency.digest_key(tenant, person or tenant)

    def view(self, tenant: UUID, ask: Callable[[Connection[Any]], T]) -> T:
        """Ask a view, in a transaction that sees this organisation's rows and no other's."""
        with in_tenant(self.pool, tenant) as connection:
            return ask(connection)
