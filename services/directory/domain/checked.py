"""What was sent, checked whatever the state of things: texts, words of a list, days to come."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from shared.kernel import Act, Invalid

TABS = ("quality_of_life", "network", "strengths", "plan")


def text(value: str, field: str, most: int = 200) -> str:
    """The text without the blanks around it; never empty, never longer than `most`."""
    found = value.strip()
    if not found:
        raise Invalid("text.empty", field=field)
    if len(found) > most:
        raise Invalid("length.too_large", field=field, max=most)
    return found


def maybe(value: str | None, field: str, most: int = 200) -> str | None:
    """The same for a text one may leave out: blank counts as left out."""
    return text(value, field, most) if value and value.strip() else None


def one_of(value: str, allowed: Collection[str], field: str) -> str:
    if value not in allowed:
        raise Invalid("value.not_in_list", field=field, allowed=", ".join(allowed))
    return value


def some_of(values: Iterable[str], allowed: Collection[str], field: str) -> tuple[str, ...]:
    """At least one of the list, each once, in the list's order."""
    chosen = {one_of(value, allowed, field) for value in values}
    if not chosen:
        raise Invalid("length.too_small", field=field, min=1)
    return tuple(word for word in allowed if word in chosen)


def to_come(day: date, act: Act, field: str) -> date:
    """A last day that is not over when the act takes place."""
    if day < act.occurred.date():
        raise Invalid("day.past", field=field, day=day)
    return day


def audience(party: UUID | None, category: str | None, allowed: Collection[str]) -> None:
    """Either one party or everyone of a category, never both, never none."""
    if (party is None) == (category is None):
        raise Invalid("audience.one", field="audience")
    if category is not None:
        one_of(category, allowed, "category")
