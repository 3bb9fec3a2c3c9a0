"""Looks in the middle of a life: who asks what just before or just after something happens."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cosigne.demo.memory import Life
from cosigne.demo.stories import Chapter, chapter_of
from cosigne.people import Person, find, id_of

Moment = tuple[str, str]  # before or after, and the place in the telling
Body = Mapping[str, Any] | Callable[[Life], Mapping[str, Any]]


@dataclass(frozen=True)
class Look:
    """One request of someone at one moment. Named, so that a test finds its answer.

    The path may name `{person}`, `{assessment}`, `{plan}`, and a goal by its key in the cast,
    `{summary}`.
    """

    name: str
    at: Moment
    who: str
    path: str
    body: Body | None = None
    about: str = ""
    match: bool = False
    how: str = "GET"

    def places(self, person: Person, life: Life) -> dict[str, str]:
        goals = {key: id_ for key, id_ in life.ids.items() if key.isidentifier()}
        known = {"person": str(person.id), "plan": life.plan or ""}
        return {**goals, **known, "assessment": life.assessments.get("default", "")}


@dataclass
class Looks:
    """The looks of one life: `looks.before("assessment_shared")("karim", name=path, …)`."""

    chapter: Chapter
    all: list[Look] = field(default_factory=list)

    def before(self, kind: str, /, **data: Any) -> "At":
        return At(self, ("before", place_of(self.chapter, kind, **data)))

    def after(self, kind: str, /, **data: Any) -> "At":
        return At(self, ("after", place_of(self.chapter, kind, **data)))


@dataclass(frozen=True)
class At:
    looks: Looks
    at: Moment

    def __call__(self, who: str, **paths: str) -> "At":
        """Someone reads each of these."""
        about = chapter_of(self.looks.chapter)[0].key
        self.looks.all += [
            Look(name, self.at, who, path, about=about) for name, path in paths.items()
        ]
        return self

    def tries(self, who: str, path: str, match: bool = False, **bodies: Body) -> "At":
        """Someone asks for each of these, and had better be refused."""
        about = chapter_of(self.looks.chapter)[0].key
        self.looks.all += [
            Look(name, self.at, who, path, body, about, match, "POST")
            for name, body in bodies.items()
        ]
        return self


def place_of(chapter: Chapter, kind: str, /, **data: Any) -> str:
    """Where the first event of this kind, with these data, stands in its chapter."""
    events: Sequence[Mapping[str, Any]] = chapter_of(chapter)[1]
    for number, event in enumerate(events, 1):
        if event["type"] == kind and all(event["data"].get(k) == v for k, v in data.items()):
            return f"{chapter}/{number}"
    raise LookupError(f"{kind} {data} is not told in {chapter}")


def party(key: str) -> str:
    return str(find(key).id)


def goal(person: str, key: str) -> str:
    return str(id_of("goal", f"{person}/{key}"))
