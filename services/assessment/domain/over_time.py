"""One theme as it was answered over time, within an assessment: what changed before is hers alone."""

from collections.abc import Iterator

from services.assessment.domain.answers import Answer, answer_of
from services.assessment.domain.events import ThemeRated, ThemeSkipped
from services.assessment.domain.portrait import seen_by
from services.assessment.domain.record import Record
from shared.access.eyes import Eyes


def answers_over_time(state: Record, theme: str, eyes: Eyes) -> Iterator[Answer]:
    """For her every answer she gave and stands by, in order; for others what stands today."""
    if not eyes.hers:
        seen = seen_by(state, eyes).answers().get(theme)
        if seen is not None:
            yield seen
        return
    for fact in state.told.values():
        if not isinstance(fact, ThemeRated | ThemeSkipped) or fact.theme != theme:
            continue
        if state.hers(fact.id):
            yield answer_of(fact, state.says(fact.id, state.person))
