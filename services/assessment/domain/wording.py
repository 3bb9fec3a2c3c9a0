"""The wording of a draft: its name, its spheres, its themes and its scale. A published one never changes."""

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias, assert_never

from services.assessment.domain.catalogue_commands import (
    AddSphere,
    AddTheme,
    RenameCatalogue,
    RetireSphere,
    RetireTheme,
    RewordSphere,
    RewordTheme,
    SetScale,
)
from services.assessment.domain.events import (
    CatalogueRenamed,
    ScaleSet,
    SphereAdded,
    SphereRetired,
    SphereReworded,
    ThemeAdded,
    ThemeRetired,
    ThemeReworded,
)
from services.assessment.domain.questionnaire import Questionnaire
from services.assessment.domain.voice import need_words
from shared.kernel import Fact, Invalid, NotFound, Refused

Wording: TypeAlias = (
    RenameCatalogue
    | AddSphere
    | RewordSphere
    | RetireSphere
    | AddTheme
    | RewordTheme
    | RetireTheme
    | SetScale
)
NAME = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*\Z")
LONGEST_NAME = 80


def word(state: Questionnaire, command: Wording) -> Sequence[Fact]:  # noqa: C901 - one case a verb
    if state.stage == "set_aside":
        raise Refused("catalogue.set_aside")
    if state.stage != "draft":
        raise Refused("catalogue.published_for_good")
    match command:
        case RenameCatalogue():
            return rename(state, command)
        case AddSphere():
            return add_sphere(state, command)
        case RewordSphere():
            return reword_sphere(state, command)
        case RetireSphere():
            return retire_sphere(state, command)
        case AddTheme():
            return add_theme(state, command)
        case RewordTheme():
            return reword_theme(state, command)
        case RetireTheme():
            return retire_theme(state, command)
        case SetScale():
            return set_scale(state, command)
        case _:
            assert_never(command)


def rename(state: Questionnaire, command: RenameCatalogue) -> Sequence[Fact]:
    need_both((command.fr, "fr"), (command.en, "en"))
    if state.called == (command.fr, command.en):
        return []
    return [CatalogueRenamed(*state.stamp(command), command.fr, command.en)]


def add_sphere(state: Questionnaire, command: AddSphere) -> Sequence[Fact]:
    need_name(command.sphere, "sphere")
    need_both((command.fr, "fr"), (command.en, "en"))
    known = state.spheres.get(command.sphere)
    if known is None:
        what = (command.sphere, command.fr, command.en)
        return [SphereAdded(*state.stamp(command), *what)]
    if (known.fr, known.en) == (command.fr, command.en):
        return []
    raise Refused("sphere.there_already", field="sphere", sphere=command.sphere)


def reword_sphere(state: Questionnaire, command: RewordSphere) -> Sequence[Fact]:
    need_both((command.fr, "fr"), (command.en, "en"))
    known = state.spheres.get(command.sphere)
    if known is None:
        raise NotFound("sphere.unknown", field="sphere")
    if (known.fr, known.en) == (command.fr, command.en):
        return []
    return [SphereReworded(*state.stamp(command), command.sphere, command.fr, command.en)]


def retire_sphere(state: Questionnaire, command: RetireSphere) -> Sequence[Fact]:
    if command.sphere not in state.spheres:
        return []
    if any(theme.sphere == command.sphere for theme in state.themes.values()):
        raise Refused("sphere.has_themes", field="sphere", sphere=command.sphere)
    return [SphereRetired(*state.stamp(command), command.sphere)]


def add_theme(state: Questionnaire, command: AddTheme) -> Sequence[Fact]:
    meaning = command.meaning or command.theme
    need_name(command.theme, "theme")
    need_name(meaning, "meaning")
    need_both((command.fr, "fr"), (command.en, "en"))
    if command.sphere not in state.spheres:
        raise Invalid("sphere.unknown", field="sphere")
    need_meaning_of_its_own(state, command.theme, meaning)
    added = ThemeAdded(
        *state.stamp(command),
        command.theme,
        command.sphere,
        command.fr,
        command.en,
        command.help_fr,
        command.help_en,
        meaning,
        command.sensitive,
    )
    if command.theme not in state.themes:
        return [added]
    if state.evolve(added).themes == state.themes:
        return []
    raise Refused("theme.there_already", field="theme", theme=command.theme)


def reword_theme(state: Questionnaire, command: RewordTheme) -> Sequence[Fact]:
    need_both((command.fr, "fr"), (command.en, "en"))
    known = state.themes.get(command.theme)
    if known is None:
        raise NotFound("theme.unknown", field="theme")
    meaning = command.meaning or known.meaning
    need_name(meaning, "meaning")
    need_meaning_of_its_own(state, command.theme, meaning)
    if command.sphere is not None and command.sphere not in state.spheres:
        raise Invalid("sphere.unknown", field="sphere")
    reworded = ThemeReworded(
        *state.stamp(command),
        command.theme,
        command.fr,
        command.en,
        command.help_fr,
        command.help_en,
        meaning,
        None if command.sphere == known.sphere else command.sphere,
        None if command.sensitive == known.sensitive else command.sensitive,
    )
    return [] if state.evolve(reworded).themes == state.themes else [reworded]


def retire_theme(state: Questionnaire, command: RetireTheme) -> Sequence[Fact]:
    if command.theme not in state.themes:
        return []
    return [ThemeRetired(*state.stamp(command), command.theme)]


def set_scale(state: Questionnaire, command: SetScale) -> Sequence[Fact]:
    if command.lowest >= command.highest:
        raise Invalid("scale.upside_down", field="highest")
    values = [step.value for step in command.steps]
    within = all(command.lowest <= value <= command.highest for value in values)
    if values != sorted(set(values)) or not within:
        raise Invalid("scale.steps_in_order", field="steps")
    wanted = (command.lowest, command.highest, command.steps)
    if (state.lowest, state.highest, state.steps) == wanted:
        return []
    return [ScaleSet(*state.stamp(command), *wanted)]


def need_meaning_of_its_own(state: Questionnaire, theme: str, meaning: str) -> None:
    """Two themes of one version never ask the same, or a comparison could not choose."""
    others: Iterable[str] = (t.meaning for t in state.themes.values() if t.theme != theme)
    if meaning in others:
        raise Refused("theme.meaning_taken", field="meaning", meaning=meaning)


def need_name(name: str, field: str) -> None:
    if len(name) > LONGEST_NAME or not NAME.match(name):
        raise Invalid("name.not_plain", field=field)


def need_both(*texts: tuple[str, str]) -> None:
    for text, field in texts:
        need_words(text, field)
