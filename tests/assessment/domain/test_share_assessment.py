from __future__ import annotations

from dataclasses import replace

import pytest

from services.assessment.domain.commands import (
    DiscussTheme,
    EndSharing,
    HoldSharingMeeting,
    NoteView,
    PlaceStar,
)
from services.assessment.domain.events import AssessmentShared, SharingEnded, ThemeRated
from services.assessment.domain.portrait import seen_by
from shared.access.eyes import Eyes, eyes_of
from shared.coproduction import ConfirmContribution
from shared.kernel import Denied, Invalid, NotFound, Refused
from tests.assessment.given import (
    DIANE,
    KARIM,
    LUC,
    MARC,
    PAUL,
    SITTING,
    act,
    eyes,
    opened,
    rate,
    share,
    sitting,
    telling,
    told,
)


def answers_of(state, party):
    return {t: a.value for t, a in seen_by(state, eyes(party)).answers().items()}


def test_nothing_shows_by_itself():
    state = sitting(rate())
    for party in (KARIM, DIANE, MARC, PAUL):
        assert seen_by(state, eyes(party)).empty
    assert answers_of(state, LUC) == {"travail": 20}


def test_she_shows_it_and_it_shows_to_those_she_named():
    state, facts = telling(sitting(rate()), share(KARIM, MARC))
    assert isinstance(facts[0], AssessmentShared)
    assert answers_of(state, KARIM) == answers_of(state, MARC) == {"travail": 20}
    assert seen_by(state, eyes(DIANE)).empty


def test_showing_it_again_the_same_way_is_recorded_once():
    state = sitting(share(KARIM, DIANE))
    assert list(state.decide(share(KARIM))) == []
    assert len(state.decide(share(KARIM, except_themes=("intimite",)))) == 1
    assert len(state.decide(share(MARC))) == 1
    assert len(told(state, share(my_team=True)).decide(share(KARIM))) == 1


def test_a_tab_is_shown_as_long_as_anyone_is_shown_it():
    state = sitting(share(KARIM))
    assert state.sharings.shows("quality_of_life")
    assert not state.sharings.shows("strengths")
    (sharing,) = state.sharings.given
    ended = told(state, EndSharing(act=act(), stream=SITTING, sharing=sharing))
    assert not ended.sharings.shows("quality_of_life")


def test_her_team_sees_what_she_shows_it_and_a_relative_does_not():
    state = sitting(rate(), share(my_team=True))
    assert answers_of(state, KARIM) == answers_of(state, MARC) == {"travail": 20}
    assert seen_by(state, Eyes(PAUL, "emergency")).answers()
    for party in (DIANE, PAUL):
        assert seen_by(state, eyes(party)).empty


def test_what_she_leaves_out_is_not_shown_nor_that_she_leaves_it_out():
    state = sitting(rate(), rate("intimite", 50), share(KARIM, except_themes=("intimite",)))
    seen = seen_by(state, eyes(KARIM))
    assert set(seen.answers()) == {"travail"}
    assert seen.sharings[0].sharing.except_themes == ()
    mine = seen_by(state, eyes(LUC))
    assert mine.sharings[0].sharing.except_themes == ("intimite",)


def test_only_some_themes_can_be_shown():
    state = sitting(rate(), rate("famille", 60), share(DIANE, only_themes=("famille",)))
    assert answers_of(state, DIANE) == {"famille": 60}


def test_the_latest_word_decides_and_never_the_sum():
    state = sitting(rate(), rate("famille", 60), share(DIANE))
    state, facts = telling(state, share(DIANE, only_themes=("famille",)))
    assert answers_of(state, DIANE) == {"famille": 60}
    # to end the narrower one does not bring the wider one back
    ended = told(state, EndSharing(act=act(), stream=SITTING, sharing=facts[0].id))
    assert seen_by(ended, eyes(DIANE)).empty


