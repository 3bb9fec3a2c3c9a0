"""What may be told of rows of a subscription's log, now: asked again at each delivery."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from services.delivery.domain.cloud_event import Place
from services.delivery.domain.names import pseudonym
from services.delivery.domain.offer import CONSENTED, CONTROL, OFFER, WITHHELD, disguised
from services.delivery.domain.register import Sent
from services.delivery.views.consented import open_tabs
from services.delivery.views.goals_agreed import GoalsAgreedRow, agreed_by
from services.delivery.views.sensitive_themes import sensitive_names
from services.delivery.views.subscriptions import SubscriptionRow


class Logged(NamedTuple):
    """A row of the log, as far as telling it needs. A snapshot's have no sequence."""

    sequence: int | None
    id: UUID
    whose: UUID
    entry: UUID
    source: str
    type: str
    at: datetime
    by_her: bool
    gpos: int
    trace: str | None = None  # known only where it is sent


@dataclass(frozen=True, slots=True)
class Told:
    """A place as it is told now, and what her register says of it."""

    place: Place
    line: Sent | None = None

    def but_for(self, erased: Collection[UUID]) -> Told:
        """Withheld, where its register can no longer say that it was sent."""
        if self.line is None or self.line.person not in erased:
            return self
        return Told(replace(self.place, subject=None, data=None, withheld=True))


@dataclass(frozen=True, slots=True)
class Occasion:
    """For whom, when, and with what ids are disguised."""

    subscription: SubscriptionRow
    secret: bytes
    at: datetime
    today: date
    full: bool

    def name(self, of: UUID) -> UUID:
        return pseudonym(self.secret, self.subscription.partner, of)

    def line(self, person: UUID, tab: str) -> Sent:
        """What her register says of it."""
        to, payload = self.subscription, "full" if self.full else "thin"
        whose = (to.tenant_id, person, to.partner, to.subscription)
        return Sent(*whose, tab, payload, to.purpose, self.today)


OFFERED = "SELECT entry, data, goal, wording FROM offered WHERE tenant_id = %s AND entry = ANY(%s)"


def tell(connection: Connection[Any], rows: Sequence[Logged], on: Occasion) -> list[Told]:
    """Each row in its place, whole or withheld. Raises nothing for what may not leave."""
    asked = on.subscription
    persons = {row.whose for row in rows if row.type in OFFER or row.type == CONSENTED}
    tabs = open_tabs(connection, asked.tenant_id, asked.partner, persons, at=on.at, today=on.today)
    entries = [row.entry for row in rows if row.type in OFFER or row.type == CONSENTED]
    found = connection.execute(OFFERED, (asked.tenant_id, entries)).fetchall()
    offered = {entry: (data, goal, wording) for entry, data, goal, wording in found}
    agreed = agreed_by(connection, {(asked.tenant_id, person) for person in persons})
    quiet = sensitive_names(connection, asked.tenant_id)
    return [
        one(row, on, tabs, offered, agreed.get((asked.tenant_id, row.whose)), quiet) for row in rows
    ]


def one(
    row: Logged,
    on: Occasion,
    tabs: Mapping[UUID, Collection[str]],
    offered: Mapping[UUID, tuple[Any, ...]],
    agreed: GoalsAgreedRow | None,
    quiet: frozenset[str],
) -> Told:
    if row.type == CONSENTED and not tabs.get(row.whose):
        return Told(placed(row, on, None, withheld=True))
    if row.type in CONTROL:
        return Told(placed(row, on, offered.get(row.entry, ({},))[0]))
    known = offered.get(row.entry)
    if row.type == WITHHELD or known is None:
        return Told(placed(row, on, None, withheld=True))
    data, goal, wording = known
    tab = OFFER[row.type].tab
    if tab not in tabs.get(row.whose, ()) or not stands(goal, agreed):
        return Told(placed(row, on, None, withheld=True))
    full = worded(data, goal, wording, agreed, quiet)
    return Told(placed(row, on, full if on.full else None), on.line(row.whose, tab))


def worded(
    data: Mapping[str, Any],
    goal: UUID | None,
    wording: UUID | None,
    agreed: GoalsAgreedRow | None,
    quiet: frozenset[str],
) -> Mapping[str, Any]:
    """With the words of what she agreed to, where none of them has to stay here."""
    if agreed is None or not agreed.tells_its_words(goal, quiet):
        return {name: value for name, value in data.items() if name != "words"}
    words = agreed.words.get(str(wording)) if wording else None
    return {**data, "words": words} if words else data


def stands(goal: UUID | None, agreed: GoalsAgreedRow | None) -> bool:
    return goal is None or (agreed is not None and agreed.holds(goal))


def placed(
    row: Logged, on: Occasion, data: Mapping[str, Any] | None, *, withheld: bool = False
) -> Place:
    of_somebody = row.whose != on.subscription.tenant_id
    return Place(
        tenant=on.subscription.tenant_id,
        subscription=on.subscription.subscription,
        sequence=row.sequence,
        id=row.id,
        type=row.type,
        subject=on.name(row.whose) if of_somebody and not withheld else None,
        at=row.at,
        by_her=row.by_her,
        data=None if data is None else disguised(row.type, data, on.name),
        withheld=withheld,
    )
