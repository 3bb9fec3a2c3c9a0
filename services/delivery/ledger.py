"""The application of the delivery service, and the register of what was sent of a person."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

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
        erased = set()
        for line in lines:
            if line.stream in self._written:
                continue
            try:
                # the same stream each time: it is there already, or is written now
                with suppress(IntegrityError):
                    self.record([fact_of(line, at.astimezone(UTC))])
            except Erased:
                erased.add(line.person)
                continue
            self._written[line.stream] = None
            while len(self._written) > REMEMBERED:
                self._written.popitem(last=False)
        return frozenset(erased)


def fact_of(line: Sent, at: datetime) -> RecordSent:
    """By the partner, who receives it; one command, as there is one line."""
    act = Act(
        tenant=line.tenant,
        subject=line.person,
        actor=line.partner,
        author=line.partner,
        at=at,
        occurred=at,
        command=line.stream,
    )
    said = (line.partner, line.subscription, line.tab, line.payload, line.purpose, line.day)
    return RecordSent(line.stream, 1, at, act, *said)
