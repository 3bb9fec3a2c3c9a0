"""The stories of the cast as entries of the trail, without any service: given, for pure tests."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from cosigne.demo.stories import chapter_of
from cosigne.demo.teller import named, recorded
from cosigne.people import Person, find, id_of
from services.assessment.domain import events as assessment
from services.network.domain import events as network
from services.plans.domain import events as plans
from services.reporting.domain import events as reporting
from services.reporting.domain.entry import Entry
from shared.kernel import Contributor

SERVICES = (assessment, network, plans, reporting)
RESOURCES = ("strength_named", "aspiration_named")
PROCESS = "comment-ca-se-passe"


def entries_of(story: int) -> tuple[Person, list[Entry]]:
    """What happened in a story, each contributor attested as the cast says it stands."""
    person, events = chapter_of(story)
    streams: dict[str, UUID] = {}
    known: dict[str, UUID] = {}
    told: list[Entry] = []
    for number, event in enumerate(events, 1):
        kind = event["type"].removesuffix("_many")
        service = service_of(kind, event["data"])
        data = {**event["data"]}
        place = place_of(service, kind, data)
        if kind == "assessment_opened" or place not in streams:
            streams[place] = uuid4()
        about = known.get(data.get("decision", ""))
        entry = Entry(
            id=uuid4(),
            tenant=person.organisation.id,
            subject=person.id,
            source=service,
            type=f"{service}.{kind}",
            position=number,
            leaf="00" * 32,
            stream=streams[place],
            version=number,
            recorded_at=recorded(event),
            occurred_at=datetime.fromisoformat(event["at"]),
            precision="instant",
            actor=find(event["actor"]).id,
            author=find(event["author"]).id,
            contributors=tuple(taking_part(event)),
            body=body_of(kind, data, person),
            about=about,
        )
        if kind == "goal_agreed":
            known[data["goal"]] = entry.id
        told.append(entry)
    return person, told


def service_of(kind: str, data: dict[str, Any]) -> str:
    if "decision" in data:
        return "plans"
    name = "".join(word.title() for word in kind.split("_"))
    found = (s.__name__.split(".")[1] for s in SERVICES if hasattr(s, name))
    return next(found, "directory")


def place_of(service: str, kind: str, data: dict[str, Any]) -> str:
    if service != "assessment":
        return service
    return "resources" if kind in RESOURCES else str(data.get("catalogue", "default"))


def taking_part(event: Any) -> list[Contributor]:
    """Whoever is disputed in the cast is so by an event of its own, which comes later."""
    return [
        Contributor(
            party=find(c["party"]).id,
            role=c["role"],
            part=c["part"],
            attestation=c.get("attestation", "own"),
        )
        for c in named(event, find(event["actor"]))
    ]


def body_of(kind: str, data: dict[str, Any], person: Person) -> dict[str, Any]:
    if kind == "assessment_opened":
        process = data["catalogue"] == PROCESS
        return {"kind": "process" if process else "quality_of_life"}
    goal = data.get("goal") or (data.get("key") if kind == "goal_proposed" else None)
    return {**data, **({"goal": str(id_of("goal", f"{person.key}/{goal}"))} if goal else {})}
