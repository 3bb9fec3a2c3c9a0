import pytest

from services.directory.domain.notices import AgreeWayOfWorking, GiveNotice
from services.directory.domain.party import LeaveParty
from shared.kernel import Denied, Invalid
from tests.directory.domain.story import AWA, KIM

WELCOME = {"text": "welcome", "version": "2030-01", "language": "fr-CA"}


def test_a_notice_keeps_which_text_in_which_version_and_how_it_was_given(awa):
    [given] = awa.when(GiveNotice, KIM, **WELCOME, form="aloud")
    assert (given.text, given.version, given.form) == ("welcome", "2030-01", "aloud")


def test_the_same_notice_is_recorded_once_and_a_new_version_again(awa):
    awa.when(GiveNotice, KIM, **WELCOME)
    assert awa.when(GiveNotice, AWA, **WELCOME) == []
    assert len(awa.when(GiveNotice, KIM, **WELCOME | {"version": "2031-01"})) == 1


@pytest.mark.parametrize("field", ["text", "language", "form"])
def test_a_notice_is_one_of_those_there_are(awa, field):
    with pytest.raises(Invalid, match=r"value\.not_in_list"):
        awa.when(GiveNotice, KIM, **WELCOME | {field: "something"})


def test_she_says_how_she_wants_to_work_in_her_words(awa):
    words = "Je regarde l'outil d'abord. On en parle après."
    [agreed] = awa.when(AgreeWayOfWorking, AWA, first="alone", tabs=("plan",), words=words)
    assert (agreed.first, agreed.tabs, agreed.words) == ("alone", ("plan",), words)
    assert awa.when(AgreeWayOfWorking, AWA, first="alone", tabs=("plan",), words=words) == []
    [changed] = awa.when(AgreeWayOfWorking, AWA, first="together")
    assert awa.state.notices.way.first == changed.first == "together"


def test_her_way_of_working_may_be_noted_for_her_but_not_decided(awa):
    assert len(awa.when(AgreeWayOfWorking, KIM, author=AWA, first="together")) == 1
    with pytest.raises(Denied, match=r"relations\.hers"):
        awa.when(AgreeWayOfWorking, KIM, first="alone")
    with pytest.raises(Invalid, match=r"value\.not_in_list"):
        awa.when(AgreeWayOfWorking, AWA, first="never")


def test_a_command_of_something_else_is_a_mistake_of_ours(awa):
    with pytest.raises(TypeError):
        awa.when(LeaveParty)
