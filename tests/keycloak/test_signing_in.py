"""People and machines of a real Keycloak, at the real services."""

import pytest

from cosigne.demo.door import Refusal
from cosigne.people import find, id_of
from tests.keycloak.person import tokens_of
from tests.keycloak.realm import HOUSES, PARTNER, REALM, SECRET
from tests.support.installation import eventually


@pytest.fixture(scope="module")
def portrait(door, houses):
    """Where Luc's portrait is, which he has just begun himself."""
    luc = find("luc")
    offered = door.post(find("patrick"), "/assessment/v1/catalogues/defaults", {})["catalogues"]
    catalogue = next(one["id"] for one in offered if one["key"] == "default")
    home = f"/assessment/v1/persons/{luc.id}/assessments"
    begun = door.post(luc, home, {"catalogue": catalogue})
    return f"{home}/{begun['id']}"


def test_who_has_the_operators_role_registers_organisations(houses):
    for key in HOUSES:
        assert houses[key]["id"] == str(id_of("organisation", key))


def test_who_has_not_registers_none(door, houses):
    asked = {
        "name": "Maison de Luc",
        "country": "CA-QC",
        "locale": "fr-CA",
        "timezone": "America/Toronto",
        "administrator": {"name": "Luc", "sign_in_subject": "luc"},
    }
    for key in ("luc", "patrick"):
        with pytest.raises(Refusal) as refused:
            door.post(find(key), "/directory/v1/organisations", asked)
        assert refused.value.status in (403, 404)


def test_he_signs_in_at_keycloak_and_rates_a_theme_in_his_organisation(door, portrait):
    luc = find("luc")
    door.post(luc, f"{portrait}/ratings", {"theme": "travail", "value": 20})
    (theme,) = door.get(luc, portrait)["themes"]
    assert (theme["answer"]["value"], theme["answer"]["attestation"]) == (20, "own")


def test_to_another_organisation_of_the_same_realm_he_is_unknown(keycloak, door, let_in, portrait):
    door.get(find("aurelie"), "/directory/v1/me")  # waits until she is known herself
    given = tokens_of(keycloak, find("aurelie"))["access_token"]
    assert let_in(given, portrait).status_code == 404


def test_nobody_moves_herself_to_another_organisation(keycloak, let_in):
    """The claim decides whose data one meets, so only administrators write the attribute."""
    given = tokens_of(keycloak, find("luc"))["access_token"]
    account = f"{keycloak.issuer(REALM)}/account"
    headers = {"Authorization": f"Bearer {given}", "Accept": "application/json"}

    def change(**what):
        own = keycloak.client.get(account, headers=headers).json()
        return keycloak.client.post(account, headers=headers, json={**own, **what})

    assert change(firstName="Lucien").status_code == 204, "what is his own he may change"
    elsewhere = {"cosigne_tenant": [str(id_of("organisation", "passerelles"))]}
    assert change(attributes=elsewhere).status_code == 400
    after = let_in(tokens_of(keycloak, find("luc"))["access_token"])
    assert after.json()["organisation"] == str(id_of("organisation", "grand-heron"))


def test_a_partners_machine_signs_in_as_itself(keycloak, door, let_in):
    told = {
        "id": str(id_of("party", PARTNER)),
        "kind": "partner",
        "name": "Laboratoire des Essais",
        "sign_in_subject": str(id_of("sign-in", PARTNER)),
    }
    door.post(find("patrick"), "/directory/v1/parties", told)
    given = keycloak.token(
        REALM, grant_type="client_credentials", client_id=PARTNER, client_secret=SECRET
    )
    token, hers = given["access_token"], "/delivery/v1/subscriptions"
    answer = eventually(lambda: (a := let_in(token, hers)).status_code == 200 and a)
    assert answer.json()["subscriptions"] == [], "nothing was granted to it yet"
    # of the house it is told nothing: it was asked in for what it is sent
    assert let_in(token).json()["code"] == "action.not_yours"
