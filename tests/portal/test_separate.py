"""The portal as a process of its own, which asks the services where it is told that they are."""

from __future__ import annotations

import pytest

from tests.portal.conftest import Reading, signed_in
from tests.support.separate import cosigne, environment_of

pytestmark = pytest.mark.slow
ITS_OWN = {"COSIGNE_OIDC_ISSUER", "COSIGNE_PORTAL_SECRET", "COSIGNE_URL", "COSIGNE_WEB_PROCESSES"}


def test_it_asks_each_service_at_its_own_address_and_knows_no_database(open_house):
    given = environment_of(open_house.installation.settings)
    directory = ("serve", "--service", "directory", "--bind", "ADDRESS")
    with cosigne(*directory, given=given) as served:
        served.answers("/directory/v1/health/ready")
        told = {name: value for name, value in given.items() if name in ITS_OWN}
        told["COSIGNE_DIRECTORY_URL"] = f"http://{served.at}/directory"
        with cosigne("serve", "--service", "portal", "--bind", "ADDRESS", given=told) as portal:
            portal.answers("/v1/health/ready")
            portal.answers("/v1/health/live")
            assert portal.ask("/plans/v1/health/live").status_code == 404
            portal.client.cookies.update(signed_in(open_house, open_house.person))
            page = portal.answers(f"/persons/{open_house.person.id}/strengths")
            assert "Mes forces et mes projets" in Reading(page.text).text
            served.finish()
            away = portal.ask(f"/persons/{open_house.person.id}/together")
            assert away.status_code == 503
