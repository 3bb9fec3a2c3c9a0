"""Two people on one device: each signs with a sign-in of their own, and for nobody else."""

import time

import httpx
import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt

from cosigne.issuer.kept import Kept
from services.portal.provider import SignInFailed, SignIns
from tests.assessment.api.portraits import begin, defaults
from tests.portal.conftest import Reading
from tests.support.installation import eventually


@pytest.fixture
def portrait(open_house):
    made = begin(open_house, defaults(open_house)["default"])
    made.by(open_house.person, "ratings", theme="sommeil", value=70)
    made.share(open_house.practitioner)
    open_house.installation.settled()
    return made


@pytest.fixture
def here(open_house, portrait):
    return f"/persons/{open_house.person.id}/together/meeting/{portrait.id}"


@pytest.fixture
def meeting(open_house, here, visiting, known_at_the_issuer):
    """Noted by the practitioner, who says that she took part; on the practitioner's device."""
    device = visiting(open_house.practitioner)
    her, them = open_house.person.id, open_house.practitioner.id
    page = device.post(
        f"{here}/held",
        themes="sommeil",
        words="On en reparle.",
        took_part=[str(her), str(them)],
        led_by=str(her),
        key="m" * 20,
        **{f"part-{her}": "agreed", f"part-{them}": "agreed"},
    )
    assert "La rencontre est notée" in page.text, Reading(page.text).text
    return device


def sign_form(device, here):
    page = device.get(here)
    (form,) = [fields for to, fields in Reading(page.text).forms if to.endswith("/signatures")]
    return form


def signing(device, form, who, **more):
    """Taps to sign, and gives the password of `who` at the issuer's page, which asks for it."""
    asked = device.post(f"/persons/{device.house.person.id}/signatures", **{**form, **more})
    assert asked.url.path == "/issuer/authorize"
    assert asked.url.params["prompt"] == "login"
    assert asked.url.params["max_age"] == "0"
    assert "password" in asked.text
    password = Kept(device.house.installation.issuer_folder).password()
    return device.client.post(str(asked.url), data={"person": who, "password": password})


@pytest.fixture
def device(meeting, open_house):
    meeting.house = open_house
    return meeting


def attestation(house, portrait, who):
    """How the trail tells it, once it has read all."""
    house.installation.settled()
    path = f"/reporting/v1/persons/{house.person.id}/trail"
    entries = house.person.client.get(
        path, params={"stream": str(portrait.id), "type": "assessment.sharing_meeting_held"}
    ).json()["entries"]
    (entry,) = entries
    return {c["party"]: c["attestation"] for c in entry["contributors"]}[str(who.id)]


def test_she_signs_on_the_device_of_whoever_noted_it(device, here, portrait, open_house):
    assert attestation(open_house, portrait, open_house.person) == "claimed"
    after = signing(device, sign_form(device, here), "person")
    assert "C’est signé par person" in Reading(after.text).text
    assert attestation(open_house, portrait, open_house.person) == "confirmed"
    # and the device is still the practitioner's
    assert "Les personnes que j’accompagne" in device.get("/").text


def test_who_noted_it_cannot_sign_for_her(device, here, portrait, open_house):
    after = signing(device, sign_form(device, here), "practitioner")
    assert after.status_code == 409
    assert "Rien n’est signé" in Reading(after.text).text
    again = signing(device, sign_form(device, here), "practitioner", by="")
    assert again.status_code == 200
    assert attestation(open_house, portrait, open_house.person) == "claimed"


def test_someone_not_concerned_signs_nothing(device, here, portrait, open_house):
    after = signing(device, sign_form(device, here), "neighbour", by="")
    assert after.status_code == 409
    assert "propre accès" in Reading(after.text).text
    assert attestation(open_house, portrait, open_house.person) == "claimed"


def test_whoever_gives_up_signing_in_signs_nothing_then_or_later(device, here, portrait):
    """As a provider answers when someone turns back at its page (OAuth 2.0, 4.1.2.1)."""
    asked = device.post(f"/persons/{device.house.person.id}/signatures", **sign_form(device, here))
    state = asked.url.params["state"]
    after = device.get(f"/signatures/back?error=access_denied&state={state}")
    assert after.status_code == 409
    assert "Ce n’est pas signé" in Reading(after.text).text
    assert f'href="{here}"' in after.text
    assert "Les personnes que j’accompagne" in device.get("/").text
    # whoever goes back to the provider's page, and signs in there after all
    password = Kept(device.house.installation.issuer_folder).password()
    late = device.client.post(str(asked.url), data={"person": "person", "password": password})
    assert late.status_code == 409
    assert attestation(device.house, portrait, device.house.person) == "claimed"


def test_an_answer_to_a_sign_in_that_was_not_asked_for_signs_nothing(device, here, portrait):
    form = sign_form(device, here)
    device.client.follow_redirects = False
    device.post(f"/persons/{device.house.person.id}/signatures", **form)
    after = device.get("/signatures/back?state=theirs&code=theirs")
    assert after.status_code == 409
    assert "Recommencez" in after.text
    assert attestation(device.house, portrait, device.house.person) == "claimed"


def test_a_sign_in_from_before_it_was_asked_is_not_fresh(installation):
    """A provider that lets someone in without asking again is found out by `auth_time`."""
    with httpx.Client(base_url=installation.url, trust_env=False) as client:
        sign_ins = SignIns(installation.settings, client)
        begun = sign_ins.begin(f"{installation.url}/signatures/back", "fr", anew=True)
        assert create_s256_code_challenge(begun.kept["verifier"]) in begun.url
        key, now = Kept(installation.issuer_folder).signing_key(), int(time.time())

        def token(signed_in_at):
            claims = {
                "iss": installation.settings.oidc_issuer,
                "aud": installation.settings.portal_client,
                "sub": "someone",
                "nonce": begun.kept["nonce"],
                "exp": now + 60,
                **({"auth_time": signed_in_at} if signed_in_at else {}),
            }
            return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)

        assert sign_ins.read(token(now), begun.kept)["sub"] == "someone"
        for stale in (now - 60, None):
            with pytest.raises(SignInFailed):
                sign_ins.read(token(stale), begun.kept)


def test_what_is_not_hers_to_sign_is_not_asked(open_house, visiting):
    answer = visiting(open_house.person).post("/persons/{me}/signatures", stream="all", entry="x")
    assert answer.status_code == 400


def test_signing_on_her_own_device_is_hers(open_house, portrait, here, visiting, device):
    hers = visiting(open_house.person)
    hers.house = open_house
    after = signing(hers, sign_form(hers, here), "person")
    assert after.status_code == 200
    eventually(lambda: attestation(open_house, portrait, open_house.person) == "confirmed")
