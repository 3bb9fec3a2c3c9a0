"""The six steps of an intervention, and which entries belong to each."""

from __future__ import annotations

from collections.abc import Mapping

UNDERSTAND, PRIORITISE, SET_GOALS = "understand", "prioritise", "set_goals"
ACT, FOLLOW_UP, EVALUATE = "act", "follow_up", "evaluate"
STEPS = (UNDERSTAND, PRIORITISE, SET_GOALS, ACT, FOLLOW_UP, EVALUATE)
# what there is before a plan
BEFORE_A_PLAN = (UNDERSTAND, PRIORITISE)

KINDS: Mapping[str, tuple[str, ...]] = {
    UNDERSTAND: (
        "assessment.theme_rated",
        "assessment.theme_skipped",
        "assessment.rating_withdrawn",
        "assessment.view_noted",
        "assessment.view_revised",
        "assessment.theme_discussed",
        "assessment.discussion_put_off",
        "assessment.sharing_meeting_held",
        "assessment.strength_named",
        "assessment.strength_reworded",
        "assessment.strength_set_aside",
        "assessment.aspiration_named",
        "assessment.aspiration_reworded",
        "assessment.aspiration_set_aside",
        "network.tie_added",
        "network.tie_placed",
        "network.tie_rated",
        "network.support_described",
        "network.contact_described",
        "network.tie_renamed",
        "network.tie_ended",
        "network.tie_resumed",
        "network.tie_discussed",
        "network.alters_connected",
        "network.alters_disconnected",
        "network.alter_ties_asked",
    ),
    PRIORITISE: (
        "assessment.star_placed",
        "assessment.star_removed",
        "plans.theme_considered",
        "plans.theme_declined",
        "plans.theme_reconsidered",
    ),
    SET_GOALS: (
        "plans.goal_proposed",
        "plans.goal_wording_asked",
        "plans.goal_reworded",
        "plans.goal_agreed",
        "plans.goal_disagreed",
        "plans.goal_declined",
        "plans.goal_reordered",
        "plans.goal_discussed",
        "plans.attainment_levels_set",
    ),
    ACT: (
        "plans.action_added",
        "plans.action_assigned",
        "plans.action_accepted",
        "plans.action_done",
        "plans.action_dropped",
        "plans.goal_paused",
        "plans.goal_resumed",
    ),
    FOLLOW_UP: ("plans.progress_rated", "plans.review_held"),
    EVALUATE: ("plans.goal_achieved", "plans.goal_set_aside", "assessment.change_judged"),
}
STEP_OF: Mapping[str, str] = {kind: step for step, kinds in KINDS.items() for kind in kinds}
# an answer to a questionnaire on how things went, or on what has changed, looks back
LOOKING_BACK = frozenset({"process", "change"})


def step_of(stored_name: str, questionnaire: str | None) -> str | None:
    """The step an entry belongs to; None for one that belongs to no step."""
    step = STEP_OF.get(stored_name)
    looks_back = step is not None and questionnaire in LOOKING_BACK
    return EVALUATE if looks_back else step
