"""A form as it was filled in: what was written, and what is to be mended, field by field."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from services.portal.asking import Problem
from services.portal.subject import Subject

# the visitor's to mend: not a sign-in that has ended, a thing that is not there, a service that is away
MENDABLE = frozenset(range(400, 500)) - {401, 404}
# of those, where anything but a rule or a field goes to the page that keeps the words
RULES = frozenset({400, 409, 422})
RULES_AND_RIGHTS = RULES | {403}
# what a service calls otherwise than the forms in which it is asked
ASKED_AS = {"act.occurred_at": "day"}


@dataclass(frozen=True)
class Form:
    """`form["words"]` is what was written, trimmed; `form.errors["words"]` what is wrong with it."""

    given: MultiDict[str, str] = field(default_factory=MultiDict)
    errors: Mapping[str, str] = field(default_factory=dict)
    sentence: str = ""  # what is wrong with the whole
    asked: Container[str] = ()  # what was not filled in, and stands on the page all the same

    @classmethod
    def of(cls, given: MultiDict[str, str]) -> Form:
        return cls(given)

    def __getitem__(self, name: str) -> str:
        return self.given.get(name, "").strip()

    def all(self, name: str) -> list[str]:
        return [one for one in self.given.getlist(name) if one]

    def has(self, name: str) -> bool:
        """A field of that name stands on the page; a service may speak of what was no field there."""
        return name in self.given or name in self.asked

    def spoken_of(self, told: str) -> str:
        """Which field a service speaks of: of one among several that were ticked, the whole."""
        name = ASKED_AS.get(told, told)
        whole = name.partition(".")[0]
        return whole if whole in self.given else name

    @property
    def key(self) -> str:
        """Sent twice (a double tap, a page read again), a form is kept once."""
        return self["key"]

    @property
    def version(self) -> int | None:
        """Of what was read when one began to write, where the page says it."""
        return int(self["version"]) if self["version"].isdecimal() else None

    def wrong(self, problem: Problem, only: Container[int] = MENDABLE) -> Form:
        """The same form, with what the service said about it.

        Raises the problem where it is not the visitor's to mend: not one of `only`, or kept before.
        """
        if problem.status not in only or problem.kept_before:
            raise problem
        errors = {self.spoken_of(name): wrong for name, wrong in problem.fields.items()}
        return replace(self, errors=errors, sentence=problem.sentence)

    def amiss(self, errors: Mapping[str, str], sentence: str = "") -> Form:
        return replace(self, errors=errors, sentence=sentence, asked=frozenset(errors))


def act_of(form: Form, subject: Subject) -> dict[str, Any]:
    """How it was said: by whom, and in which setting.

    Someone of her team notes what she says in her name; she confirms it or not. `author` is then
    she, and the one who is signed in stands as the one who noted it.
    """
    act: dict[str, Any] = {}
    if not subject.hers and form["whose"] != "mine":
        act["author"] = subject.id
    if setting := form["setting"]:
        act["setting"] = setting
    elif not subject.hers and subject.accompanied:
        act["setting"] = "together"
    return {"act": act} if act else {}
