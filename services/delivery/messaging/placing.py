"""Which subscriptions an event concerns, and what it is called in each of their logs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from services.delivery.domain.names import event_name
from services.delivery.domain.offer import CONSENTED, WITHDRAWN
from services.delivery.messaging.happened import Audience, Happened, consented, happened
from services.delivery.views.aside import let_go
from services.delivery.views.consented import Given, given, in_care, open_tabs
from services.delivery.views.following import today_of
from services.delivery.views.places import New, ask_erasures, place, purge, told_of
from services.delivery.views.subscriptions import SubscriptionRow, of_tenants
from shared.store.cursors import view_at
from shared.store.source import Page, Source
from shared.store.told import Told
from shared.telemetry.traces import traced

# the views by which it is decided, by the log that each follows
DECIDING = {"directory": "relations", "delivery": "subscriptions"}


class Placing:
    """Decides from envelopes; opens words only where a consent says for whom it is."""

    def __init__(self, secret: Callable[[UUID], bytes], sources: Mapping[str, Source]) -> None:
        self._secret, self._sources = secret, sources
        # how far each log went, and when it was sealed, where a `no` was first doubted
        self._doubts: dict[str, tuple[int, datetime]] = {}

    def offered(self, cursor: Any, told: Sequence[Told]) -> list[New]:
        """What gets a place in whose log: as it was granted, and as she consents."""
        granted = by_tenant(cursor, {event.tenant for event in told})
        asked = [
            (found, one)
            for found in (happened(cursor, told) if granted else ())
            for one in granted.get(found.what.tenant, ())
            if one.wants(found.what.type, found.what.site, found.what.programme)
            and one.granted_at <= found.by.act.at
        ]
        let_in = self._let_in(cursor, asked) if asked else {}
        return [
            self.recorded(found, one)
            for found, one in asked
            if consented(found, let_in.get((one.tenant_id, one.partner, found.what.person)))
        ]

    def consents(self, cursor: Any, told: Told) -> list[New]:
        """Given to this partner or to all of them; its end, to those who were told something.

        One that was noted for her is told once she has confirmed it.
        """
        is_given = told.type == CONSENTED
        noted = is_given and told.act.author != told.act.actor
        if not told.readable or noted or (is_given and told.body.get("purpose") != "partner"):
            return []
        whom = Audience(told.body.get("audience"), told.body.get("category"))
        if not is_given:
            return self._ended(cursor, told, whom)
        return [self.new(told, one, told.subject) for one in self._concerned(cursor, told, whom)]

    def confirmed(self, cursor: Any, told: Told) -> list[New]:
        """The consent that she confirms, if it still stands: it is told as if it were given now."""
        found = self._hers(cursor, told)
        if found is None or not found.stands:
            return []
        ones = self._concerned(cursor, told, Audience(found.party, found.category))
        return [self.new(told, one, told.subject, CONSENTED, told.entry) for one in ones]

    def disputed(self, cursor: Any, told: Told) -> list[New]:
        """The consent that she says she did not give: it ends as if she withdrew it."""
        found = self._hers(cursor, told)
        if found is None or not found.counted:
            return []
        return self._ended(cursor, told, Audience(found.party, found.category))

    @staticmethod
    def _hers(cursor: Any, told: Told) -> Given | None:
        if told.entry is None or told.act.author != told.subject:
            return None
        return given(cursor, told.tenant, told.subject, told.entry)

    def _ended(self, cursor: Any, told: Told, whom: Audience) -> list[New]:
        """To those who were told something, wherever somebody works with her by now."""
        known = told_of(cursor, told.tenant, told.subject)
        return [
            self.new(told, one, told.subject, WITHDRAWN)
            for one in self._towards(cursor, told, whom)
            if one.subscription in known
        ]

    def _concerned(self, cursor: Any, told: Told, whom: Audience) -> list[SubscriptionRow]:
        """Of those that a consent to all partners is for: who is granted what is done near her."""
        found = self._towards(cursor, told, whom)
        if not found or whom.category is None:
            return found
        now = cursor.execute("SELECT clock_timestamp()").fetchone()[0]
        day = today_of(cursor, [told.tenant], now)[told.tenant]
        care = in_care(cursor, told.tenant, [told.subject], at=now, today=day)
        return [one for one in found if one.reaches(care.get(told.subject, ()))]

    @staticmethod
    def _towards(cursor: Any, told: Told, whom: Audience) -> list[SubscriptionRow]:
        return [
            one
            for one in by_tenant(cursor, {told.tenant}).get(told.tenant, ())
            if (str(one.partner) == str(whom.party) or whom.category == "partner")
            and one.granted_at <= told.act.at
        ]

    def erasures(self, cursor: Any, told: Told) -> int:
        """To every subscription that was ever told anything of hers, ended or not."""
        concerned = told_of(cursor, told.tenant, told.subject)
        rows = {row.subscription: row for row in of_tenants(cursor.connection, {told.tenant})}
        ones = [rows[s] for s in sorted(concerned) if s in rows]
        events = [self.new(told, one, told.subject) for one in ones]
        purge(cursor, told.tenant, told.subject)
        let_go(cursor, told.tenant, told.subject)
        done = place(cursor, events)
        ask_erasures(cursor, zip(events, (one.partner for one in ones), strict=True))
        return done

    def recorded(self, found: Happened, one: SubscriptionRow) -> New:
        """In its place by what lets it be told, with the time at which it was recorded."""
        what, told = found.what, found.by
        made = self.new(told, one, what.person, what.type, what.entry)
        return replace(made, at=what.at, by_her=what.by_her)

    def new(
        self,
        told: Told,
        one: SubscriptionRow,
        whose: UUID,
        type_: str | None = None,
        entry: UUID | None = None,
    ) -> New:
        which = entry or told.id
        return New(
            told.tenant,
            one.subscription,
            event_name(self._secret(told.tenant), one.subscription, which),
            whose,
            which,
            told.source,
            type_ or told.type,
            told.act.at,
            told.act.author == told.subject,
            told.gpos,
            told.era,
            told.lane,
            one.url is not None and not one.ended,
            traced(told.act.traceparent),
        )

    def decided_up_to(self, cursor: Any, source: str, page: Page) -> int:
        """Up to where of a page a `no` is certain: whatever was granted before is known here.

        A place is given at once where it can be; what got none is looked at again until then. The
        times are those of when it was first doubted: the logs go on meanwhile.
        """
        upto, at = self._doubts.setdefault(source, (page.upto, page.sealed_at))
        for name, view in DECIDING.items():
            head = self._sources[name].head()
            if head.sealed_at < at or view_at(cursor, view, name, head.era) < head.head:
                return 0
        del self._doubts[source]
        return min(upto, page.upto)

    @staticmethod
    def _let_in(
        cursor: Any, asked: Iterable[tuple[Happened, SubscriptionRow]]
    ) -> dict[tuple[UUID, UUID, UUID], Mapping[str, datetime]]:
        persons: dict[tuple[UUID, UUID], set[UUID]] = defaultdict(set)
        for found, one in asked:
            persons[one.tenant_id, one.partner].add(found.what.person)
        now = cursor.execute("SELECT clock_timestamp()").fetchone()[0]
        days = today_of(cursor, list({tenant for tenant, _ in persons}), now)
        return {
            (tenant, partner, person): tabs
            for (tenant, partner), of in persons.items()
            for person, tabs in open_tabs(
                cursor.connection, tenant, partner, of, at=now, today=days[tenant]
            ).items()
        }


def by_tenant(cursor: Any, tenants: Iterable[UUID]) -> dict[UUID, list[SubscriptionRow]]:
    """The subscriptions that still count, of each organisation."""
    found: dict[UUID, list[SubscriptionRow]] = defaultdict(list)
    for one in of_tenants(cursor.connection, tenants):
        if not one.ended:
            found[one.tenant_id].append(one)
    return found
