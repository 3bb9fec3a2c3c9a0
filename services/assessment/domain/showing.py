"""Who looks, and whether an item is shown to them: as she set it by hand, else as its tab is."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from services.assessment.domain.voice import herself, need_one_of
from shared.access.eyes import Eyes
from shared.kernel import Act, Denied, Invalid

VISIBILITIES = ("just_me", "chosen", "my_team")
TABS = ("quality_of_life", "process", "strengths", "network")


class ByHand(NamedTuple):
    """What she has set on one item herself; None follows the sharing of the tab."""

    visibility: str | None = None
    audience: tuple[UUID, ...] = ()


FOLLOWS_THE_TAB = ByHand()


def shown(by_hand: ByHand, eyes: Eyes, *, tab_shows: bool) -> bool:
    """Whether an item is shown to these eyes, given what the sharing of its tab says."""
    if eyes.hers:
        return True
    match by_hand.visibility:
        case "just_me":
            return False
        case "my_team":
            return eyes.team or tab_shows
        case "chosen" if by_hand.audience:
            return eyes.party in by_hand.audience
        case _:
            return tab_shows


def set_by_hand(
    act: Act, before: ByHand, visibility: str | None, audience: Iterable[UUID]
) -> ByHand:
    """What an item's visibility becomes; naming none leaves it as she had set it."""
    named = tuple(sorted(set(audience)))
    if visibility is None:
        if named:
            raise Invalid("audience.without_chosen", field="audience")
        return before
    need_one_of(visibility, VISIBILITIES, "visibility")
    if named and visibility != "chosen":
        raise Invalid("audience.without_chosen", field="audience")
    chosen = ByHand(visibility, named)
    if not herself(act) and chosen != before and (before.visibility or visibility != "just_me"):
        # someone noting her words may keep them close, never open them nor undo what she has set
        raise Denied("visibility.hers_to_choose", field="visibility")
    return chosen
