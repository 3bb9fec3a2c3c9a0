"""A person's strengths and what matters to her for what comes next, in her words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, ClassVar, TypeAlias, assert_never
from uuid import UUID

from services.assessment.domain.answers import HERS
from services.assessment.domain.events import (
    VOICES,
    AspirationNamed,
    AspirationReworded,
    AspirationSetAside,
    EntryMisfiled,
    StrengthNamed,
    StrengthReworded,
    StrengthSetAside,
    WordsWithdrawn,
)
from services.assessment.domain.resource import Resource, resource_of
from services.assessment.domain.resources_commands import (
    NameAspiration,
    NameStrength,
    RewordAspiration,
    RewordStrength,
    SetAspirationAside,
    SetStrengthAside,
)
from services.assessment.domain.showing import FOLLOWS_THE_TAB, set_by_hand, shown
from services.assessment.domain.taking_back import need_hers_to_take_back
from services.assessment.domain.voice import (
    allow_words,
    herself,
    need_her_word,
    need_one_of,
    need_words,
)
from shared.access.eyes import Eyes
from shared.coproduction import Coproduced, Voices, grown
from shared.kernel import Act, Fact, NotFound, Refused

Asked: TypeAlias = (
    NameStrength
    | RewordStrength
    | SetStrengthAside
    | NameAspiration
    | RewordAspiration
    | SetAspirationAside
)
KINDS = ("personal", "environmental")


@dataclass(frozen=True)
class Resources(Coproduced):
    """Decides on her strengths and aspirations; what stands follows from what can be read."""

    voices: ClassVar[Voices] = VOICES
    version_is_hers: ClassVar[bool] = True

    told: Mapping[UUID, Fact] = field(default_factory=dict)

    def evolve(self, fact: Fact) -> "Resources":
        told = grown(self.told, fact.id, fact)
        if isinstance(fact, WordsWithdrawn | EntryMisfiled):
            told.pop(fact.entry, None)
        return replace(self, version=fact.originator_version, told=told)

    def says(self, entry: UUID) -> str | None:
        return self.entries[entry].says(self.entries[entry].act.subject)

    def hers(self, entry: UUID) -> bool:
        return self.says(entry) in HERS

    def carries_hers(self, entry: UUID) -> bool:
        """Whether words of her own rest on this entry: another wording of what it named."""
        known = self.known.get(entry)
        if known is None or known.worded_by in (None, entry):
            return False
        return self.hers(known.worded_by)

    @cached_property
    def known(self) -> Mapping[UUID, Resource]:
        """What she has named and does not dispute, with the words it has now."""
        found: dict[UUID, Resource] = {}
        for fact in self.told.values():
            said = self.says(fact.id)
            if said == "disputed":
                continue
            match fact:
                case StrengthNamed() | AspirationNamed():
                    found[fact.id] = resource_of(fact, said or "claimed")
                case StrengthReworded(strength=id_) | AspirationReworded(aspiration=id_):
                    if id_ in found:
                        changed = replace(found[id_], words=fact.words, worded_by=fact.id)
                        found[id_] = changed
                case StrengthSetAside(strength=id_) | AspirationSetAside(aspiration=id_):
                    if id_ in found:
                        found[id_] = replace(found[id_], set_aside=True)
                case _:
                    pass
        return found

    def seen_by(self, eyes: Eyes, *, tab_shows: bool) -> Sequence[Resource]:
        """What these eyes may see, given whether she has shown them the tab of her strengths."""
        return [
            resource
            for resource in self.known.values()
            if shown(resource.by_hand, eyes, tab_shows=tab_shows)
            # whoever noted it for her still sees what he or she noted
            or (resource.attestation == "claimed" and resource.act.actor == eyes.party)
        ]

    def decide(self, command: Any) -> Sequence[Fact]:
        need_hers_to_take_back(self, command, self.carries_hers)
        return super().decide(command)

    def choose(self, command: Asked) -> Sequence[Fact]:
        need_her_word(command.act)
        match command:
            case NameStrength() | NameAspiration():
                return name(self, command)
            case RewordStrength(strength=id_) | RewordAspiration(aspiration=id_):
                return reword(self, command, id_)
            case SetStrengthAside(strength=id_) | SetAspirationAside(aspiration=id_):
                return set_aside(self, command, id_)
            case _:
                assert_never(command)


def name(state: Resources, command: NameStrength | NameAspiration) -> Sequence[Fact]:
    need_words(command.words)
    by_hand = set_by_hand(command.act, FOLLOWS_THE_TAB, command.visibility, command.audience)
    kind = command.kind if isinstance(command, NameStrength) else None
    if kind is not None:
        need_one_of(kind, KINDS, "kind")
    for known in state.known.values():
        same = (known.kind, known.words, known.by_hand) == (kind, command.words, by_hand)
        # what was noted for her does not keep her from naming it herself, nor does her own tell
        # whoever notes it that it was there
        mine = state.hers(known.id) if herself(command.act) else noted_by(known, command.act)
        if same and not known.set_aside and mine:
            return []
    if isinstance(command, NameStrength):
        return [StrengthNamed(*state.stamp(command), command.kind, command.words, *by_hand)]
    return [AspirationNamed(*state.stamp(command), command.words, command.theme, *by_hand)]


def noted_by(known: Resource, act: Act) -> bool:
    return known.attestation == "claimed" and known.act.actor == act.actor


def reword(
    state: Resources, command: RewordStrength | RewordAspiration, id_: UUID
) -> Sequence[Fact]:
    need_words(command.words)
    known = need_known(state, command, id_)
    if known.words == command.words:
        return []
    kind = StrengthReworded if isinstance(command, RewordStrength) else AspirationReworded
    return [kind(*state.stamp(command), id_, command.words)]


def set_aside(
    state: Resources, command: SetStrengthAside | SetAspirationAside, id_: UUID
) -> Sequence[Fact]:
    allow_words(command.reason, "reason")
    known = need_known(state, command, id_)
    if known.set_aside:
        return []
    kind = StrengthSetAside if isinstance(command, SetStrengthAside) else AspirationSetAside
    return [kind(*state.stamp(command), id_, command.reason)]


def need_known(state: Resources, command: Asked, id_: UUID) -> Resource:
    """Known as what it is, and hers to change when the words it has are her own."""
    strength = isinstance(command, RewordStrength | SetStrengthAside)
    known = state.known.get(id_)
    if known is None or (known.kind is not None) != strength:
        raise NotFound("strength.unknown" if strength else "aspiration.unknown", field="id")
    if not herself(command.act) and state.hers(known.worded_by or id_):
        raise Refused("resource.hers", field="act.author")
    return known
