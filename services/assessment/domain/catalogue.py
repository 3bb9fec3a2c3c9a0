"""What happens to a version of a questionnaire: drafted, discussed, published for good, retired."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

from services.assessment.domain.catalogue_commands import (
    AddSphere,
    AddTheme,
    DiscussCatalogue,
    DraftCatalogue,
    PublishCatalogue,
    RetireCatalogue,
    SetCatalogueAside,
    SetScale,
)
from services.assessment.domain.events import (
    CatalogueDiscussed,
    CatalogueDrafted,
    CataloguePublished,
    CatalogueRenamed,
    CatalogueRetired,
    CatalogueSetAside,
    ScaleSet,
    SphereAdded,
    SphereRetired,
    SphereReworded,
    ThemeAdded,
    ThemeRetired,
    ThemeReworded,
)
from services.assessment.domain.questionnaire import NEVER_PUBLISHED, Questionnaire
from services.assessment.domain.voice import allow_words, need_one_of, need_words
from services.assessment.domain.wording import Wording, need_both, need_name, word
from shared.coproduction import MisfileEntry, WithdrawWords
from shared.kernel import Fact, Invalid, Refused

Asked: TypeAlias = (
    DraftCatalogue
    | DiscussCatalogue
    | PublishCatalogue
    | RetireCatalogue
    | SetCatalogueAside
    | Wording
)
# what a version is made of: taken back, it would change what people have answered to
HOLDING = frozenset(
    fact.TOPIC
    for fact in (
        CatalogueDrafted,
        CataloguePublished,
        CatalogueRenamed,
        CatalogueRetired,
        CatalogueSetAside,
        ScaleSet,
        SphereAdded,
        SphereRetired,
        SphereReworded,
        ThemeAdded,
        ThemeRetired,
        ThemeReworded,
    )
)
KINDS = ("quality_of_life", "process", "change")


@dataclass(frozen=True)
class Catalogue(Questionnaire):
    """Decides what happens to a version of a questionnaire."""

    def decide(self, command: Any) -> Sequence[Fact]:
        if isinstance(command, WithdrawWords | MisfileEntry) and self.stage != "draft":
            entry = self.entries.get(command.entry)
            if entry is not None and entry.topic in HOLDING:
                aside = self.stage == "set_aside"
                code = "catalogue.set_aside" if aside else "catalogue.published_for_good"
                raise Refused(code, field="entry")
        return super().decide(command)

    def choose(self, command: Asked) -> Sequence[Fact]:
        match command:
            case DraftCatalogue():
                return list(draft(self, command))
            case DiscussCatalogue():
                return discuss(self, command)
            case PublishCatalogue():
                return publish(self, command)
            case RetireCatalogue():
                return retire(self, command)
            case SetCatalogueAside():
                return set_aside(self, command)
            case _:
                return word(self, command)


def draft(state: Questionnaire, command: DraftCatalogue) -> Iterator[Fact]:
    """The heading, what it holds, and, when it comes ready made, its publication."""
    if state.version:
        if state.head.key != command.key:
            raise Refused("catalogue.already_drafted")
        return
    need_name(command.key, "key")
    need_one_of(command.kind, KINDS, "kind")
    need_both((command.fr, "fr"), (command.en, "en"))
    drafted = CatalogueDrafted(
        *state.stamp(command),
        key=command.key,
        kind=command.kind,
        edition=command.edition,
        fr=command.fr,
        en=command.en,
        derived_from=command.derived_from,
    )
    yield drafted
    state = state.follow(drafted)
    for step in steps_of(command):
        for fact in word(state, step):
            yield fact
            state = state.follow(fact)
    if command.published:
        yield from publish(state, PublishCatalogue(act=command.act, stream=command.stream))


def steps_of(command: DraftCatalogue) -> Iterator[Wording]:
    """A content as the commands that would have said it one by one."""
    act, stream, content = command.act, command.stream, command.content
    for sphere in content.spheres:
        yield AddSphere(act=act, stream=stream, **asdict(sphere))
    for theme in content.themes:
        yield AddTheme(act=act, stream=stream, **asdict(theme))
    if content.lowest is not None and content.highest is not None:
        scale = {"lowest": content.lowest, "highest": content.highest}
        yield SetScale(act=act, stream=stream, steps=content.steps, **scale)


def discuss(state: Questionnaire, command: DiscussCatalogue) -> Sequence[Fact]:
    need_words(command.words)
    need_in_use(state)
    if command.about is not None and command.about not in {*state.spheres, *state.themes}:
        raise Invalid("catalogue.about_nothing", field="about")
    return [CatalogueDiscussed(*state.stamp(command), command.words, command.about)]


def publish(state: Questionnaire, command: PublishCatalogue) -> Sequence[Fact]:
    if state.stage == "published":
        return []
    need_in_use(state)
    if not state.themes:
        raise Refused("catalogue.no_theme")
    if state.head.kind != "change" and state.lowest is None:
        raise Refused("catalogue.no_scale")
    edition, took_part = state.head.edition, state.with_people()
    return [CataloguePublished(*state.stamp(command), edition, took_part)]


def retire(state: Questionnaire, command: RetireCatalogue) -> Sequence[Fact]:
    allow_words(command.reason, "reason")
    if state.stage == "retired":
        return []
    if state.stage in NEVER_PUBLISHED:
        raise Refused("catalogue.not_published")
    return [CatalogueRetired(*state.stamp(command), command.reason)]


def set_aside(state: Questionnaire, command: SetCatalogueAside) -> Sequence[Fact]:
    allow_words(command.reason, "reason")
    if state.stage == "set_aside":
        return []
    if state.stage != "draft":
        raise Refused("catalogue.published_for_good")
    return [CatalogueSetAside(*state.stamp(command), command.reason)]


def need_in_use(state: Questionnaire) -> None:
    """A draft or what is published; what was let go of stays as it was left."""
    if state.stage in ("retired", "set_aside"):
        raise Refused(f"catalogue.{state.stage}")
