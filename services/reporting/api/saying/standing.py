"""Ways of standing in a sentence: who could see, and why the reader may or may not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from services.reporting.api.saying.wording import part, say
from services.reporting.domain.sight import Sight
from services.reporting.views.standing_then import Stood
from shared.access.policy import POLICY

TABS = ("quality_of_life", "strengths", "network", "plan")
READING = {
    "quality_of_life": "assessment.read",
    "strengths": "resources.read",
    "network": "network.read",
    "plan": "plan.read",
}
WHY = (
    "self", "care", "relative", "representative", "assistant", "emergency", "researcher",
    "auditor", "privacy_officer", "administrator",
)  # fmt: skip
NOTES = ("shown_only", "emergency", "offices")


@dataclass(frozen=True)
class Voice:
    """In which language, and in whose days."""

    locale: str
    zone: ZoneInfo

    def who(self, one: Stood, tabs: Iterable[str], sight: Sight | None = None) -> str:
        """Who stood how, and which pages could be opened; or what of one entry could be read."""
        opened = [tab for tab in TABS if tab in set(tabs)]
        code = code_of(one)
        if one.standing.kind in ("representative", "assistant") and not opened:
            code = f"{code}_none"
        said = say("stood", code, self.locale, **self.dates(one), tabs=self.tabs(opened))
        return f"{said} {part('sight', sight.value, self.locale)}" if sight else said

    def why(self, ways: Iterable[Stood], tab: str | None) -> list[str]:
        """A sentence for each way in; none for a stranger, nor for someone she keeps out."""
        found = sorted(
            (one for one in ways if one.standing.kind in WHY and opens(one, tab)),
            key=lambda one: WHY.index(one.standing.kind),
        )
        return [say("why", code_of(one), self.locale, **self.dates(one)) for one in found]

    def nothing(self, tab: str | None) -> str:
        """The same for whoever never was here, and whatever she may have said of the reader."""
        return part("why", "nothing_tab" if tab else "nothing", self.locale)

    def in_an_emergency(self) -> str:
        return part("stood_note", "emergency", self.locale)

    def notes(self) -> list[str]:
        return [part("stood_note", note, self.locale) for note in NOTES]

    def dates(self, one: Stood) -> dict[str, str]:
        return {"name": one.name, "since": self.day(one.since), "until": self.day(one.until)}

    def tabs(self, opened: list[str]) -> str:
        *first, last = [part("tab", tab, self.locale) for tab in opened] or [""]
        joint = f" {part('and', None, self.locale)} "
        return joint.join([", ".join(first), last]) if first else last

    def day(self, when: datetime | date | None) -> str:
        if when is None:
            return ""
        day = when.astimezone(self.zone).date() if isinstance(when, datetime) else when
        number = part("first_of_month", None, self.locale) if day.day == 1 else str(day.day)
        month = part("month", str(day.month), self.locale)
        return say("day", None, self.locale, day=number, month=month, year=str(day.year))


def code_of(one: Stood) -> str:
    worded = one.standing.kind == "auditor" and one.standing.words_allowed
    return "auditor_words" if worded else one.standing.kind


def opened_tabs(one: Stood) -> set[str]:
    """The tabs that this way of standing opens, by the policy and by its own limits."""
    return {tab for tab in TABS if opens(one, tab)}


def opens(one: Stood, tab: str | None) -> bool:
    if tab is None:
        return True
    return one.standing.kind in POLICY[READING[tab]] and one.standing.opens(tab)
