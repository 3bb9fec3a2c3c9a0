"""Whether a database fits a release: older ones are waited for, newer ones serve, shrunken ones do not."""

from __future__ import annotations

import pytest

from shared.kernel import Refused
from shared.postgres.pool import connect
from shared.postgres.schema import TooOld, require_schema


@pytest.fixture
def owner(store):
    with connect(store.conninfo("owner")) as connection:
        yield connection


@pytest.fixture
def app(store):
    return store.connect("app")


@pytest.mark.parametrize("role", ["app", "combine", "sealer", "reader", "relay", "eraser"])
def test_a_migrated_database_fits_and_every_role_may_know_it(store, role):
    require_schema(store.connect(role), "assessment")


def test_a_database_that_lacks_a_migration_is_too_old(app, owner):
    owner.execute("DELETE FROM migration WHERE name LIKE '0011%'")
    with pytest.raises(TooOld, match=r"database\.too_old") as refused:
        require_schema(app, "assessment")
    assert refused.value.values["missing"] == "store/0011_published_in_order.sql"


def test_a_database_where_nothing_was_ever_made_is_too_old(app, owner):
    owner.execute("DROP TABLE migration")
    with pytest.raises(TooOld, match=r"database\.too_old"):
        require_schema(app, "assessment")


def test_a_view_of_this_release_that_has_no_table_yet_is_too_old(app):
    with pytest.raises(TooOld, match=r"database\.too_old") as refused:
        require_schema(app, "assessment", ["a_view_of_tomorrow"])
    assert refused.value.values["missing"] == "a_view_of_tomorrow"


def test_a_newer_release_that_only_added_is_no_matter(app, owner):
    owner.execute("INSERT INTO migration VALUES ('store', '0999_more.sql', 'x')")
    require_schema(app, "assessment")


def test_a_newer_release_that_took_something_away_is_not_served(app, owner):
    owner.execute("INSERT INTO migration VALUES ('store', '0999_contract_old.sql', 'x')")
    with pytest.raises(Refused, match=r"database\.too_new") as refused:
        require_schema(app, "assessment")
    assert not isinstance(refused.value, TooOld)
