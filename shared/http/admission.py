"""Who comes to the desk: known here, standing to the person in some way, allowed what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import current_app
from psycopg import Connection

from shared.access.knocking import fresh_caller
from shared.access.policy import ANYONE, MEMBER, PARTNER, WHILE_HIDDEN, allows, tab_of
from shared.access.standing import OFFICES, Caller, Standing, standings
from shared.http.identity import SignedIn
from shared.kernel import Denied, NotFound, Refused
from shared.telemetry.instruments import DECISIONS

# who is asked first when someone stands in several ways to a person
NEAREST = (
    "self", "care", "relative", "representative", "assistant", "emergency",
    "privacy_officer", "auditor", "administrator", "manager", "researcher", "worker",
)  # fmt: skip
# what one is in the organisation; how one stands to somebody gives nothing there
IN_THE_HOUSE = OFFICES | {"auditor", PARTNER}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and how they stand to the person whose record it is."""

    tenant: UUID
    party: UUID
    person: UUID | None
    standing: Standing
    roles: frozenset[str]

    @property
    def is_self(self) -> bool:
        return self.standing.kind == "self"


def admitted(
    connection: Connection[Any], who: SignedIn, may: str, person: UUID | None, at: datetime
) -> tuple[Caller, Standing]:
    """Decided, and counted: let in or not, and by which code. Raises as `decided` does."""
    try:
        found = decided(connection, who, may, person, at)
    except Refused as refused:
        DECISIONS.add(1, current_app.name, "denied", refused.code)
        raise
    DECISIONS.add(1, current_app.name, "allowed", None)
    return found


def decided(
    connection: Connection[Any], who: SignedIn, may: str, person: UUID | None, at: datetime
) -> tuple[Caller, Standing]:
    """The caller, and the nearest of the ways they stand that allows this.

    Raises NotFound for a person they do not stand to at all, Denied for what is not theirs to do.
    """
    caller = fresh_caller(connection, tenant_of(who), who.subject)
    if caller is None:
        raise Denied("caller.unknown")
    if person is None:
        return caller, in_the_house(caller, may)
    known = standings(connection, caller, person, at) or ()
    found = [s for s in known if s.opens(tab_of(may)) and (may in WHILE_HIDDEN or not s.hidden)]
    if not found or (all(s.kind == "worker" for s in found) and not allows(may, {"worker"})):
        raise NotFound("person.unknown")
    for standing in sorted(found, key=lambda s: NEAREST.index(s.kind)):
        if allows(may, {standing.kind}):
            return caller, standing
    raise Denied("action.not_yours")


def in_the_house(caller: Caller, may: str) -> Standing:
    """What a role in the organisation allows, where no person is concerned."""
    held = sorted(caller.roles & IN_THE_HOUSE)
    # a partner's system belongs to another house, and is asked in for one thing only
    here = set(held) if PARTNER in held else {MEMBER, *held}
    if not allows(may, here):
        raise Denied("action.not_yours")
    role = next((r for r in held if allows(may, {r})), "member")
    return Standing(role, role)


def open_to_all(*, may: str) -> None:
    """Whoever asks, signed in or not. Raises Denied where the policy does not say so."""
    if not allows(may, {ANYONE}):
        raise Denied("action.not_yours")


def tenant_of(who: SignedIn) -> UUID:
    """The organisation that the token is for."""
    if who.tenant is None:
        raise Denied("caller.without_organisation")
    return who.tenant
