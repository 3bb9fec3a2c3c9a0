"""What the people named in an entry of the directory say about it: confirm, dispute, correct, …"""

from __future__ import annotations

from services.directory.api.parts import PERSONS
from services.directory.domain.mandate import Mandate
from services.directory.domain.organisation import Organisation
from services.directory.domain.party import Party
from services.directory.domain.relations import Relations, stream_of
from shared.http.answers import answers
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk

HERS, OF_THE_HOUSE = "directory.answer", "directory.house.answer"


def about_her(desk: Desk) -> Blueprint:
    return answers(desk, Relations, PERSONS, may=HERS, stream=stream_of)


def about_the_house(desk: Desk) -> Blueprint:
    return answers(desk, Organisation, "/v1/organisation", may=OF_THE_HOUSE)


def about_a_party(desk: Desk) -> Blueprint:
    prefix = "/v1/parties/<uuid:party>"
    return answers(desk, Party, prefix, may=OF_THE_HOUSE, stream=lambda party: party)


def about_a_mandate(desk: Desk) -> Blueprint:
    prefix = "/v1/audit-mandates/<uuid:mandate>"
    return answers(desk, Mandate, prefix, may=OF_THE_HOUSE, stream=lambda mandate: mandate)


ROUTES = (about_her, about_the_house, about_a_party, about_a_mandate)
