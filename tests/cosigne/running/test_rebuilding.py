"""Every view of a service built anew while its worker goes on."""

from __future__ import annotations

from cosigne.plans import plans
from cosigne.running.rebuilding import rebuild_all


def test_every_view_is_rebuilt_beside_the_one_that_serves_and_nothing_differs(house):
    settings = house.installation.settings
    path = f"/network/v1/persons/{house.person.id}/network/ties"
    house.person.client.post(path, json={"name": "Simon"}).raise_for_status()
    house.installation.settled()

    done = list(rebuild_all(settings, ["network"], None, accept=False))
    assert [one.view for one in done] == [view.name for view in plans()["network"].all_views]
    assert all(one.rows > 0 for one in done if one.view in {"relations", "subject_log"})
    assert all(one.seconds > 0 and one.peak > 0 for one in done)

    answer = house.person.client.post(path, json={"name": "Luce"})
    assert answer.status_code == 201
    house.installation.settled()
