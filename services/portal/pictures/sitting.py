"""A portrait as its pages show it: what is asked, sphere by sphere, with what was said to each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from shared.kernel import NotFound

Told = Mapping[str, Any]
One = TypeVar("One")
HUES = 5
# asked last: first, it reads as a means test
NEEDS = "besoins"


@dataclass(frozen=True)
class Theme:
    """One theme: as the questionnaire words it (`asked`), and what was said to it (`said`)."""

    asked: Told
    said: Told = field(default_factory=dict)
    hue: int = 1

    @property
    def name(self) -> str:
        return str(self.asked["theme"])

    @property
    def sensitive(self) -> bool:
        return bool(self.asked["sensitive"])

    @property
    def answer(self) -> Told | None:
        return self.said.get("answer")

    @property
    def standing(self) -> Told | None:
        """Her own answer; what was noted in her name is not, before her yes."""
        return self.answer if self.answer and self.answer["attestation"] != "claimed" else None

    @property
    def value(self) -> int | None:
        return self.answer["value"] if self.answer else None

    @property
    def star(self) -> Told | None:
        return self.said.get("star")

    @property
    def pending(self) -> Sequence[Told]:
        """What was noted in her name and waits for her yes; what stands for want of hers, too."""
        waits = list(self.said.get("pending", ()))
        return waits if self.standing or not self.answer else [self.answer, *waits]

    @property
    def views(self) -> Sequence[Told]:
        return tuple(self.said.get("views", ()))

    @property
    def thread(self) -> Sequence[Told]:
        return tuple(self.said.get("thread", ()))

    @property
    def shown_by_hand(self) -> bool:
        set_to = self.said.get("visibility")
        return set_to == "my_team" or (set_to == "chosen" and bool(self.said.get("audience")))

    def view_of(self, party: str) -> Told | None:
        return next((view for view in self.views if view["author"] == party), None)


@dataclass(frozen=True)
class Sphere:
    asked: Told
    hue: int
    themes: tuple[Theme, ...]

    @property
    def name(self) -> str:
        return str(self.asked["sphere"])

    @property
    def answered(self) -> Sequence[Theme]:
        return [theme for theme in self.themes if theme.answer]

    @property
    def touched(self) -> Sequence[Theme]:
        """Where there is anything to see."""
        return [theme for theme in self.themes if theme.said]


@dataclass(frozen=True)
class Portrait:
    """One sitting, with its questionnaire."""

    told: Told
    questionnaire: Told
    spheres: tuple[Sphere, ...]

    @classmethod
    def of(cls, told: Told, questionnaire: Told) -> Portrait:
        said = {theme["theme"]: theme for theme in told["themes"]}
        spheres = tuple(in_which_order(spheres_of(questionnaire, said)))
        return cls(told, questionnaire, spheres)

    @property
    def id(self) -> str:
        return str(self.told["id"])

    @property
    def kind(self) -> str:
        return str(self.told["kind"])

    @property
    def themes(self) -> Iterator[Theme]:
        return (theme for sphere in self.spheres for theme in sphere.themes)

    @property
    def answered(self) -> int:
        return sum(1 for theme in self.themes if theme.answer)

    @property
    def stars(self) -> Sequence[Theme]:
        """In her order, those without a rank after the others."""
        return sorted((t for t in self.themes if t.star), key=lambda t: (t.star or {})["rank"] or 9)

    @property
    def waiting(self) -> Sequence[Theme]:
        """Where something was noted in her name."""
        return [theme for theme in self.themes if theme.pending]

    @property
    def steps(self) -> Sequence[Told]:
        steps: Sequence[Told] = self.questionnaire["scale"]["steps"]
        return steps

    @property
    def shown(self) -> bool:
        """To someone, by her."""
        return any(self.kind in sharing["parts"] for sharing in self.told["sharings"])

    @property
    def shows_some(self) -> bool:
        """One answer or another, each set by hand."""
        return any(theme.shown_by_hand for theme in self.themes)

    def sphere(self, name: str) -> Sphere:
        return found(s for s in self.spheres if s.name == name)

    def theme(self, name: str) -> Theme:
        return found(t for t in self.themes if t.name == name)

    def sphere_of(self, theme: Theme) -> Sphere:
        return self.sphere(theme.asked["sphere"])

    def after(self, theme: Theme) -> Theme | None:
        """The next one of its sphere."""
        themes = self.sphere_of(theme).themes
        at = [one.name for one in themes].index(theme.name) + 1
        return themes[at] if at < len(themes) else None

    def step(self, value: int | None) -> Told | None:
        """The labelled step that stands exactly there."""
        return next((step for step in self.steps if step["value"] == value), None)


def found(some: Iterable[One]) -> One:
    for one in some:
        return one
    raise NotFound("route.unknown")


def spheres_of(questionnaire: Told, said: Mapping[str, Told]) -> Iterator[Sphere]:
    for number, asked in enumerate(questionnaire["spheres"]):
        hue = number % HUES + 1
        themes = tuple(
            Theme(theme, said.get(theme["theme"], {}), hue)
            for theme in questionnaire["themes"]
            if theme["sphere"] == asked["sphere"]
        )
        yield Sphere(asked, hue, themes)


def in_which_order(spheres: Iterable[Sphere]) -> Iterable[Sphere]:
    return sorted(spheres, key=lambda sphere: sphere.name == NEEDS)
