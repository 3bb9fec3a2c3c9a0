"""Checks across streams: a relation names someone, a site and a programme known and open here."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.directory.domain.mandate import Mandate
from services.directory.domain.organisation import Organisation
from services.directory.domain.party import Party
from services.directory.views.people import signs_in
from shared.http.desk import Desk
from shared.kernel import Act, Invalid, NotFound, Refused


def organisation(desk: Desk, tenant: UUID) -> Organisation:
    return desk.ledger.load(Organisation, tenant, tenant)


def party(
    desk: Desk, tenant: UUID, who: UUID, *, role: str | None = None, field: str = "party"
) -> Party:
    """The party, if registered here, still here and (where asked) holding that role.

    Someone of another organisation reads like someone who never was.
    """
    try:
        found = desk.ledger.load(Party, tenant, who, subject=tenant)
    except NotFound:
        found = Party(who)
    if found.profile is None:
        raise Invalid("party.unknown", field=field)
    if found.left:
        raise Refused("party.left", field=field)
    if role is not None and role not in found.roles:
        raise Refused("party.needs_role", field=field, name=found.name, role=role)
    return found


def audience(desk: Desk, tenant: UUID, who: UUID, purpose: str) -> None:
    """Research lets in a researcher, and nothing else lets in someone who is here for research."""
    found = party(desk, tenant, who, field="audience")
    researching = "researcher" in found.roles
    if purpose == "research" and not researching:
        raise Refused("party.needs_role", field="audience", name=found.name, role="researcher")
    if purpose != "research" and researching and len(found.roles) == 1:
        raise Invalid("consent.other_purpose", field="purpose")


def age_of_consent(desk: Desk, tenant: UUID) -> int | None:
    """From which birthday one consents alone here, if the organisation has said so."""
    told = organisation(desk, tenant).age_of_consent
    return told[0] if told else None


def place(desk: Desk, tenant: UUID, site: UUID, programme: UUID | None = None) -> None:
    """Raises Invalid for places nobody knows here, Refused for closed ones."""
    places = organisation(desk, tenant).places
    try:
        places.open_site(site)
        if programme is not None:
            places.open_programme(programme, site)
    except NotFound as unknown:
        raise Invalid(unknown.code, field=unknown.field) from None


def free_sign_in(desk: Desk, tenant: UUID, subject: str | None, who: UUID) -> None:
    """One sign-in is one party: two would make it unclear whose act it is."""
    if subject is None:
        return
    holder = desk.view(tenant, lambda connection: signs_in(connection, subject.strip()))
    if holder not in (None, who):
        raise Refused("sign_in.taken", field="sign_in_subject")


def mandate(desk: Desk, tenant: UUID, which: UUID) -> Mandate:
    found = desk.ledger.load(Mandate, tenant, which, subject=tenant)
    if found.given is None:
        raise NotFound("stream.unknown")
    return found


def day_of(act: Act) -> date:
    return act.occurred.date()
