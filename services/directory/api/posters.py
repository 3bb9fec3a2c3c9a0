"""The address that an organisation prints on a poster: it leads anyone to its help lines.

It carries where it leads, and a seal which only the organisation's own key makes: its id alone, as it
stands in an address of something else that is over, opens nothing and tells nobody whose it was.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from uuid import UUID

from services.directory.api import known
from services.directory.domain.organisation import Organisation
from shared.http.desk import Desk
from shared.kernel import NotFound

POSTER = "AZegwmwefVWbei8_DmpLAE2rEtVqn5Gk"
SEAL = 8  # bytes: more than anyone guesses over a network
WHOLE = 16 + SEAL


def poster_of(desk: Desk, organisation: UUID) -> str:
    """The same for ever: what hangs on a wall is not printed again."""
    seal = hmac.digest(desk.secret(organisation), b"help lines on a poster", "sha256")[:SEAL]
    return urlsafe_b64encode(organisation.bytes + seal).decode()


def behind(desk: Desk, poster: str) -> Organisation:
    """Whose it is. Raises the same NotFound for what never was one, and for what opens nothing."""
    try:
        whole = urlsafe_b64decode(poster.encode("ascii"))
    except (Error, ValueError):
        raise NotFound("poster.unknown") from None
    if len(whole) != WHOLE:
        raise NotFound("poster.unknown")
    organisation = UUID(bytes=whole[:16])
    try:
        state = known.organisation(desk, organisation)  # nobody's key is made for a made-up id
    except NotFound:
        raise NotFound("poster.unknown") from None
    if not hmac.compare_digest(poster_of(desk, organisation), poster) or not state.help_lines:
        raise NotFound("poster.unknown")
    return state
