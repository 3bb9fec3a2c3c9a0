"""How each operation of delivery is called."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from services.directory.domain.events import PersonErased
from shared.kernel import Act
from tests.matrix.calls import call, example
from tests.matrix.scene import FAR, Scene
from tests.support.clients import Call
from tests.support.installation import eventually

ONE = "delivery {} /subscriptions/{{subscription}}"
FEED = "delivery {} /feed/{{subscription}}"
# nobody listens there: every webhook fails, and is an attempt
CLOSED = "http://127.0.0.1:9/hooks"


def place(s: Scene) -> dict[str, str]:
    return {"subscription": s["subscription"]}


def told(s: Scene) -> list[dict[str, Any]]:
    """Two people consent to what this partner is told, and it has been told so."""
    if "told" not in s.kept:
        path = f"/subscriptions/{s['subscription']}/endpoint"
        s.made("administrator", "delivery", path, {"url": CLOSED}, method="PUT")
        s.settled()
        for who in ("person", "neighbour"):
            consent = {
                "audience": s["partner"],
                "tabs": ["plan"],
                "purpose": "partner",
                "until": FAR,
            }
            s.made(who, "directory", s.her("/consents", who), consent)
        s.settled()
        events = f"/feed/{s['subscription']}/events"
        s.kept["told"] = eventually(
            lambda: len(found := s.read("partner", "delivery", events)) > 1 and found
        )
        s.ids["event"] = s.kept["told"][0]["id"]
    found: list[dict[str, Any]] = s.kept["told"]
    return found


@call("delivery get /subscriptions")
def read_subscriptions(s: Scene) -> Call:
    granted(s)
    s.settled()
    return Call("administrator", query={"limit": "1"})


@call("delivery post /subscriptions")
def grant(s: Scene) -> Call:
    body = example("delivery post /subscriptions", partner=s["partner"], sites=[s["site"]])
    return Call("administrator", body={**body, "programmes": [s["programme"]]})


@call(ONE.format("get"))
def read_subscription(s: Scene) -> Call:
    return Call("partner", place(s))


def granted(s: Scene) -> dict[str, str]:
    """One of its own, for what ends or stops it."""
    body = example("delivery post /subscriptions", partner=s["partner"], sites=[])
    return {"subscription": s.made("administrator", "delivery", "/subscriptions", body)["id"]}


@call(f"{ONE.format('post')}/pauses")
def pause(s: Scene) -> Call:
    return Call("administrator", granted(s), {})


@call(f"{ONE.format('post')}/resumptions")
def resume(s: Scene) -> Call:
    return Call("administrator", granted(s), {})


@call(f"{ONE.format('post')}/endings")
def end(s: Scene) -> Call:
    return Call("administrator", granted(s), {})


@call(f"{ONE.format('post')}/enablements")
def enable(s: Scene) -> Call:
    return Call("partner", granted(s), {})


@call(f"{ONE.format('put')}/endpoint")
def set_endpoint(s: Scene) -> Call:
    return Call("partner", granted(s), {"url": CLOSED})


@call(f"{ONE.format('get')}/secrets")
def secrets(s: Scene) -> Call:
    return Call("partner", place(s))


@call(f"{ONE.format('post')}/secret-rotations")
def rotate(s: Scene) -> Call:
    return Call("partner", granted(s), {"overlap_hours": 2})


@call(f"{ONE.format('post')}/tests")
def trial(s: Scene) -> Call:
    return Call("administrator", granted(s), {})


@call(f"{ONE.format('post')}/replays")
def replay(s: Scene) -> Call:
    told(s)
    return Call("partner", place(s), {"first": 1, "last": 1})


@call(f"{ONE.format('get')}/attempts")
def attempts(s: Scene) -> Call:
    told(s)
    path = f"/subscriptions/{s['subscription']}/attempts"
    eventually(lambda: len(s.read("partner", "delivery", path)["attempts"]) > 1)
    return Call("partner", place(s), query={"limit": "1"})


@call(f"{FEED.format('get')}/events")
def events(s: Scene) -> Call:
    return Call("partner", place(s), query={"lastEventId": told(s)[0]["id"]})


@call(f"{FEED.format('get')}/events/{{event}}")
def event(s: Scene) -> Call:
    return Call("partner", {**place(s), "event": told(s)[0]["id"]})


@call(f"{FEED.format('get')}/pending")
def pending(s: Scene) -> Call:
    told(s)
    return Call("partner", place(s))


@call(f"{FEED.format('post')}/acknowledgements")
def acknowledge(s: Scene) -> Call:
    return Call("partner", place(s), {"event": told(s)[0]["id"]})


@call(f"{FEED.format('get')}/stream")
def stream(s: Scene) -> Call:
    return Call("partner", place(s), query={"lastEventId": told(s)[0]["id"], "timeout": "0"})


@call(f"{FEED.format('get')}/snapshot")
def snapshot(s: Scene) -> Call:
    told(s)
    return Call("partner", place(s), query={"limit": "1"})


@call("delivery get /erasures-unacknowledged")
def unacknowledged(s: Scene) -> Call:
    return Call("officer")


@call(f"{FEED.format('get')}/erasures")
def erasures(s: Scene) -> Call:
    return Call("partner", place(s))


def erased(s: Scene) -> str:
    """Somebody else consented, was told of, and was erased since: the event that says so."""
    if "erased" not in s.kept:
        someone = s.add("erased")
        body = {"id": str(someone.id), "name": "Ana", "sign_in_subject": someone.subject}
        s.made("administrator", "directory", "/persons", body)
        s.settled()
        consent = {"audience": s["partner"], "tabs": ["plan"], "purpose": "partner", "until": FAR}
        s.made("erased", "directory", s.her("/consents", "erased"), consent)
        del s.ids["erased"]
        head = len(told(s)) + 1
        path = f"/feed/{s['subscription']}/events"
        eventually(lambda: len(s.read("partner", "delivery", path)) >= head)
        stream, at = uuid5(someone.id, "relations"), datetime.now(UTC)
        tenant = UUID(s.tenant)
        act = Act(
            tenant=tenant,
            subject=someone.id,
            actor=tenant,
            author=tenant,
            at=at,
            occurred=at,
            command=uuid4(),
        )
        s.installation.record([PersonErased(stream, 3, at, act)])
        path = f"/feed/{s['subscription']}/erasures"
        waiting = lambda: s.read("partner", "delivery", path)["erasures"]  # noqa: E731
        s.kept["erased"] = eventually(waiting)[0]["event"]
    found: str = s.kept["erased"]
    return found


@call(f"{FEED.format('post')}/erasure-acknowledgements")
def acknowledge_erasure(s: Scene) -> Call:
    return Call("partner", place(s), {"event": erased(s)})
