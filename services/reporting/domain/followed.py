"""Whether a no was followed: what was declined or disagreed with did not go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from services.reporting.domain.marks import Mark

REFUSALS = frozenset({"plans.goal_declined", "plans.goal_disagreed", "plans.theme_declined"})
# what can be said no to before it is done; a no to anything else is a no to what stands already
ASKED_FIRST = frozenset(
    {
        *REFUSALS,
        "plans.theme_considered",
        "plans.goal_proposed",
        "plans.goal_wording_asked",
        "plans.goal_reworded",
        "plans.goal_discussed",
        "plans.attainment_levels_set",
        "plans.action_added",
        "plans.action_assigned",
        "assessment.theme_skipped",
        "assessment.discussion_put_off",
    }
)
CARRIES_ON = frozenset(
    {
        "plans.goal_proposed",
        "plans.action_added",
        "plans.action_assigned",
        "plans.action_accepted",
        "plans.action_done",
        "plans.progress_rated",
        "plans.goal_resumed",
        "plans.goal_achieved",
    }
)
SET_ASIDE = frozenset({"assessment.strength_set_aside", "assessment.aspiration_set_aside"})
RESOURCES = ("strength", "aspiration")
OF_A_THEME = frozenset({"star", "rating", "theme"})


def followed(no: Mark, after: Iterable[Mark], agrees: Callable[[Mark], bool]) -> bool:
    """Whether nothing carried on what she said no to, before a yes of hers since.

    `after` are the later entries of the same stream, `agrees` whether one holds a yes of hers.
    """
    later = [mark for mark in after if concerns(mark, no)]
    if any(name in no.about for name in RESOURCES):
        return any(mark.type in SET_ASIDE for mark in later)
    if no.type not in ASKED_FIRST:
        return False
    for mark in later:
        if agrees(mark):
            return True
        if mark.type in CARRIES_ON:
            return False
    return True


def concerns(later: Mark, no: Mark) -> bool:
    """Whether a later entry is about what was said no to: the action, else the goal, else the theme."""
    for name in ("action", "goal", *RESOURCES):
        if name in no.about:
            return later.about.get(name) == no.about[name]
    theme = no.about.get("theme")
    return theme is not None and (
        later.about.get("theme") == theme or theme in set(themes_of(later.sources))
    )


def themes_of(sources: Iterable[str]) -> Iterable[str]:
    """The themes among what a goal grew from."""
    for source in sources:
        kind, _, theme = source.partition(":")
        if kind in OF_A_THEME:
            yield theme
