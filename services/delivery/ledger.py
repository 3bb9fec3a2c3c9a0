"""The application of the delivery service, and the register of what was sent of a person."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from services.delivery.domain.events import RecordSent
from services.delivery.domain.register import Sent
from shared.kernel import Act
from shared.ledger import Ledger
from shared.store.appending import Appending
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
        rows, erased = [], set()
        for line in fresh.values():
            try:
                row = self.mapper.to_stored_event(fact_of(line, at.astimezone(UTC)))
                rows.append(Appending.of([row]))
            except Erased:
                erased.add(line.person)
        # one whose version is taken is there already: the same stream each time
        self.recorder.append_each(rows)
        self._remember(line for line in fresh.values() if line.person not in erased)
        return frozenset(erased)

    def _remember(self, lines: Iterable[Sent]) -> None:
        for line in lines:
            self._written[line.stream] = None
            while len(self._written) > REMEMBERED:
                self._written.popitem(last=False)


def fact_of(line: Sent, at: datetime) -> RecordSent:
    """By the partner, who receives it; a command each, as an id in two records would join them."""
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
