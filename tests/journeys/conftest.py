"""The lives of the cast, told once for all journeys of a worker, by the demo's own teller."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from cosigne.demo.door import Door
from cosigne.demo.stories import tell
from cosigne.demo.teller import Teller
from cosigne.issuer.kept import Kept
from cosigne.issuer.tokens import mint_for
from cosigne.people import find
from tests.support.installation import Installation


@dataclass
class Told:
    """What was told, and a door for whoever wants to read it."""

    installation: Installation
    door: Door
    teller: Teller

    def get(self, who: str, path: str) -> Any:
        """As someone of the cast, signed in with a token of her or his own."""
        return self.door.get(find(who), path)


@pytest.fixture(scope="session")
def told(installation: Installation) -> Iterator[Told]:
    key = Kept(installation.issuer_folder).signing_key()
    issuer = installation.settings.oidc_issuer
    door = Door(installation.url, lambda who: mint_for(key, who, issuer=issuer))

    def clock(at: datetime) -> None:
        installation.clock.at = at

    teller = tell(door, clock)
    installation.clock.at = None
    installation.settled()
    yield Told(installation, door, teller)
    door.close()