def test_what_a_member_of_her_team_was_told_since_goes_before_what_the_team_is_shown():
    state, facts = telling(
        sitting(rate(), rate("famille", 60)),
        share(my_team=True),
        share(KARIM, only_themes=("famille",)),
    )
    assert answers_of(state, KARIM) == {"famille": 60}
    assert set(answers_of(state, MARC)) == {"famille", "travail"}
    team, karims = (f.id for f in facts)
    without_karim = told(state, EndSharing(act=act(), stream=SITTING, sharing=karims))
    assert seen_by(without_karim, eyes(KARIM)).empty
    without_team = told(state, EndSharing(act=act(), stream=SITTING, sharing=team))
    assert answers_of(without_team, KARIM) == {"famille": 60}
    assert seen_by(without_team, eyes(MARC)).empty


def test_sharing_can_end_for_one_and_go_on_for_the_other():
    state, facts = telling(sitting(rate()), share(KARIM, DIANE))

    def end(*audience):
        return EndSharing(act=act(), stream=SITTING, sharing=facts[0].id, audience=audience)

    state, ended = telling(state, end(DIANE))
    assert isinstance(ended[0], SharingEnded)
    assert seen_by(state, eyes(DIANE)).empty
    assert answers_of(state, KARIM)
    assert list(state.decide(end(DIANE))) == []
    with pytest.raises(Invalid, match=r"sharing.not_with_them"):
        state.decide(end(MARC))
    state = told(state, end())
    assert list(state.decide(end())) == []
    with pytest.raises(NotFound, match=r"sharing.unknown"):
        state.decide(replace(end(), sharing=SITTING))


def test_what_she_set_by_hand_stays_as_she_set_it():
    state = sitting(rate(visibility="just_me"), share(KARIM))
    assert seen_by(state, eyes(KARIM)).answers() == {}
    # also when she answers again, and says nothing of who sees it
    state, (again,) = telling(state, rate(value=50))
    assert isinstance(again, ThemeRated)
    assert again.visibility == "just_me"
    assert seen_by(state, eyes(KARIM)).answers() == {}
    state = told(state, rate(value=50, visibility="chosen"))
    assert answers_of(state, KARIM) == {"travail": 50}


def test_one_answer_can_be_shown_to_some_and_to_her_team():
    state = sitting(
        rate(visibility="chosen", audience=(DIANE,)), rate("famille", 60, visibility="my_team")
    )
    assert answers_of(state, DIANE) == {"travail": 20}
    assert answers_of(state, KARIM) == {"famille": 60}
    # the tab shown to Karim does not open what was chosen for Diane
    assert answers_of(told(state, share(KARIM)), KARIM) == {"famille": 60}


def test_visibility_and_audience_fit_together():
    with pytest.raises(Invalid, match=r"value.not_in_list"):
        sitting().decide(rate(visibility="everyone"))
    for visibility in (None, "my_team"):
        with pytest.raises(Invalid, match=r"audience.without_chosen"):
            sitting().decide(rate(visibility=visibility, audience=(KARIM,)))


def test_who_notes_her_words_may_keep_them_close_and_nothing_more():
    def noted(visibility, value=60):
        return rate(value=value, by=act(KARIM, LUC), visibility=visibility)

    assert sitting().decide(noted("just_me"))[0].visibility == "just_me"
    for visibility in ("my_team", "chosen"):
        with pytest.raises(Denied, match=r"visibility.hers_to_choose"):
            sitting().decide(noted(visibility))
    with pytest.raises(Denied, match=r"visibility.hers_to_choose"):
        sitting(rate(visibility="my_team")).decide(noted("just_me"))


def test_who_noted_something_for_her_sees_that_and_no_more():
    state = sitting(rate("famille", 60, by=act(KARIM, LUC)), rate())
    assert answers_of(state, KARIM) == {"famille": 60}
    state = told(state, rate("famille", 30))
    seen = seen_by(state, eyes(KARIM)).themes["famille"]
    assert seen.answer is None
    assert [a.value for a in seen.pending] == [60]
    assert seen_by(state, eyes(MARC)).empty


@pytest.mark.parametrize("by", [act(KARIM), act(KARIM, LUC)])
def test_no_one_shows_what_is_hers_in_her_place(by):
    with pytest.raises(Denied, match=r"sharing.by_her_own_sign_in"):
        sitting().decide(share(KARIM, by=by))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"parts": ()}, "sharing.no_part"),
        ({"parts": ("plan",)}, "value.not_in_list"),
        ({"only_themes": ("travail",), "except_themes": ("famille",)}, "sharing.only_or_except"),
        ({"only_themes": ("bonheur",)}, "theme.not_offered"),
    ],
)
def test_a_sharing_says_what(fields, code):
    with pytest.raises(Invalid, match=code):
        sitting().decide(share(KARIM, **fields))


