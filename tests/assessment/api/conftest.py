from __future__ import annotations

from datetime import date

import pytest

from services.directory.domain import events as directory
from tests.assessment.api.portraits import begin, defaults
from tests.support.installation import relations


@pytest.fixture
def catalogues(house):
    return defaults(house)


@pytest.fixture
def portrait(house, catalogues):
    """A portrait the person of the house has just begun; a relative has her consent."""
    house.tell(
        directory.ConsentGiven,
        relations(house.person.id),
        house.person.id,
        by=house.person.id,
        audience=house.relative.id,
        category=None,
        tabs=(),
        purpose="care",
        until=date(2100, 1, 1),
    )
    house.installation.settled()
    return begin(house, catalogues["default"])
