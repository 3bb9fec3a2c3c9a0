"""A provider that remembers who signed in, and two people who use one device."""

from uuid import uuid4

import pytest

from cosigne.people import find
from tests.keycloak.browser import Browser
from tests.keycloak.realm import BACK, PORTAL, REALM

OPENING = "/directory/v1"
AFTER = ("/welcome", "/signatures/go", "/signatures/done")
LUC, PATRICK = find("luc"), find("patrick")


@pytest.fixture(scope="module")
def portal(keycloak, cosigne, door, houses):
    """The realm knows the portal's addresses, as docs/how-to/use-keycloak.md says."""
    door.get(LUC, "/directory/v1/me")  # waits until he is known
    lines = {"lines": [{"fr": "Danger immédiat : 9-1-1", "en": "Immediate danger: 9-1-1"}]}
    door.put(PATRICK, f"{OPENING}/help-lines", lines)
    door.put(PATRICK, f"{OPENING}/reading-delay", {"fr": "deux jours", "en": "two days"})
    (client,) = keycloak.ask("GET", f"/{REALM}/clients?clientId={PORTAL}")
    backs = [f"{cosigne.url}{path}" for path in ("/sign-in/back", "/signatures/back")]
    after = "##".join(f"{cosigne.url}{path}" for path in AFTER)
    client["redirectUris"] = [BACK, *backs]
    client["attributes"] |= {"post.logout.redirect.uris": after}
    keycloak.ask("PUT", f"/{REALM}/clients/{client['id']}", client)
    return cosigne.url


@pytest.fixture
def browser(portal, keycloak):
    return Browser(portal, keycloak.client)


@pytest.fixture
def lucs(browser):
    browser.give_password(browser.get("/sign-in?next=/help-now"), "luc")
    assert LUC.name in browser.get("/help-now").text
    return browser


def test_he_goes_on_without_his_password_while_he_is_there(lucs):
    assert LUC.name in lucs.get("/sign-in?next=/help-now").text


def test_when_he_has_left_keycloak_has_forgotten_him_and_another_comes_in(lucs):
    lucs.post("/sign-out")
    assert LUC.name not in lucs.get("/help-now").text
    back = lucs.give_password(lucs.get("/sign-in?next=/help-now"), "patrick")
    assert PATRICK.name in back.text


def test_whoever_signs_on_his_device_signs_in_and_is_forgotten_again(lucs):
    ids = {name: str(uuid4()) for name in ("entry", "thing")}
    asked = lucs.post(f"/persons/{LUC.id}/signatures", stream="plan", back="/help-now", **ids)
    after = lucs.give_password(asked, "patrick")
    assert after.status_code == 409, "there is no such entry, but Patrick was asked for it"
    assert str(after.url).endswith("/signatures/done")
    assert LUC.name in lucs.get("/help-now").text
    # and when Luc's own time is over, it is he who is asked for, not Patrick who is let in
    lucs.give_password(lucs.get("/sign-in?next=/help-now"), "luc")
    assert LUC.name in lucs.get("/help-now").text
