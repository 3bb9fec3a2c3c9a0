from __future__ import annotations

import pytest

from tests.plans.api.hers import HerPlan, opened


@pytest.fixture
def hers(house) -> HerPlan:
    """A plan that the person of the house has just opened."""
    return opened(house)
