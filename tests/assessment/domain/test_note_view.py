from __future__ import annotations

import pytest

from services.assessment.domain.commands import (
    DiscussTheme,
    EndSharing,
    NoteView,
    PutOffDiscussion,
    ReviseView,
    SkipTheme,
    WantTogether,
)
from services.assessment.domain.events import ViewNoted, ViewRevised
from services.assessment.domain.portrait import seen_by
from shared.kernel import Denied, Invalid, Refused
from tests.assessment.given import (
    DIANE,
    KARIM,
    LUC,
    SITTING,
    act,
    eyes,
    rate,
    share,
    sitting,
    stands,
    telling,
    told,
)


def note(by=None, theme="travail", words="Je ne vois pas du 100 ici.", value=50):
    return NoteView(act=by or act(KARIM), stream=SITTING, theme=theme, words=words, value=value)


def say(words="Avant, je dormais avec une chaise contre la porte.", by=None, **fields):
    theme = fields.pop("theme", "travail")
    return DiscussTheme(act=by or act(), stream=SITTING, theme=theme, words=words, **fields)


def revise(*because_of, value=90, words="Il compare avec sa vie.", by=None):
    by = by or act(KARIM, because_of=because_of)
    return ReviseView(act=by, stream=SITTING, theme="travail", words=words, value=value)


def shown():
    return sitting(rate(value=100), share(KARIM))


def test_a_view_stands_beside_her_answer_and_leaves_it_as_it_is():
    state, facts = telling(shown(), note())
    assert [type(f) for f in facts] == [ViewNoted]
    assert facts[0].perspective == "practitioner"
    assert stands(state) == 100
    assert list(state.decide(note())) == []


def test_no_view_before_she_has_shown_her_answer():
    unanswered = sitting(share(KARIM))
    kept_close = sitting(share(KARIM), rate(visibility="just_me"))
    unshared = sitting(rate())
    for state in (unanswered, kept_close, unshared):
        with pytest.raises(Refused, match=r"theme.not_shown") as refusal:
            state.decide(note())
        # and nothing in the refusal tells one from the other
        assert (refusal.value.code, refusal.value.values) == ("theme.not_shown", {})


def test_no_view_after_she_has_stopped_showing():
    state, facts = telling(sitting(rate()), share(KARIM))
    ended = told(state, EndSharing(act=act(), stream=SITTING, sharing=facts[0].id))
    with pytest.raises(Refused, match=r"theme.not_shown"):
        ended.decide(note())


def test_no_view_beside_a_theme_on_which_she_says_nothing():
    skip = SkipTheme(act=act(), stream=SITTING, theme="travail", choice="rather_not_say")
    with pytest.raises(Refused, match=r"view.no_answer_beside"):
        sitting(skip, share(KARIM)).decide(note())


def test_her_own_view_is_her_answer():
    with pytest.raises(Refused, match=r"view.of_others_only"):
        shown().decide(note(act()))


def test_a_view_is_noted_from_ones_own_sign_in():
    with pytest.raises(Denied, match=r"author.own_sign_in"):
        shown().decide(note(act(KARIM, DIANE)))


def test_a_view_says_something_within_the_scale():
    with pytest.raises(Invalid, match=r"view.nothing_said"):
        shown().decide(note(words=None, value=None))
    with pytest.raises(Invalid, match=r"words.none"):
        shown().decide(note(words="  "))
    for value in (-1, 101):
        with pytest.raises(Invalid, match=r"rating.out_of_range"):
            shown().decide(note(value=value))
    assert len(shown().decide(note(value=None))) == 1
    assert len(shown().decide(note(words=None))) == 1


def test_a_view_that_moves_says_after_which_words():
    state = told(shown(), note())
    with pytest.raises(Refused, match=r"view.already_noted"):
        state.decide(note(value=90))
    state, (spoken,) = telling(state, say())
    with pytest.raises(Invalid, match=r"view.revised_because_of"):
        state.decide(revise())
    with pytest.raises(Invalid, match=r"dialogue.unknown"):
        state.decide(revise(SITTING))
    state, (revised,) = telling(state, revise(spoken.id))
    assert isinstance(revised, ViewRevised)
    assert revised.act.because_of == (spoken.id,)
    assert state.views["travail", KARIM].value == 90
    assert stands(state) == 100
    assert list(state.decide(revise(spoken.id))) == []


def test_a_view_may_move_after_ones_own_words_but_not_after_words_one_was_not_shown():
    state = told(shown(), note())
    state, (close, mine) = telling(
        state, say(visibility="just_me"), say("Et le soir?", by=act(KARIM))
    )
    with pytest.raises(Invalid, match=r"dialogue.unknown"):
        state.decide(revise(close.id))
    assert len(state.decide(revise(mine.id))) == 1


def test_without_a_view_there_is_none_to_revise():
    with pytest.raises(Refused, match=r"view.none_to_revise"):
        shown().decide(revise(SITTING))


def test_others_speak_of_what_she_has_shown_them():
    assert len(shown().decide(say(by=act(KARIM)))) == 1
    with pytest.raises(Refused, match=r"theme.not_shown"):
        sitting(rate()).decide(say(by=act(KARIM)))
    with pytest.raises(Refused, match=r"theme.not_shown"):
        shown().decide(say(by=act(KARIM), theme="famille"))
    # she has begun to talk of a theme without an answer: one may reply
    begun = told(shown(), say(theme="famille"))
    assert len(begun.decide(say(by=act(KARIM), theme="famille"))) == 1


def test_she_speaks_of_any_theme_and_keeps_to_herself_what_she_wishes():
    state = told(shown(), say("Juste pour moi.", visibility="just_me"), say("Pour Karim."))
    heard = [f.words for f in seen_by(state, eyes(KARIM)).themes["travail"].thread]
    assert heard == ["Pour Karim."]
    assert len(seen_by(state, eyes(LUC)).themes["travail"].thread) == 2


def test_only_she_chooses_who_reads_an_entry():
    with pytest.raises(Denied, match=r"visibility.hers_to_choose"):
        shown().decide(say(by=act(KARIM), visibility="just_me"))


def test_words_are_needed_to_speak():
    with pytest.raises(Invalid, match=r"words.none"):
        shown().decide(say(" "))


def put_off(by=None):
    words = "Pas aujourd’hui."
    return PutOffDiscussion(act=by or act(), stream=SITTING, theme="travail", words=words)


def test_not_today_is_an_answer_too():
    state, facts = telling(shown(), say(by=act(KARIM)), put_off())
    assert facts[-1].words == "Pas aujourd’hui."
    assert len(seen_by(state, eyes(KARIM)).themes["travail"].thread) == 2
    assert len(state.decide(put_off(act(KARIM)))) == 1


def want(**fields):
    given = {"what": "mes objectifs", "with_party": KARIM, "words": "On les fixe ensemble."}
    return WantTogether(act=act(), stream=SITTING, **{**given, **fields})


def test_she_would_rather_do_it_together():
    state, facts = telling(sitting(), want())
    assert (facts[0].what, facts[0].with_party) == ("mes objectifs", KARIM)
    assert list(state.decide(want())) == []
    # to name someone is not yet to show it
    assert seen_by(state, eyes(KARIM)).together == ()
    assert len(seen_by(told(state, share(KARIM)), eyes(KARIM)).together) == 1


def test_together_is_with_someone_else_and_says_what():
    with pytest.raises(Invalid, match=r"together.with_someone_else"):
        sitting().decide(want(with_party=LUC))
    with pytest.raises(Invalid, match=r"words.too_long"):
        sitting().decide(want(what="a" * 201))
