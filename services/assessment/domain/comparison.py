"""Two assessments of one person side by side: differences in points, theme by theme.

Themes are matched by what they ask (`meaning`), whatever each version calls them. What cannot be
said is null and says why; nothing is averaged, and there is no figure over themes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from services.assessment.domain.answers import Answer
from services.assessment.domain.events import ChangeJudged
from services.assessment.domain.portrait import Portrait
from shared.kernel import Refused

METHOD, VERSION = "theme.change", 1


@dataclass(frozen=True, slots=True)
class Side:
    """One assessment, and what its catalogue says that each theme asks; `edition` of which version."""

    portrait: Portrait
    meanings: Mapping[str, str]
    edition: int | None = None

    @property
    def answered(self) -> int:
        """How many themes have a figure, as far as these eyes see."""
        return sum(1 for answer in self.portrait.answers().values() if answer.value is not None)

    @property
    def offered(self) -> int:
        """Of how many: those left alone by choice are in neither count."""
        left_alone = sum(1 for a in self.portrait.answers().values() if a.choice is not None)
        return len(self.portrait.opened.themes) - left_alone

    @property
    def scale(self) -> tuple[int, int]:
        return self.portrait.opened.lowest, self.portrait.opened.highest

    def themes(self) -> Mapping[str, str]:
        """The theme it offers for each meaning."""
        offered = self.portrait.opened.themes
        return {self.meanings.get(theme, theme): theme for theme in offered}

    def answer(self, theme: str | None) -> Answer | None:
        return self.portrait.answers().get(theme) if theme is not None else None


@dataclass(frozen=True, slots=True)
class Difference:
    """One meaning at two moments; `points` is after minus before, or None with its `reason`.

    `judged` is what she says of it herself: a figure never stands in for that.
    """

    meaning: str
    theme_before: str | None
    theme_after: str | None
    before: Answer | None
    after: Answer | None
    points: int | None
    reason: str | None
    judged: tuple[ChangeJudged, ...] = ()


def compare(before: Side, after: Side) -> Iterator[Difference]:
    """Every meaning that one of the two answers. Raises Refused for two people or two kinds."""
    if before.portrait.person != after.portrait.person:
        raise Refused("comparison.of_two_people")
    if before.portrait.opened.kind != after.portrait.opened.kind:
        raise Refused("comparison.of_two_kinds", field="after")
    themes_before, themes_after = before.themes(), after.themes()
    for meaning in {**themes_after, **themes_before}:
        old, new = themes_before.get(meaning), themes_after.get(meaning)
        was, is_ = before.answer(old), after.answer(new)
        if was is None and is_ is None:
            continue
        reason = undefined(before, after, (old, was), (new, is_))
        points = None
        if reason is None and was is not None and is_ is not None:
            points = (is_.value or 0) - (was.value or 0)
        judged = tuple(f for f in judgements(before, after) if f.theme in {old, new} - {None})
        yield Difference(meaning, old, new, was, is_, points, reason, judged)


def judgements(before: Side, after: Side) -> Iterator[ChangeJudged]:
    """What she said had changed, in either assessment, as far as these eyes see."""
    yield from before.portrait.changes
    if after.portrait.id != before.portrait.id:
        yield from after.portrait.changes


def undefined(
    before: Side,
    after: Side,
    was: tuple[str | None, Answer | None],
    is_: tuple[str | None, Answer | None],
) -> str | None:
    """Why there is no difference to tell, or None when there is."""
    for when, (theme, answer) in (("before", was), ("after", is_)):
        if theme is None:
            return f"not_asked_{when}"
        if answer is None:
            return f"no_answer_{when}"
        if answer.choice is not None:
            return f"{answer.choice}_{when}"
    return None if before.scale == after.scale else "other_scale"
