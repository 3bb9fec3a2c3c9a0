"""How something of hers is shown: by herself only, to those she names or to her team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.portal.frame import Frame
from services.portal.pages.life_portraits import Portraits
from services.portal.pages.together_left_out import left_out
from services.portal.pictures.sitting import Portrait
from services.portal.subject import Subject
from shared.kernel import NotFound

Told = Mapping[str, Any]
LIFE = "quality_of_life"


@dataclass(frozen=True)
class Showable:
    """What there is to show: the latest portrait or the map, and what of it is shown today."""

    portrait: Portrait | None = None
    ties: Sequence[Told] = ()
    sharings: Sequence[Told] = ()  # the latest last

    @property
    def things(self) -> Sequence[str]:
        """Each theme, or each tie: what can be left out."""
        themes = self.portrait.themes if self.portrait else ()
        return [*(theme.name for theme in themes), *(tie["tie"] for tie in self.ties)]

    def kept_from(self, party: str) -> Sequence[str]:
        """Left out for someone near her: the more personal themes, and all that is left out today."""
        themes = self.portrait.themes if self.portrait else ()
        personal = [theme.name for theme in themes if theme.sensitive]
        return list(dict.fromkeys([*personal, *left_out(self.sharings, party, self.things)]))


class Showing:
    """`show` sends one thing; what is shown again leaves out what it left out before."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.portraits = Portraits(frame)

    def hers(self, person: UUID) -> Subject:
        """Nobody shows anything of hers on her behalf."""
        subject = self.frame.subject(person)
        if not subject.hers:
            raise NotFound("route.unknown")
        return subject

    def portrait(self, subject: Subject) -> Portrait | None:
        newest = self.portraits.newest(subject, LIFE)
        return newest[-1] if newest else None

    def showable(self, subject: Subject, what: str) -> Showable:
        if what == "network":
            network = self.frame.ask().get(f"network/persons/{subject.id}/network")
            return Showable(ties=network["ties"], sharings=network["sharings"])
        # what she left out of an older portrait is left out of the next, before she shows it too
        told = self.portraits.listed(subject, kind=LIFE)
        given = [one for each in told for one in each["sharings"] if LIFE in one["parts"]]
        return Showable(self.portraits.portrait(told[-1]) if told else None, sharings=given)

    def show(
        self, subject: Subject, what: str, told: Told, key: str, portrait: Portrait | None
    ) -> None:
        """`told`: audience, my_team, except, until. Raises Problem."""
        hers = f"persons/{subject.id}"
        to = {"audience": told["audience"], "my_team": told["my_team"]}
        if what == "network":
            until = {"until": told["until"]} if told["until"] else {}
            body = {**to, **until, "except_ties": told["except"]}
            self.frame.ask().send(f"network/{hers}/network/sharings", body, key=key)
            return
        if portrait is None:
            raise NotFound("route.unknown")
        body = {**to, "parts": [what]}
        if what == "portrait":
            body |= {"parts": [portrait.kind], "except_themes": told["except"]}
        path = f"assessment/{hers}/assessments/{portrait.id}/sharings"
        self.frame.ask().send(path, body, key=key)
