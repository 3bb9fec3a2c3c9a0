"""Which facts are decisions: a closed list, and the one place where it is written."""

from __future__ import annotations

DECISIONS = frozenset(
    {
        "assessment.star_placed",
        "plans.theme_declined",
        "plans.theme_reconsidered",
        "plans.goal_agreed",
        "plans.goal_declined",
        "plans.goal_reworded",
        "plans.goal_achieved",
        "plans.goal_set_aside",
        "plans.plan_opened",
        "plans.review_held",
        "plans.plan_closed",
        "assessment.catalogue_published",
        "assessment.assessment_shared",
        "assessment.sharing_ended",
        "network.network_shared",
        "network.sharing_ended",
        "reporting.summary_shared",
        "reporting.summary_share_ended",
        "directory.consent_given",
        "directory.consent_withdrawn",
    }
)


def is_decision(stored_name: str) -> bool:
    return stored_name in DECISIONS
