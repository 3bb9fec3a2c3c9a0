"""One row a person: to which goals she agrees, and in which words; no other goal leaves."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any, ClassVar
from uuid import UUID

from shared.naming import normal
from shared.store.told import Told
from shared.store.views import Doc, Key, Row, View

AGREED = "plans.goal_agreed"
NOES = frozenset({"plans.goal_disagreed", "plans.goal_declined"})
WORDED = frozenset({"plans.goal_proposed", "plans.goal_reworded"})
DECLINED, RECONSIDERED = "plans.theme_declined", "plans.theme_reconsidered"
OF_A_THEME = frozenset({"star", "rating", "theme"})
CONFIRMED, DISPUTED = "plans.contribution_confirmed", "plans.contribution_disputed"


@dataclass(frozen=True)
class GoalsAgreedRow(Row):
    """`goals`: by id, the entry with her agreement and whether it holds; `words` by entry.

    `themes` are those a goal grew from, and `tied` says that it grew from someone on her map;
    `left_out` the themes she left out, with their other names. Themes in their normal spelling.
    """

    goals: Doc
    words: Doc
    themes: Doc
    left_out: Doc
    tied: Doc

    def holds(self, goal: UUID) -> bool:
        """Whether she agrees to it, and has left out none of the themes that it grew from."""
        known = self.goals.get(str(goal), {})
        out = {name for names in self.left_out.values() for name in names}
        return bool(known.get("holds")) and not out & self.themes_of(goal)

    def themes_of(self, goal: UUID) -> frozenset[str]:
        return frozenset(self.themes.get(str(goal), ()))

    def tells_its_words(self, goal: UUID | None, sensitive: frozenset[str]) -> bool:
        """Words that grew from someone on her map, or from a theme that is sensitive, stay here."""
        if goal is None:
            return True
        return str(goal) not in self.tied and not sensitive & self.themes_of(goal)


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
        known = row or GoalsAgreedRow(told.tenant, told.subject, {}, {}, {}, {}, {})
        if told.type in (DECLINED, RECONSIDERED):
            return replace(known, left_out=left_out(known.left_out, told))
        if told.type in WORDED:
            known = replace(known, words={**known.words, str(told.id): told.body["words"]})
        if told.body.get("grown_from"):
            known = grown(known, told.body["goal"], told.body["grown_from"])
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


def grown(known: GoalsAgreedRow, goal: str, sources: Iterable[str]) -> GoalsAgreedRow:
    kinds = [source.partition(":")[::2] for source in sources]
    themes = sorted({normal(name) for kind, name in kinds if kind in OF_A_THEME})
    tied = {**known.tied, goal: True} if any(kind == "tie" for kind, _ in kinds) else known.tied
    return replace(known, themes={**known.themes, goal: themes}, tied=tied)


def left_out(known: Doc, told: Told) -> Doc:
    """A theme noted as left out for her stays so as well: it is never told by mistake."""
    theme = normal(told.body["theme"])
    if told.type == DECLINED:
        names = {theme, *(normal(name) for name in told.body.get("names") or ())}
        return {**known, theme: sorted({*known.get(theme, ()), *names})}
    return {name: names for name, names in known.items() if name != theme}


AGREED_BY = """
SELECT tenant_id, subject_id, goals, words, themes, left_out, tied
  FROM unnest(%s::uuid[], %s::uuid[]) AS u (tenant, person)
  JOIN goals_agreed ON tenant_id = tenant AND subject_id = person
"""


def agreed_by(
    connection: Any, persons: Collection[tuple[UUID, UUID]]
) -> dict[tuple[UUID, UUID], GoalsAgreedRow]:
    """Of these people, each with her organisation."""
    if not persons:
        return {}
    tenants, whose = zip(*sorted(persons), strict=True)
    rows = connection.execute(AGREED_BY, (list(tenants), list(whose))).fetchall()
    return {(row[0], row[1]): GoalsAgreedRow(*row) for row in rows}
