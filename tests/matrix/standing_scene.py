"""Everyone who may stand to a person in some way, or no longer does: the shared scene of a table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from services.directory.domain import events as told
from services.directory.domain.relations import Relations, stream_of
from shared.kernel import Act, Contributor, Fact
from tests.matrix.quiet import Quiet, made_quiet
from tests.matrix.scene import FAR, Scene
from tests.support.installation import Installation, Someone, made_house

TABS = ("quality_of_life", "strengths", "network", "plan")


@dataclass(frozen=True)
class Stand:
    """How someone stands to her: in which kinds, and which tabs one of them opens (None: all)."""

    kinds: Mapping[str, frozenset[str] | None] = field(default_factory=dict)
    known: bool = True  # whether the organisation knows who signs in
    offices: frozenset[str] = frozenset()


def stand(*kinds: str, offices: tuple[str, ...] = (), **limited: tuple[str, ...]) -> Stand:
    found: dict[str, frozenset[str] | None] = dict.fromkeys(kinds)
    return Stand(found | {k: frozenset(v) for k, v in limited.items()}, offices=frozenset(offices))


NOBODY = Stand(known=False)
EVERYONE: Mapping[str, Stand] = {
    "person": stand("self"),
    "practitioner": stand("care", "worker"),
    "relative": stand(relative=TABS),
    "relative_plan": stand(relative=("plan",)),
    "representative": stand(representative=("plan",)),
    "representative_rights": stand(representative=()),
    "assistant": stand(assistant=("plan",)),
    "stand_in": stand("emergency", "worker"),
    "officer": stand("privacy_officer", "worker", offices=("privacy_officer",)),
    "auditor": stand("auditor", offices=("auditor",)),
    "administrator": stand("administrator", "worker", offices=("administrator",)),
    "manager": stand("manager", "worker", offices=("manager",)),
    "researcher": stand(offices=("researcher",)),
    "researcher_agreed": stand(offices=("researcher",), researcher=("plan",)),
    "colleague": stand("worker"),
    "no_network": Stand({"care": frozenset(TABS) - {"network"}, "worker": None}),
    # no longer, not yet, or kept out
    "care_ended": stand("worker"),
    "restricted": stand("worker"),
    "category_restricted": stand("worker"),
    "withdrawn": stand(),
    "awaiting": stand(),
    "consent_over": stand(),
    "representation_over": stand(),
    "mandate_over": stand(offices=("auditor",)),
    "left": NOBODY,
    # a person of the organisation, and those of nowhere
    "neighbour": stand(),
    "nobody": NOBODY,
    "operator": NOBODY,
    # of another organisation
    "practitioner_elsewhere": stand(),
    "person_elsewhere": stand(),
}


@dataclass
class Standings:
    """The quiet person's scene with all of these in it."""

    quiet: Quiet

    @property
    def scene(self) -> Scene:
        return self.quiet.scene


def made_standings(installation: Installation) -> Standings:
    made = Standings(made_quiet(installation))
    s = made.scene
    elsewhere = made_house(installation)
    s.people["practitioner_elsewhere"] = elsewhere.practitioner
    s.people["person_elsewhere"] = elsewhere.person
    registered(s)
    related(s)
    s.settled()
    ended(s)
    over(s)
    s.settled()
    return made


def registered(s: Scene) -> None:
    for key in ("researcher", "researcher_agreed"):
        s.register(key, "staff", "researcher")
    for key in ("no_network", "care_ended", "restricted", "left"):
        s.register(key, "staff", "practitioner")
    s.register("category_restricted", "staff", "peer_worker")
    s.register("mandate_over", "staff", "auditor")
    for key in ("relative_plan", "withdrawn", "awaiting", "consent_over"):
        s.register(key, "relative", "relative")
    for key in ("representative_rights", "representation_over"):
        s.register(key, "representative", "representative")
    subject = f"nobody-{uuid4().hex[:8]}"
    s.people["nobody"] = Someone(
        "nobody", uuid4(), subject, lambda: s.installation.client(subject, s.tenant)
    )


def related(s: Scene) -> None:
    for key in ("no_network", "care_ended", "restricted", "left"):
        s.ids[f"relation_{key}"] = s.cared_for_by(s[key])
    body = {
        "party": s["category_restricted"],
        "role": "peer_worker",
        "site": s["site"],
        "programme": s["programme"],
        "words": "Pour faire connaissance.",
    }
    s.made("administrator", "directory", s.her("/care-relations"), body)
    consent(s, "person", audience=s["relative_plan"], tabs=["plan"])
    s.ids["consent_withdrawn"] = consent(s, "person", audience=s["withdrawn"], tabs=list(TABS))
    # silence is never consent: noted for her, and not confirmed
    consent(s, "practitioner", audience=s["awaiting"], tabs=list(TABS), act=s.noted())
    research = {"purpose": "research", "ethics": "CÉR 12"}
    consent(s, "person", audience=s["researcher_agreed"], tabs=["plan"], **research)
    body = {"party": s["representative_rights"], "kind": "mandat", "scope": ["rights"]}
    s.made("administrator", "directory", s.her("/representations"), body | {"until": FAR})


def consent(s: Scene, who: str, **more: Any) -> str:
    body = {"purpose": "care", "until": FAR, **more}
    entry: str = s.made(who, "directory", s.her("/consents"), body)["entries"][0]
    return entry


def ended(s: Scene) -> None:
    path = s.her(f"/care-relations/{s['relation_care_ended']}/endings")
    s.made("administrator", "directory", path)
    s.made("administrator", "directory", f"/parties/{s['left']}/departures")
    restrictions = s.her("/restrictions")
    s.made("person", "directory", restrictions, {"audience": s["restricted"]})
    s.made("person", "directory", restrictions, {"category": "peer_worker"})
    one = {"audience": s["no_network"], "scope": ["network"]}
    s.made("person", "directory", restrictions, one)
    s.made("person", "directory", s.her(f"/consents/{s['consent_withdrawn']}/withdrawals"))


def over(s: Scene) -> None:
    """What ran until yesterday: nobody could enter it today, so it is told as it was recorded."""
    day = (datetime.now(UTC) - timedelta(days=2)).date()
    person = UUID(s["person"])
    ledger = s.installation.front.services["directory"].ledger
    state = ledger.load(Relations, UUID(s.tenant), stream_of(person), person).version
    told_of(
        s,
        told.ConsentGiven,
        person,
        state + 1,
        audience=UUID(s["consent_over"]),
        category=None,
        tabs=TABS,
        purpose="care",
        until=day,
    )
    told_of(
        s,
        told.RepresentationStarted,
        person,
        state + 2,
        party=UUID(s["representation_over"]),
        kind="mandat",
        scope=("papers",),
        until=day,
    )
    told_of(
        s,
        told.AuditMandateGiven,
        UUID(s.tenant),
        1,
        auditor=UUID(s["mandate_over"]),
        purpose="Vérification",
        begins=day,
        until=day,
    )


def told_of(s: Scene, fact: type[Fact], subject: UUID, version: int, **said: Any) -> None:
    tenant, at = UUID(s.tenant), datetime.now(UTC)
    by = subject if subject != tenant else UUID(s["administrator"])
    wrote = Contributor(party=by, role="person", part="wrote", attestation="own")
    act = Act(
        tenant=tenant,
        subject=subject,
        actor=by,
        author=by,
        at=at,
        occurred=at,
        command=uuid4(),
        contributors=(wrote,),
    )
    stream = stream_of(subject) if subject != tenant else uuid4()
    s.installation.record([fact(stream, version, at, act, **said)])
