"""When a relation has ended, or she has closed the door, she is to them as if she never were.

The practitioner's care has ended, the relative's consent is withdrawn, the representation is over,
the emergency access closed, and a colleague in care is kept out of everything.
"""

import pytest

from tests.matrix import (  # noqa: F401 - each tells
    calls_answers,
    calls_delivery,
    calls_directory,
    calls_reporting,
)
from tests.matrix.calls import prepared
from tests.matrix.calls_assessment import whole
from tests.matrix.calls_network import mapped
from tests.matrix.calls_plans import planned
from tests.matrix.scene import made_scene
from tests.support.clients import ask, seen
from tests.support.operations import every_operation

pytestmark = pytest.mark.xdist_group("matrix-two-houses")
ABOUT_HER = [o for o in every_operation() if o.about_her]
GONE = ("practitioner", "colleague", "relative", "representative", "assistant", "stand_in")
# anyone who works here may open emergency access, kept out or not: that is what it is for
OPENS = "directory post /persons/{person}/emergency-accesses"


@pytest.fixture(scope="module")
def parted(installation):
    """Everything was there and shown; then it ended, for each in another way."""
    s = made_scene(installation)
    for step in (whole, planned, mapped):
        step(s)
    s.cared_for_by(s["colleague"])
    s.settled()
    s.calls = {str(o): prepared(o, s) for o in ABOUT_HER}
    s.settled()
    for who in GONE:
        assert s.ask(who, "directory", "/me", method="GET").status_code == 200
    hers = [s.her(f"/{which}") for which in ("care-relations", "representations", "consents")]
    care, representations, consents = hers
    admin, house = "administrator", "directory"
    s.made(admin, house, f"{care}/{s['relation']}/endings", {"words": "Fin."})
    for who in ("representative", "assistant"):
        s.made(admin, house, f"{representations}/{s[f'representation_{who}']}/endings")
    s.made("person", house, f"{consents}/{s['consent']}/withdrawals")
    s.made("person", house, s.her("/restrictions"), {"audience": s["colleague"]})
    s.made("officer", house, s.her(f"/emergency-accesses/{s['access']}/closures"))
    s.settled()
    yield s
    s.leave()


@pytest.mark.parametrize("operation", [pytest.param(o, id=str(o)) for o in ABOUT_HER])
def test_to_whom_it_has_ended_she_never_was(operation, parted):
    call = parted.calls[str(operation)]
    if parted["person"] != call.places["person"] or str(operation) == OPENS:
        pytest.skip("about someone else, or open to whoever works here")
    never, made = call.never(operation)
    for who in GONE:
        client = parted.client(who)
        hers, nobodys = ask(client, operation, call), ask(client, operation, never)
        assert hers.status_code in (403, 404), f"{who}: {hers.text}"
        assert seen(hers, made.items()) == seen(nobodys), who
