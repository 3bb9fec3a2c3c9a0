"""What can be asked of a catalogue."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from services.assessment.domain.events import Step
from shared.kernel import Command


@dataclass(frozen=True, slots=True)
class SphereGiven:
    sphere: str
    fr: str
    en: str


@dataclass(frozen=True, slots=True)
class ThemeGiven:
    theme: str
    sphere: str
    fr: str
    en: str
    help_fr: str
    help_en: str
    meaning: str
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """What a catalogue holds: to install it, or to derive a new version from it."""

    spheres: tuple[SphereGiven, ...] = ()
    themes: tuple[ThemeGiven, ...] = ()
    lowest: int | None = None
    highest: int | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DraftCatalogue(Command):
    """Begins a version, empty or with the content of the one it derives from."""

    opens: ClassVar[bool] = True

    key: str
    kind: str
    fr: str
    en: str
    edition: int = 1
    derived_from: UUID | None = None
    content: Content = Content()
    published: bool = False


@dataclass(frozen=True, kw_only=True)
class RenameCatalogue(Command):
    fr: str
    en: str


@dataclass(frozen=True, kw_only=True)
class AddSphere(Command):
    sphere: str
    fr: str
    en: str


@dataclass(frozen=True, kw_only=True)
class RewordSphere(Command):
    sphere: str
    fr: str
    en: str


@dataclass(frozen=True, kw_only=True)
class RetireSphere(Command):
    sphere: str


@dataclass(frozen=True, kw_only=True)
class AddTheme(Command):
    """`meaning` left out: the theme means what its own name says."""

    theme: str
    sphere: str
    fr: str
    en: str
    help_fr: str
    help_en: str
    meaning: str | None = None
    sensitive: bool = False


@dataclass(frozen=True, kw_only=True)
class RewordTheme(Command):
    """`meaning` left out: reworded, not redefined. What else is left out stays as it is."""

    theme: str
    fr: str
    en: str
    help_fr: str
    help_en: str
    meaning: str | None = None
    sphere: str | None = None
    sensitive: bool | None = None


@dataclass(frozen=True, kw_only=True)
class RetireTheme(Command):
    theme: str


@dataclass(frozen=True, kw_only=True)
class SetScale(Command):
    lowest: int
    highest: int
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DiscussCatalogue(Command):
    words: str
    about: str | None = None


@dataclass(frozen=True, kw_only=True)
class PublishCatalogue(Command):
    pass


@dataclass(frozen=True, kw_only=True)
class RetireCatalogue(Command):
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class SetCatalogueAside(Command):
    """A draft is let go of."""

    reason: str | None = None
