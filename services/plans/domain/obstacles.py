"""What stood in the way: which logic, and how, in the words of whoever says so."""

from __future__ import annotations

from dataclasses import replace

from services.plans.domain.events import StoodInTheWay
from services.plans.domain.naming import worded_if_any
from shared.kernel import LOGICS, Invalid


def checked(obstacle: StoodInTheWay | None) -> StoodInTheWay | None:
    """Raises Invalid for a logic that is none of the four."""
    if obstacle is None:
        return None
    if obstacle.logic not in LOGICS:
        allowed = ", ".join(LOGICS)
        raise Invalid("value.not_in_list", field="stood_in_the_way.logic", allowed=allowed)
    return replace(obstacle, words=worded_if_any(obstacle.words, "stood_in_the_way.words"))
