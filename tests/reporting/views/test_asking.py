"""A page of the trail asks for what it may show, however long the history."""

from uuid import uuid4

from services.reporting.views.asking import CHUNK, Asked, all_of
from tests.reporting.told import entry


def sizes_of(answers: list[int], first: int) -> list[int]:
    """How many entries each question wants, where so many are answered in turn."""
    asked: list[int] = []

    def ask(question):
        asked.append(question.keywords["most"])
        return [entry("plans.goal_agreed")] * answers[len(asked) - 1]

    for _ in all_of(ask, uuid4(), Asked(), first=first):
        if len(asked) == len(answers):
            break
    return asked


def test_what_fits_on_a_page_is_asked_for_once() -> None:
    assert sizes_of([20], first=21) == [21]


def test_more_is_asked_for_only_where_a_page_was_not_filled() -> None:
    assert sizes_of([21, 84, 336, CHUNK, 3], first=21) == [21, 84, 336, CHUNK, CHUNK]
