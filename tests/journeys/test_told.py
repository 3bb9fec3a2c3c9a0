from tests.journeys.conftest import Told


def test_the_stories_are_told(told: Told) -> None:
    assert told.teller.place
