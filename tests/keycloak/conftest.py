"""One Keycloak, and one installation which names it as its provider, for all tests of the folder."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from cosigne.demo.door import Door
from cosigne.demo.scene import sign_in
from cosigne.embedded.postgres import Server
from cosigne.people import Organisation, find, organisations
from tests.keycloak import archive
from tests.keycloak.person import tokens_of
from tests.keycloak.realm import ELSEWHERE, HASTY, HOUSES, REALM, realm
from tests.keycloak.server import Keycloak, running
from tests.support.installation import Installation, installed

LetIn = Callable[..., httpx.Response]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker has the Keycloak, whose start takes a while; the others have other things to do."""
    for item in items:
        if "keycloak" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.keycloak)
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.xdist_group("keycloak"))


@pytest.fixture(scope="session")
def keycloak(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keycloak]:
    if why := archive.missing():
        pytest.skip(f"NOT TRIED ON A REAL KEYCLOAK: {why}")
    with running(tmp_path_factory.mktemp("keycloak") / "log") as started:
        for name in (REALM, ELSEWHERE):
            started.ask("POST", "", realm(name))
        yield started


@pytest.fixture(scope="session")
def cosigne(
    keycloak: Keycloak, server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """The real services. All they are told of Keycloak is the address of a realm."""
    folder = tmp_path_factory.mktemp("named")
    with installed(server, folder, keycloak.issuer(REALM)) as made:
        yield made


@pytest.fixture(scope="session")
def door(keycloak: Keycloak, cosigne: Installation) -> Iterator[Door]:
    """Everyone of the cast comes in with a token of Keycloak's."""
    opened = Door(cosigne.url, lambda who: tokens_of(keycloak, who)["access_token"])
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def houses(door: Door) -> dict[str, Any]:
    """Two organisations, which Ode registers as she has the operator's role; Luc is in the first."""
    registered = {key: register(door, organisations()[key]) for key in HOUSES}
    door.post(find("patrick"), "/directory/v1/persons", sign_in(find("luc")))
    return registered


def register(door: Door, house: Organisation) -> Any:
    first = next(find(key) for key in ("patrick", "aurelie") if find(key).organisation == house)
    asked = {
        "id": str(house.id),
        "name": house.name,
        "country": house.country,
        "locale": house.locale,
        "timezone": house.timezone,
        "administrator": sign_in(first),
    }
    return door.post(find("ode"), "/directory/v1/organisations", asked)


@pytest.fixture(scope="session")
def let_in(cosigne: Installation) -> Iterator[LetIn]:
    """How the services answer to a token: `let_in(token)`, `let_in(token, path)`."""

    def get(token: str, path: str = "/directory/v1/me") -> httpx.Response:
        return client.get(path, headers={"Authorization": f"Bearer {token}"})

    with httpx.Client(base_url=cosigne.url, timeout=30, verify=False, trust_env=False) as client:
        yield get


@pytest.fixture(scope="session", autouse=True)
def fleeting(keycloak: Keycloak, door: Door, houses: dict[str, Any], let_in: LetIn) -> str:
    """A token that is good for a second, used first of all; at the end of the run it is past."""
    door.get(find("luc"), "/directory/v1/me")  # waits until he is known
    token = tokens_of(keycloak, find("luc"), client=HASTY)["access_token"]
    assert let_in(token).status_code == 200
    return str(token)
