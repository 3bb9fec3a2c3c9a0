"""A story told over three services, so that reporting has something to tell: facts as recorded."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from services.assessment.domain import events as a
from services.network.domain import events as n
from services.plans.domain import events as p
from shared.kernel import Act, Contributor, Fact
from tests.support.installation import House, Someone

CATALOGUE, STARTED = uuid4(), datetime(2026, 2, 3, 15, 0, tzinfo=UTC)


@dataclass
class Scene:
    """`scene.tell(fact, stream, …)` records one fact about the person, by her unless `by` others."""

    house: House
    versions: dict[UUID, int] = field(default_factory=dict)
    told: int = 0

    def tell(self, kind: type[Fact], stream: UUID, /, **fields: Any) -> Fact:
        house = self.house
        by: Someone = fields.pop("by", house.person)
        noted_by: Someone = fields.pop("noted_by", by)
        subject: UUID = fields.pop("subject", house.person.id)
        because = tuple(f.id for f in fields.pop("because_of", ()))
        with_: tuple[tuple[Someone, str, str], ...] = fields.pop("with_", ())
        self.told += 1
        at = STARTED + timedelta(minutes=self.told)
        own = "own" if noted_by is by else "claimed"
        contributors = (
            Contributor(party=by.id, role=role(house, by), part=fields.pop("part", "wrote"), attestation=own),
            *(
                Contributor(party=who.id, role=role(house, who), part=part, attestation=attested)
                for who, part, attested in with_
            ),
        )  # fmt: skip
        act = Act(
            tenant=house.tenant, subject=subject, actor=noted_by.id, author=by.id, at=at,
            occurred=fields.pop("occurred", at), command=uuid4(), contributors=contributors,
            because_of=because, setting=fields.pop("setting", "alone"),
        )  # fmt: skip
        version = self.versions[stream] = self.versions.get(stream, 0) + 1
        fact = kind(stream, version, at, act, **fields)
        service = kind.TOPIC.partition(".")[0]
        house.installation.front.services[service].ledger.record([fact])
        return fact

    def settled(self) -> None:
        self.house.installation.settled()

    def get(self, who: Someone, path: str, **query: Any) -> Any:
        return who.client.get(
            f"/reporting/v1{path}", params=query, headers={"Accept-Language": "fr-CA"}
        )

    def entries(self, who: Someone, path: str = "trail", **query: Any) -> list[dict[str, Any]]:
        answer = self.get(who, f"/persons/{self.house.person.id}/{path}", **query)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["entries"]
        return found

    def sentences(self, who: Someone, path: str = "trail", **query: Any) -> list[str]:
        return [plain(e["sentence"]) for e in self.entries(who, path, **query)]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def role(house: House, who: Someone) -> str:
    return "person" if who is house.person else "practitioner"


@dataclass
class Story:
    """From an answer to a change judged: each entry names what it came from."""

    rated: Fact
    star: Fact
    tie: Fact
    proposed: Fact
    agreed: Fact
    action: Fact
    done: Fact
    review: Fact
    judged: Fact


def catalogue(scene: Scene) -> None:
    scene.tell(
        a.ThemeAdded, CATALOGUE, subject=scene.house.tenant, by=scene.house.administrator,
        theme="travail", sphere="projet-de-vie", fr="Mon travail", en="My work",
        help_fr="?", help_en="?", meaning="travail",
    )  # fmt: skip


def story(scene: Scene, *, cut: str = "") -> Story:
    """The story over three services; `cut` names the entry whose links are left out."""
    catalogue(scene)
    house, sitting, plan, map_ = scene.house, uuid4(), uuid4(), uuid4()
    goal, action, tie = uuid4(), uuid4(), uuid4()

    def links(name: str, *causes: Fact) -> dict[str, Any]:
        return {} if name == cut else {"because_of": causes}

    scene.tell(
        a.AssessmentOpened, sitting, catalogue=CATALOGUE, kind="quality_of_life",
        themes=("travail",), lowest=0, highest=100,
    )  # fmt: skip
    rated = scene.tell(a.ThemeRated, sitting, theme="travail", value=20, comment="Ça me manque.")
    star = scene.tell(a.StarPlaced, sitting, theme="travail", **links("star", rated))
    added = scene.tell(n.TieAdded, map_, tie=tie, name="Le gars du magasin")
    scene.tell(p.PlanOpened, plan, number=1)
    proposed = scene.tell(
        p.GoalProposed, plan, goal=goal, words="Travailler au magasin de musique",
        grown_from=("star:travail", f"tie:{tie}"), setting="together",
        with_=((house.practitioner, "discussed", "claimed"),), **links("proposed", star, added),
    )  # fmt: skip
    agreed = scene.tell(
        p.GoalAgreed, plan, goal=goal, wording=proposed.id, part="agreed",
        with_=((house.practitioner, "agreed", "claimed"),), **links("agreed", proposed),
    )  # fmt: skip
    added_action = scene.tell(
        p.ActionAdded, plan, action=action, goal=goal, words="Aller le voir",
        **links("action", agreed),
    )  # fmt: skip
    done = scene.tell(p.ActionDone, plan, action=action, goal=goal, **links("done", added_action))
    review = scene.tell(p.ReviewHeld, plan, words="On continue.", **links("review", done))
    judged = scene.tell(
        a.ChangeJudged, sitting, judgement="better", since=STARTED.date(), theme="travail",
        **links("judged", review),
    )  # fmt: skip
    return Story(rated, star, added, proposed, agreed, added_action, done, review, judged)
