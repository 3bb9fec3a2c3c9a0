"""From a request's `act` to an Act: whose act, with whom, how and when, attested by the sign-in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from psycopg import Connection

from shared.access.standing import Caller, Standing
from shared.http.places import require_places
from shared.kernel import ROLES, Act, Contributor, Denied, Invalid

# a device's clock may be a little ahead of ours
AHEAD = timedelta(minutes=10)
# before, some clocks still went by the sun, to the second; an event keeps whole minutes only
ZONED = 1973
REPRESENTING = ("representative", "assistant")
Roles = dict[UUID, list[str]]

PARTIES = """
SELECT p.party, p.kind, p.roles, r.kind, r.role FROM known_parties p
  LEFT JOIN relations r ON r.tenant_id = p.tenant_id AND r.subject_id = %s AND r.party = p.party
   AND r.kind IN ('care', 'representation', 'consent')
 WHERE p.tenant_id = %s AND p.party = ANY(%s)
 ORDER BY r.since
"""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the desk knows of a command beside its body's `act`."""

    caller: Caller
    person: UUID | None
    standing: Standing | None
    now: datetime
    command: UUID
    zone: ZoneInfo
    request: str | None = None
    traceparent: str | None = None


def act_from(connection: Connection[Any], given: Mapping[str, Any], known: Circumstances) -> Act:
    """Raises Invalid for a contributor nobody knows here or a day that has not come yet."""
    require_places(connection, known.caller.tenant, given)
    actor = known.caller.party
    author = given.get("author", actor)
    named = list(given.get("contributors", ()))
    if not any(c["party"] == actor for c in named):
        named.append({"party": actor, "part": "wrote"})
    if not any(c["party"] == author for c in named):
        named.insert(0, {"party": author, "part": "agreed"})
    representing = known.standing is not None and known.standing.kind in REPRESENTING
    if representing and author != actor:
        raise Denied("author.not_through_representation", field="act.author")
    roles = roles_of(connection, known, [c["party"] for c in named])
    for number, contributor in enumerate(named):
        require_held(roles, contributor, number)
    contributors = tuple(
        Contributor(
            party=c["party"],
            role=role_in(roles, known, c),
            part=c["part"],
            knowledge=tuple(dict.fromkeys(c.get("knowledge", ()))),
            attestation="own" if c["party"] == actor else "claimed",
        )
        for c in named
    )
    occurred, precision = occurrence(given.get("occurred_at"), known)
    others = {c["party"] for c in named} - {actor}
    return Act(
        tenant=known.caller.tenant,
        subject=known.person or known.caller.tenant,
        actor=actor,
        author=author,
        at=known.now.astimezone(UTC),
        occurred=occurred,
        precision=precision,
        command=known.command,
        contributors=contributors,
        setting=given.get("setting") or ("together" if others else "alone"),
        site=given.get("site") or (known.standing.site if known.standing else None),
        programme=given.get("programme") or (known.standing.programme if known.standing else None),
        because_of=tuple(dict.fromkeys(given.get("because_of", ()))),
        request=known.request,
        traceparent=known.traceparent,
    )


def role_in(roles: Roles, known: Circumstances, contributor: Mapping[str, Any]) -> str:
    """The actor's role is the one the action was allowed for, whatever the request says."""
    party = contributor["party"]
    own = known.standing.role if known.standing and party == known.caller.party else None
    if own in ROLES:
        return str(own)
    return str(contributor.get("role") or roles[party][0])


def require_held(roles: Roles, contributor: Mapping[str, Any], number: int) -> None:
    """Nobody is given a role that he or she does not have here."""
    role = contributor.get("role")
    if role is not None and role not in roles[contributor["party"]]:
        where = f"act.contributors.{number}.role"
        raise Invalid("contributor.other_role", field=where, role=role)


def roles_of(connection: Connection[Any], known: Circumstances, parties: Sequence[UUID]) -> Roles:
    """The roles in which each may take part here: towards the person first, then in the house."""
    roles: Roles = {}
    rows = connection.execute(PARTIES, (known.person, known.caller.tenant, list(parties)))
    for party, kind, held, relation, role in rows.fetchall():
        near = {"care": "practitioner", "representation": "representative", "consent": "relative"}
        here = [role or near[relation]] if relation else []
        in_the_house = ["person"] if kind == "person" else [*(held or ()), kind]
        roles[party] = [*here, *roles.get(party, ()), *in_the_house]
    if known.person is not None:
        roles[known.person] = ["person"]
    if known.caller.operator:
        roles.setdefault(known.caller.party, ["administrator"])
    for number, party in enumerate(parties):
        if party not in roles:
            raise Invalid("contributor.unknown", field=f"act.contributors.{number}.party")
    return roles


def occurrence(given: date | datetime | None, known: Circumstances) -> tuple[datetime, str]:
    """When it was in life: an instant, or a day, as days are where the organisation is."""
    zone = known.zone
    if given is None:
        return known.now.astimezone(zone), "instant"
    if not isinstance(given, datetime):
        start = datetime(given.year, given.month, given.day, tzinfo=zone)
        if given > (known.now + AHEAD).astimezone(zone).date():
            raise Invalid("occurred.in_future", field="act.occurred_at")
        return start, "day"
    if given > known.now + AHEAD:
        raise Invalid("occurred.in_future", field="act.occurred_at")
    return here(given, zone), "instant"


def here(instant: datetime, zone: ZoneInfo) -> datetime:
    """The instant as the clocks of the organisation showed it: its date is the day it was there."""
    if instant.year < ZONED:
        return instant
    return instant.astimezone(zone)
