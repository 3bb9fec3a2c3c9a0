"""The lives of the cast, told once for all journeys of a worker, by the demo's own teller."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

import pytest

from cosigne.demo.door import Door
from cosigne.demo.stories import Moment, telling
from cosigne.demo.teller import Teller
from cosigne.issuer.kept import Kept
from cosigne.issuer.tokens import mint_for
from tests.journeys.killed import FELIX, told_by_the_killed
from tests.journeys.looking import Look
from tests.journeys.looks import LOOKS
from tests.journeys.told import Told
from tests.support.installation import Installation


@pytest.hookimpl(tryfirst=True)  # before those who deal the tests out read the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker tells it all, the others have other things to do."""
    for item in items:
        if "told" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("journeys"))


@pytest.fixture(scope="session")
def door(installation: Installation) -> Iterator[Door]:
    """The services as the teller meets them: a token for each of the cast."""
    key = Kept(installation.issuer_folder).signing_key()
    issuer = installation.settings.oidc_issuer
    opened = Door(installation.url, lambda who: mint_for(key, who, issuer=issuer))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def told(installation: Installation, door: Door) -> Iterator[Told]:
    """Everything, moment by moment; in between, people look and try."""

    def clock(at: datetime) -> None:
        installation.clock.at = at

    told = Told(installation, Teller(door, clock))
    looks: dict[tuple[str, str], list[Look]] = defaultdict(list)
    for look in LOOKS:
        looks[look.at].append(look)

    def look_around(when: str, moment: Moment) -> None:
        if found := looks.pop((when, moment.place), None):
            clock(moment.at)
            installation.settled()
            for look in found:
                told.look(look)

    felix = f"{FELIX.chapter}/1"
    for moment in telling():
        if moment.place == felix:
            # he is told by tellers that are killed, and then once more with all the others
            told.deaths = told_by_the_killed(FELIX, door, clock)
        look_around("before", moment)
        moment.tell(told.teller)
        look_around("after", moment)
    assert not looks, "looks at moments that never came"
    installation.clock.at = None
    installation.settled()
    yield told
    told.leave()
