"""One row a person: to which goals she agrees, and in which words; no other goal leaves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, ClassVar
from uuid import UUID

from shared.store.told import Told
from shared.store.views import Doc, Key, Row, View

AGREED = "plans.goal_agreed"
NOES = frozenset({"plans.goal_disagreed", "plans.goal_declined"})
WORDED = frozenset({"plans.goal_proposed", "plans.goal_reworded"})
DECLINED, RECONSIDERED = "plans.theme_declined", "plans.theme_reconsidered"
CONFIRMED, DISPUTED = "plans.contribution_confirmed", "plans.contribution_disputed"


@dataclass(frozen=True)
class GoalsAgreedRow(Row):
    """`goals`: by id, the entry with her agreement and whether it holds; `words` by entry.

    `themes` are those a goal grew from; `left_out` the themes she left out, with their other names.
    """

    goals: Doc
    words: Doc
    themes: Doc
    left_out: Doc

    def holds(self, goal: UUID) -> bool:
        """Whether she agrees to it, and has left out none of the themes that it grew from."""
        known = self.goals.get(str(goal), {})
        out = {plain(name) for names in self.left_out.values() for name in names}
        return bool(known.get("holds")) and not out & {
            plain(theme) for theme in self.themes.get(str(goal), ())
        }


class GoalsAgreed(View[GoalsAgreedRow]):
    """Does she agree to this goal now, by her own word?"""

    name = "goals_agreed"
    row = GoalsAgreedRow
    key = ("tenant_id", "subject_id")
    sources: ClassVar[frozenset[str]] = frozenset({"plans"})
    listens = frozenset({AGREED, *NOES, *WORDED, DECLINED, RECONSIDERED, CONFIRMED, DISPUTED})
    tells_freshness: ClassVar[bool] = True

    def keys(self, told: Told) -> Iterable[Key]:
        return [(told.tenant, told.subject)]

    def fold(self, key: Key, row: GoalsAgreedRow | None, told: Told) -> GoalsAgreedRow | None:
        if not told.readable:
            return row
        known = row or GoalsAgreedRow(told.tenant, told.subject, {}, {}, {}, {})
        if told.type in (DECLINED, RECONSIDERED):
            return replace(known, left_out=left_out(known.left_out, told))
        if told.type in WORDED:
            known = replace(known, words={**known.words, str(told.id): told.body["words"]})
        if told.body.get("grown_from"):
            themes = [one.partition(":")[2] for one in told.body["grown_from"] if of_a_theme(one)]
            known = replace(known, themes={**known.themes, told.body["goal"]: themes})
        changed = answered(known.goals, told)
        return replace(known, goals={**known.goals, **changed}) if changed else known


def answered(goals: Doc, told: Told) -> Doc:
    """What this changes in the goals she agrees to: only her own word makes one agreed to."""
    hers = told.act.author == told.subject
    goal = str(told.body.get("goal"))
    if told.type in (CONFIRMED, DISPUTED):
        found = [g for g, known in goals.items() if known["entry"] == str(told.entry)]
        return {g: {**goals[g], "holds": told.type == CONFIRMED} for g in found if hers}
    if told.type == AGREED and hers:
        own = told.act.attestation_of(told.act.author) == "own"
        held: dict[str, Any] = goals.get(goal, {})
        # one that is noted for her waits until she confirms it; an earlier one of hers stands
        return {goal: {"entry": str(told.id), "holds": own or bool(held.get("holds"))}}
    if (told.type in NOES and hers) or (told.type == "plans.goal_reworded" and not hers):
        return {goal: {"entry": None, "holds": False}}
    return {}


def left_out(known: Doc, told: Told) -> Doc:
    """A theme noted as left out for her stays so as well: it is never told by mistake."""
    theme = told.body["theme"]
    if told.type == DECLINED:
        return {**known, theme: [theme, *(told.body.get("names") or ())]}
    return {name: names for name, names in known.items() if name != theme}


def of_a_theme(source: str) -> bool:
    return source.partition(":")[0] in ("star", "rating", "theme")


def plain(name: str) -> str:
    return " ".join(name.casefold().split())
