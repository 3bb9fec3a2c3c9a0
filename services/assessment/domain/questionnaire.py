"""One version of a questionnaire as it stands: its spheres, themes and scale, and its stage."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from services.assessment.domain.answers import HERS
from services.assessment.domain.catalogue_commands import Content, SphereGiven, ThemeGiven
from services.assessment.domain.events import (
    VOICES,
    CatalogueDrafted,
    CataloguePublished,
    CatalogueRenamed,
    CatalogueRetired,
    CatalogueSetAside,
    ScaleSet,
    SphereAdded,
    SphereRetired,
    SphereReworded,
    Step,
    ThemeAdded,
    ThemeRetired,
    ThemeReworded,
)
from shared.coproduction import Coproduced, Voices
from shared.kernel import Fact, NotFound, Refused

NEVER_PUBLISHED = ("draft", "set_aside")
PEOPLE = ("person", "relative")
MAKING = ("assessment.catalogue_", "assessment.sphere_", "assessment.theme_", "assessment.scale_")
TOOK_PART = frozenset({"proposed", "wrote", "discussed", "agreed", "disagreed"})


@dataclass(frozen=True)
class Questionnaire(Coproduced):
    """What a version holds; `stage` is `draft`, `published`, `retired` or `set_aside`."""

    voices: ClassVar[Voices] = VOICES

    drafted: CatalogueDrafted | None = None
    renamed: CatalogueRenamed | None = None
    stage: str = "draft"
    people_took_part: bool = False
    spheres: Mapping[str, SphereGiven] = field(default_factory=dict)
    themes: Mapping[str, ThemeGiven] = field(default_factory=dict)
    lowest: int | None = None
    highest: int | None = None
    steps: tuple[Step, ...] = ()

    def evolve(self, fact: Fact) -> "Questionnaire":  # noqa: C901, PLR0911 - one case a fact
        here = replace(self, version=fact.originator_version)
        match fact:
            case CatalogueDrafted():
                return replace(here, drafted=fact)
            case CatalogueRenamed():
                return replace(here, renamed=fact)
            case SphereAdded(sphere=sphere) | SphereReworded(sphere=sphere):
                given = SphereGiven(sphere, fact.fr, fact.en)
                return replace(here, spheres={**self.spheres, sphere: given})
            case SphereRetired():
                return replace(here, spheres=without(self.spheres, fact.sphere))
            case ThemeAdded():
                return replace(here, themes={**self.themes, fact.theme: theme_of(fact)})
            case ThemeReworded():
                return replace(here, themes=self.reworded(fact))
            case ThemeRetired():
                return replace(here, themes=without(self.themes, fact.theme))
            case ScaleSet():
                return replace(here, lowest=fact.lowest, highest=fact.highest, steps=fact.steps)
            case CataloguePublished():
                return replace(here, stage="published", people_took_part=fact.people_took_part)
            case CatalogueRetired():
                return replace(here, stage="retired")
            case CatalogueSetAside():
                return replace(here, stage="set_aside")
            case _:
                return here

    def reworded(self, fact: ThemeReworded) -> Mapping[str, ThemeGiven]:
        theme = self.themes.get(fact.theme)
        if theme is None:  # the words that added it are gone
            return self.themes
        words = {name: getattr(fact, name) for name in ("fr", "en", "help_fr", "help_en")}
        said = {name: getattr(fact, name) for name in ("sphere", "sensitive")}
        changed = {name: told for name, told in said.items() if told is not None}
        reworded = replace(theme, meaning=fact.meaning, **words, **changed)
        return {**self.themes, fact.theme: reworded}

    @property
    def content(self) -> Content:
        return Content(
            tuple(self.spheres.values()),
            tuple(self.themes.values()),
            self.lowest,
            self.highest,
            self.steps,
        )

    @property
    def head(self) -> CatalogueDrafted:
        """Raises NotFound when nothing was drafted here, or its words are gone."""
        if self.drafted is None:
            raise NotFound("catalogue.unknown")
        return self.drafted

    @property
    def called(self) -> tuple[str, str]:
        """Its name in French and in English, as it was given last."""
        given = self.renamed or self.head
        return given.fr, given.en

    @property
    def meanings(self) -> Mapping[str, str]:
        """What each theme asks, by which it is compared over versions."""
        return {theme.theme: theme.meaning for theme in self.themes.values()}

    @property
    def scale(self) -> tuple[int, int]:
        """Raises Refused when this catalogue is not one to rate with."""
        if self.head.kind == "change" or self.lowest is None or self.highest is None:
            raise Refused("catalogue.not_for_rating", field="catalogue")
        return self.lowest, self.highest

    def need_published(self) -> None:
        """A new assessment needs a version that can no longer change and is still in use."""
        if self.stage in NEVER_PUBLISHED:
            raise Refused("catalogue.not_published", field="catalogue")
        if self.stage == "retired":
            raise Refused("catalogue.retired", field="catalogue")

    def with_people(self) -> bool:
        """Whether a person or relative took part in making it, by their own word for it."""
        return any(
            entry.topic.startswith(MAKING)
            and entry.stands
            and entry.says(c.party) in HERS
            and c.role in PEOPLE
            and c.part in TOOK_PART
            for entry in self.entries.values()
            for c in entry.act.contributors
        )


def theme_of(fact: ThemeAdded) -> ThemeGiven:
    return ThemeGiven(
        fact.theme,
        fact.sphere,
        fact.fr,
        fact.en,
        fact.help_fr,
        fact.help_en,
        fact.meaning,
        fact.sensitive,
    )


def without(known: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return {key: value for key, value in known.items() if key != name}
