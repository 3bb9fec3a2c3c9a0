"""Three organisations for all tests of this folder: they only ever add to them."""

from collections.abc import Iterator

import pytest

from tests.matrix.calls_assessment import whole
from tests.matrix.calls_network import mapped
from tests.matrix.calls_plans import planned
from tests.matrix.quiet import Quiet, made_quiet
from tests.matrix.scene import Scene, made_scene
from tests.support.installation import Installation


@pytest.fixture(scope="session")
def ours(installation: Installation) -> Iterator[Scene]:
    """The organisation whose things are asked for."""
    scene = made_scene(installation)
    whole(scene)
    planned(scene)
    mapped(scene)
    scene.settled()
    yield scene
    scene.leave()


@pytest.fixture(scope="session")
def theirs(installation: Installation) -> Iterator[Scene]:
    """Another one, as full as the first, from where they are asked for."""
    scene = made_scene(installation)
    whole(scene)
    planned(scene)
    mapped(scene)
    scene.settled()
    yield scene
    scene.leave()


@pytest.fixture(scope="session")
def quiet(installation: Installation) -> Iterator[Quiet]:
    """A person who has filled in everything, and shown nothing of it."""
    made = made_quiet(installation)
    yield made
    made.scene.leave()
