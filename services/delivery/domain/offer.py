"""What may leave at all: which kinds of event a partner may subscribe to, and what each may tell.

What is not named here never leaves: themes left out of a plan, her noes, whoever is on her map, her
answers and comments, what others noted, and whatever she has not shown. Ids become pseudonyms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Offered:
    """A kind of event: the tab her consent must name, and the fields it may tell."""

    tab: str
    ids: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


OFFER: Mapping[str, Offered] = {
    "plans.plan_opened": Offered(PLAN, values=("number", "starts", "ends")),
    "plans.review_held": Offered(PLAN, values=("next_review",)),
    "plans.plan_closed": Offered(PLAN),
    "plans.goal_agreed": Offered(PLAN, ids=("goal",)),
    "plans.goal_achieved": Offered(PLAN, ids=("goal",)),
    "plans.goal_paused": Offered(PLAN, ids=("goal",)),
    "plans.goal_resumed": Offered(PLAN, ids=("goal",)),
    "plans.goal_set_aside": Offered(PLAN, ids=("goal",)),
    "plans.action_added": Offered(PLAN, ids=("action", "goal"), values=("words", "due")),
    "plans.action_accepted": Offered(PLAN, ids=("action", "goal")),
    "plans.action_done": Offered(PLAN, ids=("action", "goal")),
    "plans.action_dropped": Offered(PLAN, ids=("action", "goal")),
}
# told to every subscription they concern, whatever it asked for
CONSENTED, WITHDRAWN = "directory.consent_given", "directory.consent_withdrawn"
ERASED = "directory.person_erased"
# by which a consent that was noted for her counts from then on, and any of hers ends
CONFIRMED, DISPUTED = "directory.contribution_confirmed", "directory.contribution_disputed"
AGREED = "plans.goal_agreed"
# by which her yes to a goal counts that was noted for her, or a theme is no longer left out
YES_CONFIRMED, RECONSIDERED = "plans.contribution_confirmed", "plans.theme_reconsidered"
TEST, WITHHELD = "delivery.test", "delivery.withheld"
CONTROL = (CONSENTED, WITHDRAWN, ERASED, TEST)
TYPES = tuple(OFFER)
# a partner is told the terms of the consent that lets it in
TERMS = Offered("", values=("tabs", "until"))


def is_hers_to_tell(type_: str, *, by_her: bool) -> bool:
    """A goal is agreed by her yes alone; what others said to it is between them and her."""
    return by_her or type_ != AGREED


def kept(type_: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Of an event's body what may be told: the rest is not even kept here."""
    offered = OFFER.get(type_, TERMS)
    names = (*offered.ids, *offered.values)
    return {name: body[name] for name in names if body.get(name) is not None}


def disguised(type_: str, data: Mapping[str, Any], name: Callable[[UUID], UUID]) -> dict[str, Any]:
    """The same under ids of the partner's own: two partners cannot join on a goal either."""
    ids = OFFER[type_].ids if type_ in OFFER else ()
    return {key: str(name(UUID(told))) if key in ids else told for key, told in data.items()}


def goal_of(data: Mapping[str, Any]) -> UUID | None:
    """The goal an event is about: it leaves only while she agrees to that goal."""
    return UUID(data["goal"]) if data.get("goal") else None
