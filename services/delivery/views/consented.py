"""Whether a person's events may go to a partner now: her consent, her restrictions, all of it fresh."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from services.delivery.views.subscriptions import SubscriptionRow
from shared.access.days import RUNS, TODAY
from shared.access.freshness import FRESH_SECONDS, VIEWS, NotFreshError, require_fresh

EVERYTHING = "everything"
# the day is told: asked across organisations, each has its own
RUNS_ON = RUNS.replace(TODAY, "%(today)s::date")
TOWARDS = "(party = %(partner)s OR category = 'partner')"
STANDING = f"""
SELECT subject_id, kind, tabs, since FROM relations
 WHERE tenant_id = %(tenant)s AND subject_id = ANY(%(persons)s) AND {RUNS_ON}
   AND (kind = 'consent' AND purpose = 'partner' AND {TOWARDS}
     OR kind = 'restriction' AND {TOWARDS} OR kind = 'erasure')
"""
CONSENTING = f"""
SELECT DISTINCT subject_id FROM relations
 WHERE tenant_id = %(tenant)s AND kind = 'consent' AND purpose = 'partner' AND {TOWARDS}
   AND {RUNS_ON}
"""
IN_FORCE = f"""
SELECT relation, subject_id, party FROM relations
 WHERE tenant_id = %(tenant)s AND subject_id = ANY(%(persons)s) AND {RUNS_ON}
   AND kind = 'consent' AND purpose = 'partner' AND {TOWARDS}
"""
AUDIENCE = """
SELECT party, category, awaits IS NULL AND ended_at IS NULL, since IS NOT NULL FROM relations
 WHERE tenant_id = %s AND subject_id = %s AND relation = %s AND kind = 'consent'
   AND purpose = 'partner'
"""
PARKED = """
SELECT p.subject_id FROM parked p JOIN view_version v ON p.consumer = v.name || '_v' || v.active
 WHERE p.tenant_id = %s AND p.subject_id = ANY(%s) AND v.name = ANY(%s)
"""
CARE = f"""
SELECT DISTINCT subject_id, site, programme FROM relations
 WHERE tenant_id = %(tenant)s AND subject_id = ANY(%(persons)s) AND {RUNS_ON} AND kind = 'care'
"""
FOLLOWED = """
SELECT extract(epoch FROM clock_timestamp() - min(c.sealed_at)), count(*)
  FROM caught_up c JOIN view_version v ON c.consumer = v.name || '_v' || v.active
 WHERE v.name IN ('goals_agreed', 'subscriptions', 'sensitive_themes')
"""
DECIDING = (*VIEWS, "offered", "goals_agreed")


def require_followed(connection: Connection[Any]) -> None:
    """Raises NotFreshError when what decides has not been followed for five seconds."""
    require_fresh(connection)
    seconds, views = connection.execute(FOLLOWED).fetchone() or (None, 0)
    if views < 3 or seconds is None or seconds > FRESH_SECONDS:
        raise NotFreshError("access.not_fresh")


def open_tabs(
    connection: Connection[Any],
    tenant: UUID,
    partner: UUID,
    persons: Collection[UUID],
    *,
    at: datetime,
    today: date,
) -> Mapping[UUID, Mapping[str, datetime]]:
    """Of each person the tabs that she consents to show this partner, each with since when.

    Less what she restricts; and none of hers whose record is hidden, or whose events were set
    aside: nobody knows them whole.
    """
    asked = {"tenant": tenant, "partner": partner, "persons": list(persons), "at": at}
    rows = connection.execute(STANDING, {**asked, "today": today}).fetchall()
    given: dict[UUID, dict[str, datetime]] = defaultdict(dict)
    closed: dict[UUID, set[str]] = defaultdict(set)
    for person, kind, tabs, since in rows:
        if kind == "consent":
            for tab in tabs or ():
                given[person][tab] = min(since, given[person].get(tab, since))
        else:
            closed[person] |= set(tabs or (EVERYTHING,)) if kind == "restriction" else {EVERYTHING}
    parked = connection.execute(PARKED, (tenant, list(given), list(DECIDING))).fetchall()
    for (person,) in parked:
        closed[person].add(EVERYTHING)
    return {
        person: {tab: since for tab, since in tabs.items() if tab not in closed[person]}
        for person, tabs in given.items()
        if EVERYTHING not in closed[person]
    }


def consenting(
    connection: Connection[Any], tenant: UUID, partner: UUID, *, at: datetime, today: date
) -> frozenset[UUID]:
    """Who consents to show this partner something; in no order, as theirs tells of their ids."""
    asked = {"tenant": tenant, "partner": partner, "at": at, "today": today}
    return frozenset(p for (p,) in connection.execute(CONSENTING, asked).fetchall())


def consents_in_force(
    connection: Connection[Any],
    one: SubscriptionRow,
    persons: Collection[UUID],
    *,
    at: datetime,
    today: date,
) -> frozenset[UUID]:
    """The consents themselves, by the entry that gave each: to this partner, or to all of them."""
    asked = {"tenant": one.tenant_id, "partner": one.partner, "persons": list(persons), "at": at}
    rows = connection.execute(IN_FORCE, {**asked, "today": today}).fetchall()
    care = in_care(connection, one.tenant_id, persons, at=at, today=today)
    return frozenset(
        entry for entry, person, party in rows if party is not None or one.reaches(care[person])
    )


def in_care(
    connection: Any, tenant: UUID, persons: Collection[UUID], *, at: datetime, today: date
) -> Mapping[UUID, Collection[tuple[UUID | None, UUID | None]]]:
    """At which sites, and in which programmes, somebody works with each of these people now."""
    asked = {"tenant": tenant, "persons": list(persons), "at": at, "today": today}
    found: dict[UUID, set[tuple[UUID | None, UUID | None]]] = defaultdict(set)
    for person, site, programme in connection.execute(CARE, asked).fetchall():
        found[person].add((site, programme))
    return found


class Given(NamedTuple):
    """To whom a consent to partners is given: whether it stands, and whether it ever counted."""

    party: UUID | None
    category: str | None
    stands: bool
    counted: bool


def given(connection: Any, tenant: UUID, person: UUID, consent: UUID) -> Given | None:
    """One of her consents to partners; None where it is about something else."""
    found = connection.execute(AUDIENCE, (tenant, person, consent)).fetchone()
    return Given(*found) if found else None
