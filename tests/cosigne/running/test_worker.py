"""The worker refuses what is dangerous at its start, and does not stop in silence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from cosigne.plans import plans
from cosigne.running.worker import Worker
from shared.http.service import keys_of
from shared.kernel import Refused


@pytest.mark.parametrize("role", ["sealer", "reader", "eraser"])
def test_a_role_that_nothing_binds_is_refused(house, role):
    settings = house.installation.settings
    own = settings.conninfo("assessment", role)
    admin = settings.admin_database_url
    given = replace(settings, database_urls={f"assessment_{role}": in_database(admin, own)})
    with pytest.raises(Refused, match=r"database\.role_superuser"):
        Worker(given, {"assessment": plans()["assessment"]}).start()


def test_in_production_keys_are_kept_by_a_server_that_forgets_nothing(house):
    given = replace(house.installation.settings, mode="production")
    with pytest.raises(Refused, match=r"database\.(forgetful|no_standby)"), keys_of(given):
        pass


def test_work_that_breaks_is_seen(house, monkeypatch):
    worker = Worker(
        house.installation.settings, {"assessment": plans()["assessment"]}, kinds=("seal",)
    )

    def broken(_stop):
        raise LookupError

    monkeypatch.setattr(worker.sealers["assessment"], "run", broken)
    worker.start()
    assert worker.broken.wait(10)
    worker.stop()


def in_database(admin: str, own: str) -> str:
    """The administrator's way into the database that another address names."""
    return make_conninfo(admin, dbname=conninfo_to_dict(own)["dbname"])
