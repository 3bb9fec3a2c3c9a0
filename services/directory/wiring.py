"""The only place where the directory service is put together."""

from pathlib import Path

from services.directory.api import (
    age_of_consent,
    answers,
    care_relations,
    consents,
    emergencies_unreviewed,
    emergency_accesses,
    erasures,
    help_lines,
    imports,
    mandates,
    me,
    notices,
    organisations,
    parties,
    persons,
    places,
    representations,
    requests,
    restrictions,
    rights,
    roles,
)
from services.directory.ledger import DirectoryLedger
from services.directory.views.erasures import ErasuresKnown
from services.directory.views.people import People
from services.directory.views.requests import Requests
from shared.http.service import Plan

PLAN = Plan(
    name="directory",
    title="Annuaire · Directory",
    description="Organisations, sites, parties, and how each party stands to each person.",
    folder=Path(__file__).parent,
    ledger=DirectoryLedger,
    views=(People(), Requests(), ErasuresKnown()),
    routes=(
        me.routes,
        organisations.routes,
        age_of_consent.routes,
        places.routes,
        help_lines.routes,
        parties.routes,
        roles.routes,
        persons.routes,
        care_relations.routes,
        representations.routes,
        consents.routes,
        restrictions.routes,
        emergency_accesses.routes,
        emergencies_unreviewed.routes,
        notices.routes,
        rights.routes,
        requests.routes,
        erasures.routes,
        mandates.routes,
        imports.routes,
        *answers.ROUTES,
    ),
)
