"""What she shows and to whom, until she stops; and the meetings in which it is talked over."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from services.assessment.domain.commands import (
    EndSharing,
    HoldSharingMeeting,
    ShareAssessment,
)
from services.assessment.domain.events import (
    AssessmentShared,
    SharingEnded,
    SharingMeetingHeld,
)
from services.assessment.domain.record import Record
from services.assessment.domain.sharings import SILENCE, Sharing
from services.assessment.domain.showing import TABS
from services.assessment.domain.voice import (
    allow_words,
    need_her_word,
    need_one_of,
    need_own_sign_in,
)
from shared.access.eyes import eyes_of
from shared.coproduction import MisfileEntry, WithdrawWords
from shared.kernel import Act, Denied, Fact, Invalid, NotFound, Refused

T = TypeVar("T")


def share(state: Record, command: ShareAssessment) -> Sequence[Fact]:
    act = command.act
    if act.author != act.subject or act.actor != act.subject:
        # no one can be shown anything on someone else's word for it
        raise Denied("sharing.by_her_own_sign_in", field="act.author")
    audience = unique(command.audience)
    parts = unique(command.parts)
    only, but = unique(command.only_themes), unique(command.except_themes)
    need_audience(state, audience, my_team=command.my_team)
    if not parts:
        raise Invalid("sharing.no_part", field="parts")
    for part in parts:
        need_one_of(part, TABS, "parts")
    if only and but:
        raise Invalid("sharing.only_or_except", field="except_themes")
    for field, themes in (("only_themes", only), ("except_themes", but)):
        for theme in themes:
            state.need_theme(theme, field)
    sharing = Sharing(state.id, audience, command.my_team, parts, only, but)
    if as_shared(state, sharing):
        return []
    return [AssessmentShared(*state.stamp(command), audience, parts, only, but, command.my_team)]


def as_shared(state: Record, sharing: Sharing) -> bool:
    """Whether the latest word on all it reaches says just this already."""
    latest = state.sharings.latest
    for who, tab in sharing.reaches():
        word = latest.get((who, tab), SILENCE)
        rivals = [w for (other, t), w in latest.items() if t == tab and None in (who, other)]
        if any(rival.order > word.order for rival in rivals):
            return False
        if word.sharing is None or word.sharing.scope != sharing.scope:
            return False
    return True


def need_audience(state: Record, audience: Sequence[UUID], *, my_team: bool) -> None:
    if not audience and not my_team:
        raise Invalid("sharing.with_no_one", field="audience")
    if state.person in audience:
        raise Invalid("sharing.with_oneself", field="audience")


def end_sharing(state: Record, command: EndSharing) -> Sequence[Fact]:
    need_her_word(command.act)
    sharing = state.sharings.given.get(command.sharing)
    if sharing is None:
        raise NotFound("sharing.unknown", field="sharing")
    audience = unique(command.audience)
    if not set(audience) <= set(sharing.audience):
        raise Invalid("sharing.not_with_them", field="audience")
    reached, team = state.sharings.reached(sharing.id)
    if not reached & set(audience) if audience else not (reached or team):
        return []
    return [SharingEnded(*state.stamp(command), sharing.id, audience)]


def hold_meeting(state: Record, command: HoldSharingMeeting) -> Sequence[Fact]:
    act = command.act
    themes = unique(command.themes)
    for theme in themes:
        state.need_theme(theme, "themes")
    if act.author == state.person:
        need_her_word(act)
    else:
        need_own_sign_in(act)
        need_all_shown(state, themes, act)
    allow_words(command.words)
    present = {act.author, *(c.party for c in act.contributors)}
    if command.led_by is not None and command.led_by not in present:
        raise Invalid("meeting.leader_absent", field="led_by")
    return [SharingMeetingHeld(*state.stamp(command), themes, command.words, command.led_by)]


def need_all_shown(state: Record, themes: Sequence[str], act: Act) -> None:
    eyes = eyes_of(act)
    if state.sharings.deciding(eyes, state.opened.kind) is None:
        raise Refused("assessment.not_shown")
    if not all(state.talked_of(theme, eyes) for theme in themes):
        raise Refused("theme.not_shown", field="themes")


def need_nothing_opened(state: Record, command: Any) -> None:
    """Raises Refused: taken back, a sharing or its end would show what she no longer shows."""
    if not isinstance(command, WithdrawWords | MisfileEntry):
        return
    if isinstance(state.told.get(command.entry), AssessmentShared | SharingEnded):
        told = {id_: fact for id_, fact in state.told.items() if id_ != command.entry}
        now, then = state.sharings.latest, replace(state, told=told).sharings.latest
        for reach, word in then.items():
            if word.sharing is not None and now.get(reach, SILENCE).sharing != word.sharing:
                raise Refused("sharing.stands", field="entry")


def unique(values: Sequence[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
