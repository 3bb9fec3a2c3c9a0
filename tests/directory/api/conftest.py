"""Towns: organisations made through the public commands, one for each test file."""

from collections.abc import Iterator

import pytest

from tests.directory.api.town import Town, made_town
from tests.support.installation import Installation


@pytest.fixture(scope="module")
def town(installation: Installation) -> Iterator[Town]:
    made = made_town(installation)
    yield made
    made.operator.close()
    for someone in made.people.values():
        someone.client.close()


@pytest.fixture(scope="module")
def elsewhere(installation: Installation) -> Iterator[Town]:
    """Another organisation, as full as the first: Eli's."""
    made = made_town(installation)
    yield made
    made.operator.close()
    for someone in made.people.values():
        someone.client.close()
