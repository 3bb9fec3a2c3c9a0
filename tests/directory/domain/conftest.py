"""A clock that goes on by a minute, and Awa, registered."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

import pytest

from services.directory.domain.relations import RegisterPerson, Relations, stream_of
from tests.directory.domain.story import AWA, NOON, Story


@pytest.fixture
def clock() -> Callable[[], datetime]:
    minutes = count()
    return lambda: NOON + timedelta(minutes=next(minutes))


@pytest.fixture
def awa(clock: Callable[[], datetime]) -> Story:
    story = Story(Relations(stream_of(AWA.id)), clock)
    story.when(RegisterPerson, name="Awa Diarra", sign_in_subject="awa", age=34)
    return story
