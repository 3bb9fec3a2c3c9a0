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
from shared.kernel import ROLES, Act, Contributor, Denied, Invalid

# a device's clock may be a little ahead of ours
AHEAD = timedelta(minutes=10)

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
    request: str | None = None
    traceparent: str | None = None
    zone: str = "UTC"


def act_from(connection: Connection[Any], given: Mapping[str, Any], known: Circumstances) -> Act:
    """Raises Invalid for a contributor nobody knows here or a day that has not come yet."""
    actor = known.caller.party
    author = given.get("author", actor)
    named = list(given.get("contributors", ()))
    if not any(c["party"] == actor for c in named):
        named.append({"party": actor, "part": "wrote"})
    if not any(c["party"] == author for c in named):
        named.insert(0, {"party": author, "part": "agreed"})
    representing = known.standing is not None and known.standing.kind == "representative"
    if representing and author != actor:
        raise Denied("author.not_through_representation", field="act.author")
    roles = roles_of(connection, known, [c["party"] for c in named])
    contributors = tuple(
        Contributor(
            party=c["party"],
            role=own_role(known) or roles[actor]
            if c["party"] == actor
            else c.get("role") or roles[c["party"]],
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


def own_role(known: Circumstances) -> str | None:
    """The actor's role is the one the action was allowed for, whatever the request says."""
    role = known.standing.role if known.standing else None
    return role if role in ROLES else None


def roles_of(
    connection: Connection[Any], known: Circumstances, parties: Sequence[UUID]
) -> dict[UUID, str]:
    """The role in which each takes part here: towards the person first, then in the house."""
    roles: dict[UUID, str] = {}
    rows = connection.execute(PARTIES, (known.person, known.caller.tenant, list(parties)))
    for party, kind, held, relation, role in rows.fetchall():
        if relation == "care":
            roles[party] = role or "practitioner"
        elif relation == "representation":
            roles[party] = role or "representative"
        else:
            roles.setdefault(party, "relative" if relation else resident(kind, held))
    if known.person is not None:
        roles[known.person] = "person"
    if known.caller.operator:
        roles.setdefault(known.caller.party, "administrator")
    for number, party in enumerate(parties):
        if party not in roles:
            raise Invalid("contributor.unknown", field=f"act.contributors.{number}.party")
    return roles


def resident(kind: str, held: Sequence[str] | None) -> str:
    """Someone's role in the organisation when nothing nearer is known."""
    if kind == "person":
        return "person"
    return (held or [kind])[0]


def occurrence(given: date | datetime | None, known: Circumstances) -> tuple[datetime, str]:
    """When it was in life: an instant, or the noon of a day that only its precision makes a day."""
    if given is None:
        return known.now.astimezone(UTC), "instant"
    if not isinstance(given, datetime):
        start = datetime(given.year, given.month, given.day, tzinfo=ZoneInfo(known.zone))
        if given > (known.now + AHEAD).astimezone(ZoneInfo(known.zone)).date():
            raise Invalid("occurred.in_future", field="act.occurred_at")
        return start, "day"
    if given > known.now + AHEAD:
        raise Invalid("occurred.in_future", field="act.occurred_at")
    return given, "instant"
