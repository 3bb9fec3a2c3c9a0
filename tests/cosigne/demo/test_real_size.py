"""The real size, a hundredth of it: told whole on a real installation, torn twice on the way."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from cosigne.crowd import Crowd, House
from cosigne.demo.door import Door
from cosigne.demo.near import NearDoor
from cosigne.demo.scale.lives import lives
from cosigne.demo.scale.telling import HouseTeller
from cosigne.issuer.kept import Kept
from cosigne.issuer.tokens import mint_for
from cosigne.running.begun import Begun
from cosigne.running.caught_up import behind, statuses
from cosigne.running.counting import plans_with_a_no, positions, types
from cosigne.running.scale import LivesClock, Telling, services, tell_at_scale, tell_house
from cosigne.running.scale_report import report
from shared.kernel import Refused
from tests.support.installation import Installation

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("real-size")]
CROWD = Crowd(2021, 10)
TORN_AFTER = (150, 450)  # so many requests after it began again


class Torn(BaseException):
    """Nothing that the teller could catch."""


@dataclass
class Tearing:
    """The services, until so many requests were answered: the last answer is heard by nobody."""

    app: Any
    last: int
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        answer = self.app(environ, start)
        if next(self.numbers) == self.last:
            raise Torn
        return answer


@dataclass
class ToldTown:
    installation: Installation
    app: Any
    clock: LivesClock
    telling: Telling
    heard: dict[str, Any] = field(default_factory=dict)
    torn: int = 0

    @property
    def tenants(self) -> list[Any]:
        return [house.organisation.id for house in CROWD.houses]

    def tell(self, house: House, app: Any) -> None:
        for heard in tell_house(self.telling, house, app, self.clock):
            self.heard[house.key] = heard

    def types(self, *houses: House) -> Counter[str]:
        """How much of what is recorded, looks and all."""
        self.installation.settled()
        tenants = [house.organisation.id for house in houses or CROWD.houses]
        return Counter(types(self.installation.settings, tenants))

    def door(self) -> Door:
        settings = self.installation.settings
        key = Kept(self.installation.issuer_folder).signing_key()
        return NearDoor(
            settings.url,
            lambda who: mint_for(key, who, issuer=settings.oidc_issuer),
            patience=0,
            app=self.app,
        )


@pytest.fixture(scope="module")
def town(
    installation: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ToldTown]:
    """Both houses told to their end; the first one's teller was torn away twice."""
    state: Path = tmp_path_factory.mktemp("state")
    telling = Telling(installation.settings, installation.issuer_folder, state, CROWD)
    with services(installation.settings) as (app, clock):
        made = ToldTown(installation, app, clock, telling)
        torn, whole = CROWD.houses
        for last in TORN_AFTER:
            try:
                made.tell(torn, Tearing(app, last))
            except Torn:
                made.torn += 1
        made.tell(torn, app)
        made.tell(whole, app)
        installation.settled()
        yield made


def test_it_is_told_to_its_end_however_often_it_was_torn(town: ToldTown) -> None:
    assert town.torn == len(TORN_AFTER)
    assert all(heard.over for heard in town.heard.values())
    assert set(town.heard) == {house.key for house in CROWD.houses}


def test_no_rule_refuses_any_of_it(town: ToldTown) -> None:
    for heard in town.heard.values():
        assert heard.tally.refused == {}
        assert heard.tally.left_out == {}


@pytest.mark.parametrize(
    ("place", "stored"),
    [
        ("/persons", "directory.person_registered"),
        ("/care-relations", "directory.care_relation_started"),
        ("/departures", "directory.party_left"),
        ("/assessments", "assessment.assessment_opened"),
        ("/sharings", "assessment.assessment_shared"),
        ("/meetings", "assessment.sharing_meeting_held"),
        ("/ties", "network.tie_added"),
        ("/plans", "plans.plan_opened"),
        ("/goals", "plans.goal_proposed"),
        ("/agreements", "plans.goal_agreed"),
        ("/themes-declined", "plans.theme_declined"),
        ("/reviews", "plans.review_held"),
        ("/emergency-accesses", "directory.emergency_access_opened"),
        ("/reviews", "directory.emergency_access_reviewed"),
        ("/representations", "directory.representation_started"),
        ("/consents", "directory.consent_given"),
        ("/summaries", "reporting.summary_made"),
        ("/shares", "reporting.summary_shared"),
        ("/openings", "reporting.summary_opened"),
    ],
)
def test_what_was_planned_is_recorded_once(town: ToldTown, place: str, stored: str) -> None:
    service = stored.partition(".")[0]
    planned = sum(
        moment.path.endswith(place)
        and moment.path.startswith(f"/{service}/")
        and moment.how == "POST"
        for house in CROWD.houses
        for moment in lives(house)
    )
    assert planned
    assert town.types()[stored] == planned


