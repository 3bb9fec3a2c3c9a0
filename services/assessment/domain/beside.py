"""What others add beside her answer, and what is said of it together: views and threads."""

from collections.abc import Sequence

from services.assessment.domain.commands import (
    DiscussTheme,
    NoteView,
    PutOffDiscussion,
    ReviseView,
    WantTogether,
)
from services.assessment.domain.events import (
    DiscussionPutOff,
    ThemeDiscussed,
    TogetherWanted,
    ViewNoted,
    ViewRevised,
)
from services.assessment.domain.record import Record
from services.assessment.domain.showing import FOLLOWS_THE_TAB, ByHand, set_by_hand
from services.assessment.domain.voice import (
    allow_words,
    herself,
    need_her_word,
    need_own_sign_in,
    need_words,
)
from shared.access.eyes import eyes_of
from shared.kernel import Act, Denied, Fact, Invalid, Refused

WHAT_AT_MOST = 200


def note_view(state: Record, command: NoteView) -> Sequence[Fact]:
    perspective = may_view(state, command)
    before = state.views.get((command.theme, command.act.author))
    if before is None:
        what = (command.theme, perspective, command.words, command.value)
        return [ViewNoted(*state.stamp(command), *what)]
    if (before.words, before.value) == (command.words, command.value):
        return []
    raise Refused("view.already_noted", field="theme")


def revise_view(state: Record, command: ReviseView) -> Sequence[Fact]:
    perspective = may_view(state, command)
    before = state.views.get((command.theme, command.act.author))
    if before is None:
        raise Refused("view.none_to_revise", field="theme")
    need_dialogue(state, command.act)
    if (before.words, before.value) == (command.words, command.value):
        return []
    what = (command.theme, perspective, command.words, command.value)
    return [ViewRevised(*state.stamp(command), *what)]


def may_view(state: Record, command: NoteView | ReviseView) -> str:
    """The perspective of a party who may note a view: its own, on an answer it was shown."""
    act = command.act
    if act.author == act.subject:
        raise Refused("view.of_others_only", field="act.author")
    need_own_sign_in(act)
    need_shown(state, command.theme, act)
    kept = state.answer(command.theme)
    if kept.stands is None or kept.stands.choice is not None:
        # no view beside a theme on which she has chosen to say nothing
        raise Refused("view.no_answer_beside", field="theme")
    if command.words is None and command.value is None:
        raise Invalid("view.nothing_said", field="words")
    if command.words is not None:
        need_words(command.words)
    lowest, highest = state.opened.lowest, state.opened.highest
    if command.value is not None and not lowest <= command.value <= highest:
        raise Invalid("rating.out_of_range", field="value", lowest=lowest, highest=highest)
    return act.role_of(act.author) or "other"


def need_dialogue(state: Record, act: Act) -> None:
    """An inflexion names the words it came from, words that its author has been shown."""
    if not act.because_of:
        raise Invalid("view.revised_because_of", field="act.because_of")
    eyes = eyes_of(act)
    heard = {
        entry.id
        for entry in state.held(ThemeDiscussed)
        if entry.act.author == act.author
        or state.shows_item(entry.theme, ByHand(entry.visibility, entry.audience), eyes)
    }
    if not heard.issuperset(act.because_of):
        raise Invalid("dialogue.unknown", field="act.because_of")


def discuss(state: Record, command: DiscussTheme) -> Sequence[Fact]:
    by_hand = may_speak(state, command)
    need_words(command.words)
    if command.act.author != state.person and (command.visibility or command.audience):
        raise Denied("visibility.hers_to_choose", field="visibility")
    return [ThemeDiscussed(*state.stamp(command), command.theme, command.words, *by_hand)]


def put_off(state: Record, command: PutOffDiscussion) -> Sequence[Fact]:
    may_speak(state, command)
    allow_words(command.words)
    return [DiscussionPutOff(*state.stamp(command), command.theme, command.words)]


def may_speak(state: Record, command: DiscussTheme | PutOffDiscussion) -> ByHand:
    """She speaks of any theme; others of what she has shown them, each for themselves."""
    state.need_theme(command.theme)
    if command.act.author != state.person:
        need_own_sign_in(command.act)
        need_shown(state, command.theme, command.act)
        return FOLLOWS_THE_TAB
    need_her_word(command.act)
    if isinstance(command, PutOffDiscussion):
        return FOLLOWS_THE_TAB
    return set_by_hand(command.act, FOLLOWS_THE_TAB, command.visibility, command.audience)


def need_shown(state: Record, theme: str, act: Act) -> None:
    """The same refusal whether she has said nothing or has not shown it: neither can be told."""
    state.need_theme(theme)
    if not state.talked_of(theme, eyes_of(act)):
        raise Refused("theme.not_shown", field="theme")


def want_together(state: Record, command: WantTogether) -> Sequence[Fact]:
    need_her_word(command.act)
    need_words(command.what, "what")
    if len(command.what) > WHAT_AT_MOST:
        raise Invalid("words.too_long", field="what", longest=WHAT_AT_MOST)
    allow_words(command.words)
    if command.with_party == state.person:
        raise Invalid("together.with_someone_else", field="with_party")
    what = (command.what, command.with_party, command.words)
    for known in state.held(TogetherWanted):
        # whoever notes her wish is not told that she has said it herself
        mine = herself(command.act) or known.act.actor == command.act.actor
        if mine and (known.what, known.with_party, known.words) == what:
            return []
    return [TogetherWanted(*state.stamp(command), *what)]
