"""What she shows now: each thing, to whom, until when, and how to stop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.portal.frame import Frame
from services.portal.pages.together_people import Around
from services.portal.subject import Subject

Told = Mapping[str, Any]


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


def shown(frame: Frame, subject: Subject, near: Around) -> Sequence[Shown]:
    ask = frame.ask()
    hers = f"persons/{subject.id}"
    portraits = ask.maybe(lambda: ask.get(f"assessment/{hers}/assessments"), {"assessments": ()})
    network = ask.maybe(lambda: ask.get(f"network/{hers}/network"), {})
    return [
        *(one for told in portraits["assessments"] for one in of_portrait(told, near)),
        *of_network(network or {}, near),
        *consented(near),
    ]


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
