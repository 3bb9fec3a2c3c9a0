"""How something of hers is shown: by herself only, to those she names or to her team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from services.portal.frame import Frame
from services.portal.pages.life_portraits import Portraits
from services.portal.pictures.sitting import Portrait
from services.portal.subject import Subject
from shared.kernel import NotFound

LIFE = "quality_of_life"


class Showing:
    """`show` sends one thing; a relative sees none of the more personal themes with the rest."""

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

    def show(self, subject: Subject, what: str, told: Mapping[str, Any], key: str) -> None:
        """`told`: audience, my_team, except, until. Raises Problem."""
        hers = f"persons/{subject.id}"
        to = {"audience": told["audience"], "my_team": told["my_team"]}
        if what == "network":
            until = {"until": told["until"]} if told["until"] else {}
            body = {**to, **until, "except_ties": told["except"]}
            self.frame.ask().send(f"network/{hers}/network/sharings", body, key=key)
            return
        portrait = self.portrait(subject)
        if portrait is None:
            return
        body = {**to, "parts": [what]}
        if what == "portrait":
            body |= {"parts": [portrait.kind], "except_themes": told["except"]}
        path = f"assessment/{hers}/assessments/{portrait.id}/sharings"
        self.frame.ask().send(path, body, key=key)

    def more_personal(self, subject: Subject) -> Sequence[str]:
        portrait = self.portrait(subject)
        return [theme.name for theme in portrait.themes if theme.sensitive] if portrait else []
