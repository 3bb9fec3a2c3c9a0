"""The pages of the reference that are made from the code say what the code says."""

from cosigne.reference.access import PAGE, WHO, page
from cosigne.reference.actions import operation_actions
from shared.access.policy import POLICY


def test_the_page_on_access_is_the_one_that_the_code_makes():
    assert PAGE.read_text("utf-8") == page(), "run: make docs"


def test_every_way_to_stand_has_its_words():
    assert set(WHO) >= set().union(*POLICY.values())


def test_every_operation_asks_for_an_action_of_the_table():
    assert {o.action for o in operation_actions()} == set(POLICY)
