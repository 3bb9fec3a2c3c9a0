from uuid import uuid4

import pytest

from services.directory.domain.bringing_in import BeginImport, EndImport, Import
from shared.kernel import Invalid, NotFound, Refused
from tests.directory.domain.story import NEL, Story

SOURCE = "Suivi 2024"
ENDED = {"read": 10, "noted": 8, "set_aside": 2}


@pytest.fixture
def brought_in(clock):
    return Story(Import(uuid4()), clock)


def test_an_import_says_in_words_which_files_are_brought_in(brought_in):
    [begun] = brought_in.when(BeginImport, source=f" {SOURCE} ")
    assert begun.source == SOURCE
    assert brought_in.state.under_way
    with pytest.raises(Invalid, match=r"text\.empty"):
        brought_in.when(BeginImport, source="  ")


def test_an_interrupted_import_goes_on_without_a_word(brought_in):
    brought_in.when(BeginImport, source=SOURCE)
    assert brought_in.when(BeginImport, source=SOURCE) == []


def test_two_people_do_not_bring_in_the_same_files_at_once(brought_in):
    brought_in.when(BeginImport, source=SOURCE)
    with pytest.raises(Refused, match=r"import\.under_way"):
        brought_in.when(BeginImport, by=NEL, source=SOURCE)


def test_an_import_ends_with_its_counts_and_may_be_begun_again(brought_in):
    brought_in.when(BeginImport, source=SOURCE)
    [ended] = brought_in.when(EndImport, **ENDED)
    assert (ended.read, ended.noted, ended.set_aside) == (10, 8, 2)
    assert not brought_in.state.under_way
    assert brought_in.when(EndImport, **ENDED) == []
    assert len(brought_in.when(BeginImport, by=NEL, source=SOURCE)) == 1


def test_what_was_never_begun_does_not_end_and_counts_add_up(brought_in):
    with pytest.raises(NotFound, match=r"import\.unknown"):
        brought_in.when(EndImport, **ENDED)
    brought_in.when(BeginImport, source=SOURCE)
    with pytest.raises(Invalid, match=r"import\.counts"):
        brought_in.when(EndImport, read=10, noted=1, set_aside=2)
