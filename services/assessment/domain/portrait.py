"""An assessment as someone may see it: what was not shown to them is simply absent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from services.assessment.domain.answers import Answer
from services.assessment.domain.events import (
    AssessmentOpened,
    ChangeJudged,
    DiscussionPutOff,
    SharingMeetingHeld,
    StarPlaced,
    ThemeDiscussed,
    TogetherWanted,
)
from services.assessment.domain.record import Record, View
from services.assessment.domain.sharings import Sharing
from services.assessment.domain.showing import ByHand, shown
from shared.access.eyes import Eyes

Spoken = ThemeDiscussed | DiscussionPutOff


@dataclass(frozen=True, slots=True)
class ThemeSeen:
    """One theme: her answer, what waits beside it, the views of others, the thread."""

    theme: str
    answer: Answer | None
    pending: tuple[Answer, ...] = ()
    by_hand: ByHand | None = None
    views: tuple[View, ...] = ()
    thread: tuple[Spoken, ...] = ()
    star: StarPlaced | None = None

    @property
    def empty(self) -> bool:
        return not (self.answer or self.pending or self.views or self.thread or self.star)


@dataclass(frozen=True, slots=True)
class SharingSeen:
    """A sharing and whom it still reaches; only she reads what it leaves out."""

    sharing: Sharing
    audience: frozenset[UUID]
    my_team: bool


@dataclass(frozen=True, slots=True)
class Portrait:
    """What one reader sees of an assessment."""

    id: UUID
    version: int
    person: UUID
    eyes: Eyes
    opened: AssessmentOpened
    closed: bool
    themes: Mapping[str, ThemeSeen]
    sharings: tuple[SharingSeen, ...]
    meetings: tuple[SharingMeetingHeld, ...]
    changes: tuple[ChangeJudged, ...]
    together: tuple[TogetherWanted, ...]

    @property
    def empty(self) -> bool:
        """Nothing here for these eyes: they cannot even tell that there is an assessment."""
        parts = (self.themes, self.sharings, self.meetings, self.changes, self.together)
        # whoever began it with her knows of it, and notes there what she says
        began = self.opened.act.actor == self.eyes.party
        return not self.eyes.hers and not began and not any(parts)

    def answers(self) -> Mapping[str, Answer]:
        return {t.theme: t.answer for t in self.themes.values() if t.answer is not None}


def seen_by(state: Record, eyes: Eyes) -> Portrait:
    """What these eyes may see, and nothing that tells of the rest."""
    seen = (theme_seen(state, theme, eyes) for theme in state.opened.themes)
    return Portrait(
        id=state.id,
        version=state.version,
        person=state.person,
        eyes=eyes,
        opened=state.opened,
        closed=state.closed,
        themes={t.theme: t for t in seen if not t.empty},
        sharings=tuple(sharings_seen(state, eyes)),
        meetings=tuple(meetings_seen(state, eyes)),
        changes=tuple(changes_seen(state, eyes)),
        together=tuple(state.held(TogetherWanted)) if together_shown(state, eyes) else (),
    )


def theme_seen(state: Record, theme: str, eyes: Eyes) -> ThemeSeen:
    kept = state.answer(theme)
    shows = state.shows(theme, eyes)
    mine = eyes.party
    views = [v for (t, _), v in state.views.items() if t == theme]
    return ThemeSeen(
        theme,
        kept.stands if shows or wrote(kept.stands, mine) else None,
        tuple(a for a in kept.pending if eyes.hers or a.act.actor == mine),
        kept.by_hand if eyes.hers else None,
        tuple(v for v in views if shows or v.act.author == mine),
        tuple(thread_seen(state, theme, eyes)),
        state.stars.get(theme) if shows else None,
    )


def wrote(answer: Answer | None, party: UUID) -> bool:
    """Whoever noted a claimed answer for her still sees what he or she noted."""
    return answer is not None and answer.attestation == "claimed" and answer.act.actor == party


def thread_seen(state: Record, theme: str, eyes: Eyes) -> Iterable[Spoken]:
    for fact in state.threads.get(theme, ()):
        item = ByHand()
        if isinstance(fact, ThemeDiscussed):
            item = ByHand(fact.visibility, fact.audience)
        if eyes.party in (fact.act.author, fact.act.actor) or state.shows_item(theme, item, eyes):
            yield fact


def sharings_seen(state: Record, eyes: Eyes) -> Iterable[SharingSeen]:
    for sharing in state.sharings.given.values():
        audience, my_team = state.sharings.reached(sharing.id)
        if not (audience or my_team):
            continue
        if eyes.hers:
            yield SharingSeen(sharing, audience, my_team)
        elif sharing.id in deciding_for(state, eyes):
            # what is left out, and who else sees it, is not told
            bare = replace(sharing, audience=(), only_themes=(), except_themes=())
            yield SharingSeen(bare, audience & {eyes.party}, my_team)


def deciding_for(state: Record, eyes: Eyes) -> frozenset[UUID]:
    found = (state.sharings.deciding(eyes, tab) for tab in state.sharings.tabs(eyes))
    return frozenset(sharing.id for sharing in found if sharing is not None)


def meetings_seen(state: Record, eyes: Eyes) -> Iterable[SharingMeetingHeld]:
    """Whoever was there reads it whole; who was not, nothing of it."""
    for fact in state.held(SharingMeetingHeld):
        there = {fact.act.actor, fact.act.author, *(c.party for c in fact.act.contributors)}
        if eyes.hers or eyes.party in there:
            yield fact


def changes_seen(state: Record, eyes: Eyes) -> Iterable[ChangeJudged]:
    for fact in state.held(ChangeJudged):
        item = ByHand(fact.visibility, fact.audience)
        if fact.theme is not None:
            if state.shows_item(fact.theme, item, eyes):
                yield fact
            continue
        whole = state.sharings.deciding(eyes, state.opened.kind)
        tab_shows = whole is not None and not whole.only_themes
        if shown(item, eyes, tab_shows=tab_shows):
            yield fact


def together_shown(state: Record, eyes: Eyes) -> bool:
    """To those whom the tab is shown to; to name someone is not yet to show it to them."""
    return eyes.hers or state.sharings.deciding(eyes, state.opened.kind) is not None
