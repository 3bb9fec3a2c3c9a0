"""What waits for someone: decisions noted in their name, and actions that fall to them?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from shared.store.told import Told
from shared.store.views import Key, Row, View

DECISIONS = frozenset(
    f"plans.{name}"
    for name in (
        "plan_opened",
        "plan_closed",
        "review_held",
        "theme_declined",
        "goal_agreed",
        "goal_declined",
        "goal_reworded",
        "goal_achieved",
        "goal_set_aside",
    )
)
ANSWERED = frozenset({"plans.contribution_confirmed", "plans.contribution_disputed"})
FALLS_TO = frozenset({"plans.action_added", "plans.action_assigned"})
SETTLED = frozenset({"plans.action_accepted", "plans.action_done", "plans.action_dropped"})
GONE = frozenset({"plans.entry_misfiled"})


@dataclass(frozen=True)
class WaitingRow(Row):
    """`thing` is an entry to confirm or dispute, one row a party; or an action, in one row."""

    thing: UUID
    place: UUID
    party: UUID
    kind: str
    plan: UUID


class Waiting(View[WaitingRow]):
    """One row for each thing that waits for one party; it is never counted, nor urged again."""

    name = "waiting"
    row = WaitingRow
    key = ("tenant_id", "subject_id", "thing", "place")
    indexes = (("tenant_id", "party"),)
    sources: ClassVar[frozenset[str]] = frozenset({"plans"})
    listens = DECISIONS | ANSWERED | FALLS_TO | SETTLED | GONE

    def keys(self, told: Told) -> Iterable[Key]:
        return [(told.tenant, told.subject, thing, place) for thing, place in touched(told)]

    def fold(self, key: Key, row: WaitingRow | None, told: Told) -> WaitingRow | None:
        *_, thing, place = key
        if told.type in DECISIONS:
            waits, kind = place, "confirm"
        elif told.type in FALLS_TO and not taken_on(told):
            waits, kind = UUID(told.body["responsible"]), "accept"
        else:
            return None
        return WaitingRow(told.tenant, told.subject, thing, place, waits, kind, told.stream)


def taken_on(told: Told) -> bool:
    """Whether it falls to nobody, or to whoever says so with their own sign-in."""
    responsible = told.body.get("responsible")
    return responsible is None or UUID(responsible) == told.act.author == told.act.actor


def touched(told: Told) -> Iterable[tuple[UUID, UUID]]:
    """The things, and for whom, that this event makes wait, or waiting no more."""
    if told.type in DECISIONS:
        claimed = (c for c in told.act.contributors if c.attestation == "claimed")
        return [(told.id, c.party) for c in claimed]
    if told.type in FALLS_TO | SETTLED:
        action = told.body.get("action")
        return [(UUID(action), UUID(action))] if action else []
    if told.entry is None:
        return []
    if told.type in ANSWERED:
        return [(told.entry, told.act.author)]
    concerned = {told.subject, told.act.author, *(c.party for c in told.act.contributors)}
    return [(told.entry, party) for party in concerned]


FOR_PARTY = """
SELECT plan, kind, thing FROM waiting WHERE subject_id = %s AND party = %s ORDER BY thing
"""


def waiting_for(connection: Any, person: UUID, party: UUID) -> Sequence[tuple[UUID, str, UUID]]:
    """What waits for this party about this person: in which plan, to do what, with what."""
    return [tuple(row) for row in connection.execute(FOR_PARTY, (person, party)).fetchall()]
