from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.delivery.partner import Partner, partner_of
from tests.delivery.promised import Promised, watched
from tests.delivery.receiver import Receiver, receiving
from tests.plans.api.hers import HerPlan, opened


@pytest.fixture
def partner(house) -> Partner:
    """A partner's system that signs in, and was granted nothing yet."""
    return partner_of(house)


@pytest.fixture
def hers(house) -> HerPlan:
    """A plan that the person of the house has just opened."""
    return opened(house)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


@pytest.fixture(autouse=True)
def promised() -> Iterator[Promised]:
    """Every event that a test of delivery makes is one that partners were promised."""
    with watched() as looking:
        yield looking
    assert looking.wrong == []
