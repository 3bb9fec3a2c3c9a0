"""Every subscription as it stands: to whom, on which terms, and whether its webhooks go out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from psycopg import Connection

from services.delivery.domain.names import overlapping
from shared.store.told import Told
from shared.store.views import Doc, Key, Row, View, columns


@dataclass(frozen=True)
class SubscriptionRow(Row):
    subscription: UUID
    partner: UUID
    name: str
    types: tuple[str, ...]
    purpose: str
    until: date
    payload: str
    sites: tuple[UUID, ...]
    programmes: tuple[UUID, ...]
    granted_at: datetime
    url: str | None = None
    generation: int = 1
    former: Doc = field(default_factory=dict, hash=False)
    paused: bool = False
    disabled: str | None = None
    ended: bool = False

    @property
    def overlaps(self) -> dict[int, datetime]:
        """Until when each earlier secret counts."""
        return {int(n): datetime.fromisoformat(until) for n, until in self.former.items()}

    def wants(self, type_: str, site: UUID | None, programme: UUID | None) -> bool:
        """Whether it was granted for this kind of event, at this place."""
        return type_ in self.types and self.reaches([(site, programme)])

    def reaches(self, places: Iterable[tuple[UUID | None, UUID | None]]) -> bool:
        """Whether one of these sites and programmes is among those it was granted for."""
        if not self.sites and not self.programmes:
            return True
        return any(
            (not self.sites or site in self.sites)
            and (not self.programmes or programme in self.programmes)
            for site, programme in places
        )


# what each fact sets, by the name of its field
SETS: Mapping[str, Mapping[str, Any]] = {
    "delivery.subscription_paused": {"paused": True},
    "delivery.subscription_resumed": {"paused": False},
    "delivery.subscription_enabled": {"disabled": None},
    "delivery.subscription_ended": {"ended": True},
}
GRANTED = "delivery.subscription_granted"
OTHERS = frozenset(
    {"delivery.endpoint_set", "delivery.secret_rotated", "delivery.subscription_disabled"}
)


class Subscriptions(View[SubscriptionRow]):
    """Who is told what, until when, and where do webhooks go?"""

    name = "subscriptions"
    row = SubscriptionRow
    key = ("tenant_id", "subscription")
    indexes = (("tenant_id", "partner"),)
    sources: ClassVar[frozenset[str]] = frozenset({"delivery"})
    listens = frozenset({GRANTED, *SETS, *OTHERS})
    tells_freshness: ClassVar[bool] = True

    def keys(self, told: Told) -> Iterable[Key]:
        return [(told.tenant, told.stream)]

    def fold(self, key: Key, row: SubscriptionRow | None, told: Told) -> SubscriptionRow | None:
        if told.type == GRANTED:
            return granted(told)
        if row is None:
            return None
        if told.type in SETS:
            return replace(row, **SETS[told.type])
        body = told.body
        if told.type == "delivery.endpoint_set":
            return replace(row, url=body.get("url"))
        if told.type == "delivery.subscription_disabled":
            return replace(row, disabled=body["reason"])
        until = datetime.fromisoformat(body["overlap"])
        kept = overlapping(row.overlaps, row.generation, until, told.act.at)
        return replace(row, generation=body["generation"], former=dated(kept))


def granted(told: Told) -> SubscriptionRow:
    body = told.body
    return SubscriptionRow(
        told.tenant,
        told.subject,
        told.stream,
        UUID(body["partner"]),
        body["name"],
        tuple(body["types"]),
        body["purpose"],
        date.fromisoformat(body["until"]),
        body.get("payload", "thin"),
        tuple(UUID(s) for s in body.get("sites") or ()),
        tuple(UUID(p) for p in body.get("programmes") or ()),
        told.act.at,
    )


def dated(overlaps: Mapping[int, datetime]) -> Doc:
    return {str(number): until.isoformat() for number, until in overlaps.items()}


NAMES = ", ".join(of.name for of in fields(SubscriptionRow))
COLUMNS = columns(SubscriptionRow)
BY_TENANT = f"SELECT {NAMES} FROM subscriptions WHERE tenant_id = ANY(%s)"
PAGE = f"""
SELECT {NAMES} FROM subscriptions
 WHERE tenant_id = %(tenant)s AND partner = coalesce(%(partner)s, partner)
   AND (granted_at, subscription) < (%(at)s, %(subscription)s)
 ORDER BY granted_at DESC, subscription DESC LIMIT %(limit)s
"""
START = ("infinity", UUID(int=0))  # none was granted then
ONE = f"SELECT {NAMES} FROM subscriptions WHERE tenant_id = %s AND subscription = %s"
# those whose webhooks go out now, and that have something to send
SENDING = f"""
SELECT {NAMES} FROM subscriptions s
 WHERE url IS NOT NULL AND NOT paused AND NOT ended AND disabled IS NULL
   AND until >= (clock_timestamp() AT TIME ZONE coalesce(
     (SELECT timezone FROM known_organisations o WHERE o.tenant_id = s.tenant_id), 'UTC'))::date
   AND EXISTS (SELECT FROM known_parties p WHERE p.tenant_id = s.tenant_id
     AND p.party = s.partner AND p.left_at IS NULL)
   AND EXISTS (SELECT FROM delivery_queue q WHERE q.tenant_id = s.tenant_id
     AND q.subscription = s.subscription AND q.due_at <= clock_timestamp())
"""


def of_tenants(connection: Connection[Any], tenants: Iterable[UUID]) -> list[SubscriptionRow]:
    return rows(connection.execute(BY_TENANT, (list(tenants),)).fetchall())


def page(
    connection: Connection[Any],
    tenant: UUID,
    *,
    partner: UUID | None,
    after: tuple[Any, ...] | None,
    limit: int,
) -> list[SubscriptionRow]:
    """The latest first, of one partner or all; `after` is the `place` of the last one before."""
    at, subscription = after or START
    asked = {"tenant": tenant, "partner": partner, "limit": limit}
    told = connection.execute(PAGE, asked | {"at": at, "subscription": subscription})
    return rows(told.fetchall())


def place(row: SubscriptionRow) -> tuple[str, UUID]:
    """Where the next page begins after this one."""
    return row.granted_at.isoformat(), row.subscription


def one(connection: Connection[Any], tenant: UUID, subscription: UUID) -> SubscriptionRow | None:
    return next(iter(rows(connection.execute(ONE, (tenant, subscription)).fetchall())), None)


def sending(connection: Connection[Any]) -> list[SubscriptionRow]:
    """Of every organisation, asked as the reader."""
    return rows(connection.execute(SENDING).fetchall())


def rows(found: Iterable[tuple[Any, ...]]) -> list[SubscriptionRow]:
    return [
        SubscriptionRow(*(c.get(v) for c, v in zip(COLUMNS, told, strict=True))) for told in found
    ]
