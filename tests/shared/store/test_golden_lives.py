import pytest

from shared.kernel import Unreadable
from tests.golden.living import KINDS, facts_of, lives, reads, state_of

LIVES = lives()


def test_every_kind_of_life_was_kept():
    assert set(LIVES) == set(KINDS), "run `python -m tests.golden.live` and commit what it adds"


@pytest.mark.parametrize("name", LIVES)
def test_an_old_life_still_means_what_it_meant(name):
    facts = facts_of(LIVES[name])
    assert reads(name, state_of(name, facts)) == LIVES[name][-1]["reads"]


@pytest.mark.parametrize("name", LIVES)
def test_an_old_life_goes_on_where_it_stopped(name):
    facts = facts_of(LIVES[name])
    assert [f.originator_version for f in facts] == list(range(1, len(facts) + 1))
    assert state_of(name, facts).version == len(facts)


def test_words_that_were_destroyed_stay_so():
    facts = facts_of(LIVES["assessment"])
    assert [f.topic for f in facts if isinstance(f, Unreadable)] == ["assessment.theme_rated"]
