"""What the pages of a plan share: the plan as it is read, and how a word of someone's is kept in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import Form, act_of
from services.portal.frame import Frame
from services.portal.pages.plan_people import People, people_around
from services.portal.pages.plan_sources import Sources
from services.portal.pages.plan_titles import Library
from services.portal.subject import Subject
from shared.kernel import NotFound

Told = Mapping[str, Any]
Again = Callable[[Form], AnyResponse]
IN_PLAN = ("proposed", "disagreed", "reworded", "disputed", "active", "paused")


@dataclass(frozen=True)
class Planned:
    """One plan, for one reader; `goals` are those still in it, in her order."""

    subject: Subject
    told: Told
    people: People
    sources: Sources

    @property
    def id(self) -> str:
        return str(self.told["id"])

    @property
    def goals(self) -> Sequence[Told]:
        return [goal for goal in self.told["goals"] if goal["status"] in IN_PLAN]

    @property
    def reached(self) -> Sequence[Told]:
        return [goal for goal in self.told["goals"] if goal["status"] == "achieved"]

    @property
    def out(self) -> Sequence[Told]:
        return [g for g in self.told["goals"] if g["status"] not in (*IN_PLAN, "achieved")]

    @property
    def writes(self) -> bool:
        """Whoever looks may put something into the plan: she, or someone who notes what she says."""
        return not self.told["closed"] and (self.subject.hers or self.subject.accompanied)

    def goal(self, wanted: UUID) -> Told:
        for goal in self.told["goals"]:
            if goal["goal"] == str(wanted):
                found: Told = goal
                return found
        raise NotFound("route.unknown")


class Planning:
    """Given to every page of the plan when it is made."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.library = Library()

    def read(self, person: UUID, plan: UUID | str) -> Planned:
        """Raises Problem for a plan that is not there for whoever looks."""
        subject, ask = self.frame.subject(person), self.frame.ask()
        told = ask.get(f"plans/persons/{person}/plans/{plan}")
        return Planned(subject, told, self.people(subject), self.sources(person))

    def people(self, subject: Subject) -> People:
        return people_around(self.frame, subject)

    def sources(self, person: UUID) -> Sources:
        ask = self.frame.ask()
        titles = self.library.titles_for(ask, self.frame.visitor().organisation)
        return Sources(ask, str(person), titles)

    def keep(
        self,
        person: UUID,
        path: str,
        body: Mapping[str, Any],
        form: Form,
        *,
        then: tuple[str, str],
        again: Again,
        put: bool = False,
    ) -> AnyResponse:
        """Keeps it and goes on to `then`; what does not fit comes back `again`, words and all."""
        ask, subject = self.frame.ask(), self.frame.subject(person)
        if form["obstacle_words"] and not form["logic"]:
            which = self.frame.say("plan.way.which")
            return again(form.amiss({"logic": which}, which))
        try:
            (ask.put if put else ask.send)(
                f"plans/persons/{person}/{path}",
                {**body, **acting(form, subject)},
                key=form.key,
                match=form.version,
            )
        except Problem as problem:
            return again(form.wrong(problem))
        to, code = then
        return self.frame.done(to, "plan.noted" if noted(form, subject) else code)

    def page(self, template: str, planned: Planned, form: Form, **more: Any) -> Response:
        return self.frame.page(
            template,
            status=422 if form.sentence or form.errors else 200,
            subject=planned.subject,
            planned=planned,
            plan=planned.told,
            people=planned.people,
            form=form,
            empty=Form(),
            here_is=f"/persons/{planned.subject.id}/plan/{planned.id}",
            **more,
        )


def noted(form: Form, subject: Subject) -> bool:
    """Whether whoever writes notes it in her name: it stands once she has confirmed it."""
    return subject.accompanied and form["whose"] != "mine"


def acting(form: Form, subject: Subject) -> dict[str, Any]:
    """How it was said, and who else took part: each of them confirms it or not, later."""
    act = act_of(form, subject).get("act", {})
    if part := form["part"]:
        act["contributors"] = [{"party": party, "part": part} for party in form.all("with")]
    return {"act": act} if act else {}


def filled(form: Form, *names: str) -> dict[str, str]:
    """The fields of a form in which something was written."""
    return {name: form[name] for name in names if form[name]}


def obstacle(form: Form) -> dict[str, Any]:
    """What stood in the way, if anything was said of it."""
    if not form["logic"]:
        return {}
    words = {"words": form["obstacle_words"]} if form["obstacle_words"] else {}
    return {"stood_in_the_way": {"logic": form["logic"], **words}}
