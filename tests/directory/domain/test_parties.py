from dataclasses import replace
from uuid import uuid4

import pytest

from services.directory.domain import events as e
from services.directory.domain.mandate import EndAuditMandate
from services.directory.domain.party import (
    GrantRole,
    LeaveParty,
    Party,
    Post,
    RegisterParty,
    RevokeRole,
)
from shared.coproduction import ConfirmContribution, DisputeContribution, MisfileEntry
from shared.kernel import Invalid, NotFound, Refused
from tests.directory.domain.story import Story

QUAI, ATELIER = uuid4(), uuid4()
KARIM = {
    "kind": "staff",
    "name": "Karim Belhadj",
    "sign_in_subject": "karim",
    "posts": (Post("practitioner", QUAI, "éducateur spécialisé"),),
}


@pytest.fixture
def nobody(clock):
    return Story(Party(uuid4()), clock)


@pytest.fixture
def karim(nobody):
    nobody.when(RegisterParty, **KARIM)
    return nobody


def test_staff_are_registered_with_their_roles_sites_and_jobs(karim):
    registered, granted = karim.facts
    assert (registered.name, registered.sign_in_subject) == ("Karim Belhadj", "karim")
    assert (granted.role, granted.site, granted.job) == (
        "practitioner",
        QUAI,
        "éducateur spécialisé",
    )
    assert karim.state.roles == {"practitioner"}


@pytest.mark.parametrize("kind", ["relative", "representative", "assistant"])
def test_who_is_near_someone_has_that_role_from_the_start(nobody, kind):
    _, granted = nobody.when(RegisterParty, kind=kind, name="Diane Champoux")
    assert granted.role == kind


def test_a_partner_system_has_no_role_among_people(nobody):
    [registered] = nobody.when(RegisterParty, kind="partner", name="Dossier régional")
    assert registered.kind == "partner"
    with pytest.raises(Invalid, match=r"role\.not_for_kind"):
        nobody.when(GrantRole, role="practitioner")


def test_a_relative_is_not_made_staff_by_a_role(nobody):
    nobody.when(RegisterParty, kind="relative", name="Diane Champoux")
    with pytest.raises(Invalid, match=r"role\.not_for_kind"):
        nobody.when(GrantRole, role="privacy_officer")


def test_nobody_is_registered_as_the_person_herself(nobody):
    with pytest.raises(Invalid, match=r"value\.not_in_list"):
        nobody.when(RegisterParty, kind="person", name="Awa")


def test_registering_the_same_twice_records_nothing(karim):
    assert karim.when(RegisterParty, **KARIM) == []


def test_an_id_already_taken_by_someone_else_is_refused(karim):
    with pytest.raises(Refused, match=r"party\.registered_already"):
        karim.when(RegisterParty, **KARIM | {"name": "Quelqu'un d'autre"})


def test_a_role_granted_again_records_nothing_and_with_a_new_job_does(karim):
    post = {"role": "practitioner", "site": QUAI}
    assert karim.when(GrantRole, **post, job="éducateur spécialisé") == []
    [granted] = karim.when(GrantRole, **post, job="coordination clinique")
    assert granted.job == "coordination clinique"


def test_a_role_ends_at_one_site_and_goes_on_at_another(karim):
    karim.when(GrantRole, role="practitioner", site=ATELIER)
    karim.when(RevokeRole, role="practitioner", site=QUAI)
    assert karim.state.roles == {"practitioner"}
    karim.when(RevokeRole, role="practitioner", site=ATELIER)
    assert karim.state.roles == frozenset()


def test_a_role_revoked_without_a_site_ends_everywhere(karim):
    karim.when(GrantRole, role="practitioner", site=ATELIER)
    karim.when(GrantRole, role="manager")
    karim.when(RevokeRole, role="practitioner")
    assert karim.state.roles == {"manager"}


def test_a_role_nobody_holds_is_revoked_without_a_word(karim):
    assert karim.when(RevokeRole, role="manager") == []
    assert karim.when(RevokeRole, role="practitioner", site=ATELIER) == []


def test_who_leaves_has_no_role_any_more_and_leaves_once(karim):
    assert [type(f) for f in karim.when(LeaveParty)] == [e.PartyLeft]
    assert karim.state.roles == frozenset()
    assert karim.when(LeaveParty) == []
    with pytest.raises(Refused, match=r"party\.left"):
        karim.when(GrantRole, role="practitioner")


def test_a_registration_is_not_undone_by_calling_it_misfiled(karim):
    with pytest.raises(Refused, match=r"entry\.others_rest_on_it"):
        karim.when(MisfileEntry, entry=karim.facts[0].id)


@pytest.mark.parametrize("command", [LeaveParty, GrantRole])
def test_nobody_registered_neither_leaves_nor_gets_a_role(nobody, command):
    with pytest.raises(NotFound, match=r"party\.unknown"):
        nobody.when(command, **({"role": "manager"} if command is GrantRole else {}))


def test_the_stream_of_something_else_does_not_become_a_party(nobody):
    nobody.state = replace(nobody.state, version=1)
    with pytest.raises(Refused, match=r"party\.registered_already"):
        nobody.when(RegisterParty, **KARIM)


def test_a_party_hears_answers_to_its_entries_and_keeps_its_roles(karim):
    karim.when(ConfirmContribution, entry=karim.facts[0].id)
    disputed = karim.when(DisputeContribution, entry=karim.facts[1].id, reason="Pas ce site.")
    assert len(disputed) == 1
    assert karim.state.roles == {"practitioner"}
    assert karim.state.name == "Karim Belhadj"


def test_a_command_of_something_else_is_a_mistake_of_ours(karim):
    with pytest.raises(TypeError):
        karim.when(EndAuditMandate)
