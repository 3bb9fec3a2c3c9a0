"""A person's register of what was sent of her."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

LINES = UUID("5b2f6a0e-9c1d-4f0a-8a53-1f6f0a7f3c13")


@dataclass(frozen=True, slots=True)
class Sent:
    """What is sent to a partner, of which tab of whom: one line a day."""

    tenant: UUID
    person: UUID
    partner: UUID
    subscription: UUID
    tab: str
    payload: str
    purpose: str
    day: date

    @property
    def stream(self) -> UUID:
        told = (self.person, self.subscription, self.tab, self.payload, self.day)
        return uuid5(LINES, "\n".join(str(part) for part in told))
