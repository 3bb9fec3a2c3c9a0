"""What she shows now: each thing, to whom, until when, and how to stop; of old portraits, on a page apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.portal.frame import Frame
from services.portal.pages.together_people import Around
from services.portal.subject import Subject

Told = Mapping[str, Any]
LATEST = 2  # portraits whose sharings stand on the first page
BEFORE_ALL = "1900-01-01"


@dataclass(frozen=True)
class Shown:
    """One thing shown. `stop` is where one tap ends it; `but` how many it leaves out."""

    parts: tuple[str, ...]
    to: tuple[str, ...]
    my_team: bool
    stop: str
    of: str = ""  # the day of the portrait
    until: str = ""
    category: str = ""
    purpose: str = ""
    but: int = 0
    pending: bool = False


@dataclass(frozen=True)
class Showing:
    """`now` is all but what she shows of portraits older than the latest; `older` says there are some."""

    now: Sequence[Shown] = ()
    older: bool = False


def shown(frame: Frame, subject: Subject, near: Around) -> Showing:
    portraits = portraits_of(frame, subject, newest=LATEST + 1)
    ask, path = frame.ask(), f"network/persons/{subject.id}/network"
    # to whom she shows it is told with the map of any day; that of a day before all is the shortest
    network = ask.maybe(lambda: ask.get(path, as_of=BEFORE_ALL), {})
    now = [
        *(one for told in portraits[-LATEST:][::-1] for one in of_portrait(told, near)),
        *of_network(network or {}, near),
        *consented(near),
    ]
    return Showing(now, older=len(portraits) > LATEST)


def shown_before(frame: Frame, subject: Subject, near: Around) -> Sequence[Shown]:
    """What she still shows of portraits older than the latest, the last of them first."""
    older = portraits_of(frame, subject)[:-LATEST]
    return [one for told in older[::-1] for one in of_portrait(told, near)]


def portraits_of(frame: Frame, subject: Subject, **query: object) -> Sequence[Told]:
    ask, path = frame.ask(), f"assessment/persons/{subject.id}/assessments"
    told = ask.maybe(lambda: ask.get(path, **query), {"assessments": ()})
    portraits: Sequence[Told] = told["assessments"]
    return portraits


def of_portrait(told: Told, near: Around) -> Iterator[Shown]:
    for sharing in told["sharings"]:
        yield Shown(
            tuple(sharing["parts"]),
            tuple(map(near.named, sharing["audience"])),
            sharing["my_team"],
            f"portraits/{told['id']}/{sharing['sharing']}",
            of=told["opened_at"],
            but=len(sharing["except_themes"]),
        )


def of_network(told: Told, near: Around) -> Iterator[Shown]:
    for sharing in told.get("sharings", ()):
        yield Shown(
            ("network",),
            tuple(map(near.named, sharing["audience"])),
            sharing["my_team"],
            f"network/{sharing['sharing']}",
            until=sharing["until"] or "",
            but=len(sharing["except_ties"]),
        )


def consented(near: Around) -> Iterator[Shown]:
    for consent in near.consents:
        yield Shown(
            tuple(consent["tabs"]),
            (near.named(consent["audience"]),) if consent["audience"] else (),
            my_team=False,
            stop=f"consents/{consent['id']}",
            until=consent["until"],
            category=consent["category"] or "",
            purpose=consent["purpose"],
        )
