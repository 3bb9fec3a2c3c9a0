"""Her portraits, asked for as a page needs them: the latest only, one, or all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from services.portal.frame import Frame
from services.portal.pages.life_questionnaires import Questionnaires
from services.portal.pictures.sitting import Portrait
from services.portal.subject import Subject


class Portraits:
    """Asks in the visitor's name; what was not shown to the visitor is not there."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.questionnaires = Questionnaires()

    def newest(self, subject: Subject, kind: str) -> Sequence[Portrait]:
        """The latest one, if there is any: many years cost no more than one sitting."""
        return [self.portrait(one) for one in self.listed(subject, kind=kind, newest=1)]

    def every(self, subject: Subject) -> Sequence[Portrait]:
        return [self.portrait(one) for one in self.listed(subject)]

    def listed(self, subject: Subject, **query: object) -> Sequence[Mapping[str, Any]]:
        ask = self.frame.ask()
        path = f"assessment/persons/{subject.id}/assessments"
        told = ask.maybe(lambda: ask.get(path, **query), {"assessments": ()})
        listed: Sequence[Mapping[str, Any]] = told["assessments"]
        return listed

    def one(self, subject: Subject, assessment: UUID) -> Portrait:
        """Raises Problem for what is unknown, foreign or not shown."""
        path = f"assessment/persons/{subject.id}/assessments/{assessment}"
        return self.portrait(self.frame.ask().get(path))

    def portrait(self, told: Mapping[str, Any]) -> Portrait:
        organisation = self.frame.visitor().organisation
        asked = self.questionnaires.one(self.frame.ask(), organisation, told["catalogue"])
        return Portrait.of(told, asked)

    def to_begin_with(self, subject: Subject, kind: str) -> Sequence[Mapping[str, Any]]:
        """Nothing, for whom it is not to begin one."""
        if not (subject.hers or subject.accompanied):
            return ()
        return self.questionnaires.to_begin_with(self.frame.ask(), kind)

    def names(self, subject: Subject, told: Mapping[str, Any]) -> Mapping[str, str]:
        """Whoever is named in what was told, by their names; asked for only when there is one."""
        visitor = self.frame.visitor()
        names = {visitor.party: visitor.name, subject.id: subject.name}
        if set(parties_in(told)) <= set(names):
            return names
        return {**self.frame.names_around(subject), **names}

    def team(self, subject: Subject) -> bool:
        """Whether someone accompanies her today: without anyone, what her team may read nobody reads."""
        told = self.frame.relations(subject).get("care_relations", ())
        return any(not one.get("ended") for one in told)

    def around(self, subject: Subject) -> Mapping[str, str]:
        """Whom she may choose to show something to: those who accompany her, and her relatives."""
        told, names = self.frame.relations(subject), self.frame.names_around(subject)
        now = [one["party"] for one in told.get("care_relations", ()) if not one.get("ended")]
        now += [one.get("audience") for one in told.get("consents", ()) if one["in_force"]]
        return {party: name for party, name in names.items() if party in now}


def parties_in(told: Mapping[str, Any]) -> Iterator[str]:
    yield from (one["with_party"] for one in told["together"] if one["with_party"])
    for theme in told["themes"]:
        yield from (said["author"] for said in (*theme["views"], *theme["thread"]))
        noted = [theme.get("answer"), *theme.get("pending", ())]
        yield from (answer["noted_by"] for answer in noted if answer and answer["noted_by"])