def test_each_house_has_its_emergency_its_minor_its_research_and_its_link() -> None:
    for house in CROWD.houses:
        told = [moment for moment in lives(house) if moment.how == "POST"]
        assert [m for m in told if m.path.endswith("/emergency-accesses")]
        assert [m for m in told if m.body.get("parental")]
        assert [m for m in told if m.body.get("purpose") == "research"]
        assert [m for m in told if m.body.get("means") == "link"]
    # what each of them has recorded is counted above


def looks_in(found: Counter[str]) -> int:
    return sum(count for name, count in found.items() if name.endswith("record_read"))


def test_every_look_is_recorded(town: ToldTown) -> None:
    whole = CROWD.houses[1]
    assert looks_in(town.types(whole)) >= sum(moment.looks for moment in lives(whole)) > 10


def without_looks(found: Counter[str]) -> Counter[str]:
    """Who asks again for what is so already has looked: that is recorded, and nothing else."""
    return Counter({n: c for n, c in found.items() if not n.endswith("record_read")})


def test_told_again_from_nothing_it_records_nothing(town: ToldTown) -> None:
    before = without_looks(town.types())
    teller = HouseTeller(CROWD.houses[1], town.door(), town.clock.set)
    for _, moments in teller.weeks():
        teller.tell(moments, looks=False)
    # whoever has left the house since does not sign in any more, nor is shown anything
    assert set(teller.tally.refused) <= {"caller.unknown", "party.left", "party.unknown"}
    assert without_looks(town.types()) == before


def test_told_to_its_end_it_is_not_begun_again(town: ToldTown) -> None:
    before = town.heard.copy()
    for house in CROWD.houses:
        town.tell(house, Tearing(town.app, 1))
    assert {k: h.tally.asked for k, h in town.heard.items()} == dict.fromkeys(before, 0)
    town.heard = before


def test_positions_are_gapless_in_every_organisation_and_service(town: ToldTown) -> None:
    found = [one for one in positions(town.installation.settings) if one.tenant in town.tenants]
    assert {one.service for one in found} >= {"directory", "assessment", "network", "plans"}
    assert all(one.gapless for one in found), found


def test_every_view_has_seen_everything(town: ToldTown) -> None:
    town.installation.settled()
    assert behind(statuses(town.installation.settings)) == 0


def test_one_plan_in_ten_holds_a_no_or_a_dispute(town: ToldTown) -> None:
    plans, holding = plans_with_a_no(town.installation.settings, town.tenants)
    assert plans >= 10
    assert holding / plans >= 0.1


def test_the_report_counts_what_the_logs_hold(town: ToldTown) -> None:
    told = report(town.installation.settings, CROWD, town.heard, 10.0, 1.0)
    assert sum(told.events.values()) == sum(town.types().values())
    assert set(told.events) >= {"directory", "assessment", "network", "plans"}
    assert told.bytes_per_event > 0
    assert told.values()["persons"] == 20


def test_in_production_it_is_refused(town: ToldTown) -> None:
    settings = replace(town.installation.settings, mode="production")
    with pytest.raises(Refused, match=r"issuer\.not_in_production"):
        tell_at_scale(replace(town.telling, settings=settings), lambda _: None)


def test_how_far_it_has_come_is_written_down_before_and_after_each_week(tmp_path: Path) -> None:
    begun = Begun(tmp_path, "vallees")
    assert begun.read() == (0, False)
    begun.begin(0)
    assert begun.read() == (0, True)
    begun.finish(0, {"vallees-p1": {"care/begin/0": {"entries": ["x"]}}})
    assert begun.read() == (1, False)
    assert begun.memory()["vallees-p1"]["care/begin/0"]["entries"] == ["x"]


def test_what_was_recorded_is_remembered_not_asked_of_someone_who_may_have_left() -> None:
    house = CROWD.houses[0]
    moment = next(m for m in lives(house) if m.path.endswith("/themes-considered"))
    asked: list[str] = []

    def app(environ: dict[str, Any], start: Any) -> list[bytes]:
        asked.append(environ["PATH_INFO"])
        start("201 Created", [])
        return [b'{"id": null, "entries": ["e"], "version": 2}']

    door = NearDoor("http://127.0.0.1", lambda who: who.key, app=app)
    teller = HouseTeller(house, door, lambda _: None)
    (opening,) = moment.names
    teller.remember({moment.life: {opening: {"id": "the-plan", "entries": [], "items": []}}})
    teller.tell([moment])
    assert asked == [moment.path.format("the-plan")]
    assert teller.memory()[moment.life][moment.name]["entries"] == ["e"]
