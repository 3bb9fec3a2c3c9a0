"""Whose subscription it is that somebody asks about: the organisation's, and one partner's."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from services.delivery.domain.names import secrets
from services.delivery.domain.subscription import Subscription
from services.delivery.ledger import DeliveryLedger
from services.delivery.views.subscriptions import SubscriptionRow, dated
from shared.access.standing import Caller
from shared.http.desk import Desk
from shared.http.webhooks import Keys
from shared.kernel import Act, NotFound, Refused

PARTNER = "partner"


def theirs(desk: Desk, caller: Caller, subscription: UUID) -> Subscription:
    """As it stands. Another partner's is as unknown as another organisation's."""
    found = desk.ledger.load(Subscription, caller.tenant, subscription, caller.tenant)
    require_theirs(found, caller.party, partner=PARTNER in caller.roles)
    return found


def acts_on(desk: Desk, act: Act, subscription: UUID) -> Subscription:
    """The same for whoever is about to change it."""
    found = desk.ledger.load(Subscription, act.tenant, subscription, act.tenant)
    require_theirs(found, act.actor, partner=act.role_of(act.actor) == PARTNER)
    return found


def require_theirs(found: Subscription, party: UUID, *, partner: bool) -> None:
    if found.terms is None or (partner and found.terms.partner != party):
        raise NotFound("stream.unknown")


def reading(desk: Desk, subscription: UUID) -> SubscriptionRow:
    """A partner reads its feed: it runs, and is not paused. Webhooks may be, the feed repairs."""
    caller = desk.caller(may="delivery.feed")
    found = theirs(desk, caller, subscription)
    if not found.runs(desk.today(caller.tenant)):
        raise Refused("subscription.ended")
    if found.paused:
        raise Refused("subscription.paused")
    return row_of(found, caller.tenant)


def row_of(state: Subscription, tenant: UUID) -> SubscriptionRow:
    """As the views know it, but as it is now."""
    terms = state.terms
    if terms is None:
        raise NotFound("stream.unknown")
    return SubscriptionRow(
        tenant,
        tenant,
        state.id,
        terms.partner,
        terms.name,
        terms.types,
        terms.purpose,
        terms.until,
        terms.payload,
        terms.sites,
        terms.programmes,
        terms.act.at,
        state.url,
        state.generation,
        dated(state.overlaps),
        state.paused,
        state.disabled,
        state.ended,
    )


def ledger_of(desk: Desk) -> DeliveryLedger:
    return cast("DeliveryLedger", desk.ledger)


def keys_of(desk: Desk, one: SubscriptionRow) -> list[tuple[int, Keys]]:
    """The secrets that count now, the newest first, each with its number."""
    asked = (one.subscription, one.generation, one.overlaps, desk.clock())
    return [(number, Keys(*both)) for number, *both in secrets(desk.secret(one.tenant_id), *asked)]


def status_of(row: SubscriptionRow, today: Any) -> str:
    if row.ended or today > row.until:
        return "ended"
    if row.paused:
        return "paused"
    return "disabled" if row.disabled else "active"
