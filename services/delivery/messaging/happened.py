"""What an event says has happened, for a subscription's log: under which entry, and at which place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from services.delivery.domain.offer import OFFER
from shared.store.told import Told


class Happened(NamedTuple):
    """What an event says has happened, and under which entry it is told."""

    told: Told
    type: str
    entry: UUID
    site: UUID | None
    programme: UUID | None


class Audience(NamedTuple):
    """To whom a consent is given: one party, or everyone of a category."""

    party: object
    category: str | None


def consented(happened: Happened, tabs: Mapping[str, datetime] | None) -> bool:
    """Whether she had consented when it was recorded: what was before is in the snapshot."""
    since = (tabs or {}).get(OFFER[happened.type].tab)
    return since is not None and since <= happened.told.act.at
