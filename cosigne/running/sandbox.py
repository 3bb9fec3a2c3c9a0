"""An installation for a partner's developer: invented people, a subscription, events that go on."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cosigne.demo.door import Door, Refusal
from cosigne.demo.flow import Flow
from cosigne.demo.partner import CLIENT, HOUSE, persons, subscription_of, tell
from cosigne.embedded.home import Home
from cosigne.issuer.kept import Kept
from cosigne.issuer.tokens import mint_for
from cosigne.people import Person, organisations
from cosigne.running.installation import Installation
from shared.kernel import Refused
from shared.settings import Settings

LOOPBACK = "127.0.0.0/8"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is told to the partner: thin or full, how many events, one in how many seconds."""

    payload: str
    events: int
    every: float


class Sandbox(Installation):
    """Its webhooks may go to this machine, as those of no other installation."""

    asked = "sandbox"
    more: Mapping[str, str] = MappingProxyType({"COSIGNE_WEBHOOK_TEST_ADDRESSES": LOOPBACK})

    def __init__(self, home: Home, port: int, say: Callable[..., None], wanted: Wanted) -> None:
        super().__init__(home, port, say)
        self.wanted = wanted
        self.flow: Flow | None = None
        self.due = 0.0

    def welcome(self, settings: Settings) -> None:
        door = Door(settings.url, self.token_of(settings))
        self.make_the_scene(door)
        self.say("sandbox.ready", **{**about(self.home), "house": organisations()[HOUSE].name})
        self.say("sandbox.flow", events=self.wanted.events, every=f"{self.wanted.every:g}")
        self.flow = Flow.of(door, persons(), self.wanted.events)

    def make_the_scene(self, door: Door) -> None:
        """Once for each payload; interrupted, it is gone on with."""
        payload = self.wanted.payload
        self.home.keep("payload", payload)
        if self.home.kept(f"sandbox-{payload}") == "told":
            return
        self.say("sandbox.making")
        try:
            tell(door, payload)
        except Refusal as refusal:
            raise Refused("demo.refused", reason=str(refusal)) from refusal
        self.home.keep(f"sandbox-{payload}", "told")

    def token_of(self, settings: Settings) -> Callable[[Person], str]:
        key = Kept(self.home.issuer).signing_key()
        return lambda person: mint_for(key, person, issuer=settings.oidc_issuer)

    def look_after(self) -> None:
        super().look_after()
        if self.flow is None or not self.flow.left or time.monotonic() < self.due:
            return
        self.due = time.monotonic() + self.wanted.every
        try:
            self.flow.go_on()
        except (Refusal, OSError, http.client.HTTPException) as error:
            self.say("sandbox.left_out", reason=str(error))
        finally:
            self.flow.door.close()  # until next time: an idle connection is closed over there
        if not self.flow.left:
            self.say("sandbox.all_told", events=self.flow.told)


def about(home: Home) -> dict[str, str]:
    """What a partner's system needs to know of this sandbox. Raises Refused where there is none."""
    port, payload = home.kept("port"), home.kept("payload")
    if not port or not payload:
        raise Refused("sandbox.never_ran", folder=str(home.folder))
    url = f"http://127.0.0.1:{port}"
    return {
        "url": url,
        "delivery": f"{url}/delivery",
        "subscription": str(subscription_of(payload)),
        "payload": payload,
        "token_url": f"{home.issuer_of(url)}/token",
        "sign_in": CLIENT,
        "secret": Kept(home.issuer).secret_of(CLIENT),
    }
