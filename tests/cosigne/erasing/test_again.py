"""Everyone on the list erased again: what one waits for, or what hinders one, holds up no other."""

from uuid import uuid4

import pytest

from cosigne.erasing.again import erase_again
from cosigne.erasing.listed import Wanted
from shared.kernel import Refused


class Steps:
    """What each would be told, step by step; a refusal is raised."""

    def __init__(self, told):
        self.told = {wanted: iter(stages) for wanted, stages in told.items()}

    def step(self, wanted, *, listed):
        assert listed
        told = next(self.told[wanted])
        if isinstance(told, Exception):
            raise told
        return told


def anyone():
    return Wanted(uuid4(), uuid4(), uuid4(), uuid4())


def test_all_go_on_together_until_each_is_certified():
    one, other, said = anyone(), anyone(), []
    work = Steps({one: ["closed", "closed", "certified"], other: ["certified"]})
    assert erase_again(work, [one, other], lambda *told: said.append(told), every=0) == 2
    assert said == [(1, 2, "closed"), (2, 2, "certified"), (1, 2, "certified")]


def test_what_hinders_one_is_raised_when_the_others_are_erased():
    one, other, said = anyone(), anyone(), []
    missing = Refused("keys.missing", name="x.key")
    work = Steps({one: ["closed", missing], other: ["closed", "purging", "certified"]})
    with pytest.raises(Refused, match=r"keys\.missing"):
        erase_again(work, [one, other], lambda *told: said.append(told), every=0)
    assert (1, 2, "hindered") in said
    assert said[-1] == (2, 2, "certified")
