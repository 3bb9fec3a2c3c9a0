"""Every row of every view of every service is what folding the sealed log gives."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from uuid import UUID

import pytest

from cosigne.people import people
from cosigne.plans import plans
from shared.http.service import keys_of, sources_of
from shared.postgres.pool import connect
from shared.store.history import as_of
from shared.store.rows import Rows
from shared.store.told import Teller
from shared.store.views import View
from tests.journeys.conftest import Told

VIEWS = [
    (service, view)
    for service, plan in plans().items()
    for view in plan.all_views
    if view.name != "subject_log"  # `as_of` itself goes by it
]


@pytest.fixture(scope="module")
def teller(told: Told) -> Iterator[Teller]:
    with keys_of(told.installation.settings) as keys:
        yield Teller(keys)


@pytest.mark.parametrize(
    ("service", "view"), VIEWS, ids=[f"{service}.{view.name}" for service, view in VIEWS]
)
def test_a_view_equals_a_fold_of_the_log(
    told: Told, teller: Teller, service: str, view: View[Any]
) -> None:
    settings = told.installation.settings
    with ExitStack() as opened:
        sources = sources_of(settings, plans()[service])
        for source in sources.values():
            opened.callback(source.close)
        reader = opened.enter_context(connect(settings.conninfo(service, "reader")))
        version = reader.execute(
            "SELECT active FROM view_version WHERE name = %s", (view.name,)
        ).fetchone()
        assert version is not None
        kept = Rows(view, version[0])
        for tenant, subject in subjects():
            folded = as_of(view, sources, teller, (tenant, subject))
            with reader.cursor() as cursor:
                assert kept.of_subject(cursor, tenant, subject) == folded


def subjects() -> list[tuple[UUID, UUID]]:
    """Everyone of the cast, and each organisation itself."""
    cast = [p for p in people().values() if p.tenant is not None]
    tenants = sorted({p.tenant for p in cast if p.tenant})
    return [(p.tenant, p.id) for p in cast if p.tenant] + [(t, t) for t in tenants]


def test_the_views_are_not_empty(told: Told) -> None:
    with connect(told.installation.settings.conninfo("reporting", "reader")) as reader:
        found = reader.execute("SELECT count(*) FROM trail").fetchone()
    assert found is not None
    assert found[0] > 200
