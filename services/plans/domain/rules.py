"""Which rule decides which command: all that a plan can be asked for, on one page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from services.plans.domain import acting, agreeing, considering, following, reviewing, talking
from shared.kernel import Command, Fact

Rule = Callable[[Any, Any], Sequence[Fact]]
RULES: Mapping[type[Command], Rule] = {
    reviewing.OpenPlan: reviewing.open_plan,
    reviewing.HoldReview: reviewing.review,
    reviewing.ClosePlan: reviewing.close,
    considering.ConsiderTheme: considering.consider,
    considering.DeclineTheme: considering.decline,
    considering.ReconsiderTheme: considering.reconsider,
    agreeing.ProposeGoal: agreeing.propose,
    agreeing.AskWording: agreeing.ask_wording,
    agreeing.RewordGoal: agreeing.reword,
    agreeing.AgreeGoal: agreeing.agree,
    agreeing.DisagreeGoal: agreeing.disagree,
    agreeing.DeclineGoal: agreeing.decline,
    following.RateProgress: following.rate_progress,
    following.SetAttainmentLevels: following.set_levels,
    following.AchieveGoal: following.achieve,
    following.PauseGoal: following.pause,
    following.ResumeGoal: following.resume,
    following.SetGoalAside: following.set_aside,
    talking.DiscussGoal: talking.discuss,
    talking.ReorderGoals: talking.reorder,
    acting.AddAction: acting.add,
    acting.AssignAction: acting.assign,
    acting.AcceptAction: acting.accept,
    acting.CompleteAction: acting.complete,
    acting.DropAction: acting.drop,
}
