"""The application of the delivery service, and the register of what was sent of a person."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID, uuid4

from eventsourcing.persistence import IntegrityError

from services.delivery.domain.events import RecordSent
from services.delivery.domain.register import Sent
from shared.kernel import Act
from shared.ledger import Ledger
from shared.store.factory import SealedFactory
from shared.store.keys import Erased

REMEMBERED = 50_000


class DeliveryLedger(Ledger):
    """Load, decide and record what delivery is about."""

    name = "delivery"

    def __init__(self, factory: SealedFactory) -> None:
        super().__init__(factory)
        self._written: OrderedDict[UUID, None] = OrderedDict()

    def write_lines(self, lines: Iterable[Sent], at: datetime) -> frozenset[UUID]:
        """Before anything leaves. Of whom nothing can be written any more, nothing may leave."""
        fresh = {line.stream: line for line in lines if line.stream not in self._written}
        try:
            # almost always nobody has written any of them: then together, in one commit
            self._write(fresh.values(), at)
        except (IntegrityError, Erased):
            return frozenset(self._written_one_by_one(fresh.values(), at))
        return frozenset()

    def _written_one_by_one(self, lines: Iterable[Sent], at: datetime) -> Iterable[UUID]:
        """Of whom nothing can be written any more."""
        for line in lines:
            try:
                # the same stream each time: it is there already, or is written now
                with suppress(IntegrityError):
                    self._write([line], at)
                self._remember([line])
            except Erased:
                yield line.person

    def _write(self, lines: Collection[Sent], at: datetime) -> None:
        if lines:
            command = uuid4()
            self.record([fact_of(line, at.astimezone(UTC), command) for line in lines])
            self._remember(lines)

    def _remember(self, lines: Iterable[Sent]) -> None:
        for line in lines:
            self._written[line.stream] = None
            while len(self._written) > REMEMBERED:
                self._written.popitem(last=False)


def fact_of(line: Sent, at: datetime, command: UUID) -> RecordSent:
    """By the partner, who receives it; one command for what is written together."""
    act = Act(
        tenant=line.tenant,
        subject=line.person,
        actor=line.partner,
        author=line.partner,
        at=at,
        occurred=at,
        command=command,
    )
    said = (line.partner, line.subscription, line.tab, line.payload, line.purpose, line.day)
    return RecordSent(line.stream, 1, at, act, *said)