def test_a_sharing_says_with_whom():
    with pytest.raises(Invalid, match=r"sharing.with_no_one"):
        sitting().decide(share())
    with pytest.raises(Invalid, match=r"sharing.with_oneself"):
        sitting().decide(share(LUC))


def test_the_process_statements_are_a_tab_of_their_own():
    state = told(type(sitting())(SITTING), opened(kind="process"), rate(), share(KARIM))
    assert seen_by(state, eyes(KARIM)).answers() == {}
    assert answers_of(told(state, share(KARIM, parts=("process",))), KARIM)


def meeting(by=None, **fields):
    given = {"themes": ("travail",), "words": None, "led_by": None}
    return HoldSharingMeeting(act=by or act(also=(KARIM,)), stream=SITTING, **{**given, **fields})


def test_a_sharing_meeting_is_of_what_she_has_shown():
    state = sitting(rate(), share(KARIM))
    by = act(KARIM, also=(LUC,))
    assert len(state.decide(meeting(by))) == 1
    with pytest.raises(Refused, match=r"theme.not_shown"):
        state.decide(meeting(by, themes=("famille",)))
    with pytest.raises(Refused, match=r"assessment.not_shown"):
        sitting(rate()).decide(meeting(by, themes=()))
    with pytest.raises(Denied, match=r"author.own_sign_in"):
        state.decide(meeting(act(KARIM, MARC)))


def test_she_leads_the_meeting_herself():
    state, facts = telling(sitting(), meeting(words="J’ai parlé en premier.", led_by=LUC))
    assert facts[0].led_by == LUC
    with pytest.raises(Invalid, match=r"meeting.leader_absent"):
        state.decide(meeting(led_by=DIANE))


def test_who_was_at_the_meeting_reads_it_and_no_one_else():
    state = sitting(rate(), share(KARIM, DIANE), meeting())
    assert len(seen_by(state, eyes(KARIM)).meetings) == 1
    assert seen_by(state, eyes(DIANE)).meetings == ()


def test_a_view_stays_its_authors_when_she_stops_showing():
    view = NoteView(act=act(KARIM), stream=SITTING, theme="travail", words="Oui.")
    star = PlaceStar(act=act(), stream=SITTING, theme="travail")
    spoken = DiscussTheme(act=act(), stream=SITTING, theme="travail", words="Attendu le matin.")
    state, facts = telling(sitting(rate()), share(KARIM), view, star, spoken)
    seen = seen_by(state, eyes(KARIM)).themes["travail"]
    assert seen.star is not None
    assert len(seen.thread) == 1
    ended = told(state, EndSharing(act=act(), stream=SITTING, sharing=facts[0].id))
    seen = seen_by(ended, eyes(KARIM)).themes["travail"]
    assert (seen.answer, seen.star, seen.thread) == (None, None, ())
    assert len(seen.views) == 1


def test_whose_eyes_look_follows_from_the_role_in_which_one_takes_part():
    noted = act(KARIM, LUC, also=(DIANE,))
    assert eyes_of(noted) == Eyes(LUC, "self")
    assert eyes_of(noted, KARIM) == Eyes(KARIM, "care")
    assert eyes_of(noted, DIANE) == Eyes(DIANE, "relative")
    assert eyes_of(noted, MARC) == Eyes(MARC, "other")


def test_what_is_noted_to_be_kept_close_never_hides_her_own_answer():
    karim = Eyes(KARIM, "care")
    noted = rate(value=90, by=act(KARIM, LUC), visibility="just_me")
    state, (fact,) = telling(sitting(rate(value=20), share(KARIM)), noted)
    assert seen_by(state, karim).answers()["travail"].value == 20
    assert state.shows("travail", karim)
    # made hers, it is as close as it was noted
    confirmed = told(state, ConfirmContribution(act=act(), stream=SITTING, entry=fact.id))
    assert not confirmed.shows("travail", karim)
