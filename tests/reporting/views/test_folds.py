"""The views hold what a fold of the sealed logs gives, before and after words are taken back."""

import pytest

from services.plans.domain import events as p
from services.reporting.wiring import PLAN
from shared.http.service import keys_of, sources_of
from shared.postgres.pool import connect
from shared.store.history import as_of
from shared.store.rows import Rows
from shared.store.told import Teller
from tests.reporting.api.scene import Scene, story


@pytest.fixture
def logs(house):
    settings = house.installation.settings
    sources = sources_of(settings, PLAN)
    with keys_of(settings) as keys:
        yield lambda view: as_of(view, sources, Teller(keys), (house.tenant, house.person.id))
    for source in sources.values():
        source.close()


def kept(house, view):
    """The rows of the person in the view's table."""
    with connect(house.installation.settings.conninfo("reporting", "reader")) as reader:
        (version,) = reader.execute(
            "SELECT active FROM view_version WHERE name = %s", (view.name,)
        ).fetchone()
        rows = Rows(view, version)
        cursor = reader.cursor()
        keys = cursor.execute(
            f"SELECT {', '.join(view.key)} FROM {view.name}_v{version} "
            "WHERE tenant_id = %s AND subject_id = %s",
            (house.tenant, house.person.id),
        ).fetchall()
        return rows.load(cursor, keys)


@pytest.mark.parametrize("view", PLAN.views, ids=lambda view: view.name)
def test_a_view_is_a_fold_of_the_log(house, logs, view):
    scene = Scene(house)
    told = story(scene)
    plan = told.agreed.originator_id
    scene.tell(p.ContributionDisputed, plan, entry=told.proposed.id, by=house.practitioner)
    scene.tell(p.DisputeAnswered, plan, entry=told.proposed.id, words="Oui.", outcome="kept")
    scene.settled()
    # themes are the organisation's, not hers
    assert bool(kept(house, view)) is (view.name != "themes")
    assert kept(house, view) == logs(view)

    scene.tell(p.WordsWithdrawn, plan, entry=told.proposed.id)
    scene.settled()
    after = kept(house, view)
    assert after == logs(view)
    assert "Travailler au magasin" not in str(after)


def test_words_taken_back_in_one_service_leave_the_others_rows_alone(house):
    scene = Scene(house)
    told = story(scene)
    scene.settled()
    trail = PLAN.views[0]
    before = set(kept(house, trail))
    withdrawn = scene.tell(p.WordsWithdrawn, told.agreed.originator_id, entry=told.proposed.id)
    scene.settled()

    assert set(kept(house, trail)) == before | {(house.tenant, withdrawn.id)}
