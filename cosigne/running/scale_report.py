"""What a telling at scale came to, in figures, counted from the sealed logs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from cosigne.crowd import Crowd
from cosigne.demo.scale.life import LONG
from cosigne.running.counting import plans_with_a_no, positions, stored_bytes, types
from cosigne.running.peaks import peak_of_workers
from cosigne.running.scale import Heard
from shared.settings import Settings

MEGABYTE = 1_000_000
READ = "record_read"


@dataclass(frozen=True)
class Report:
    """`events` by service; `told` in this run; `worker` None where the system does not tell."""

    crowd: Crowd
    events: Mapping[str, int]
    looks: int
    requests: int
    told: int
    seconds: float
    waited: float
    bytes_per_event: float
    teller: int
    worker: int | None
    plans: int
    holding: int
    gapless: bool
    refused: Mapping[str, int]

    @property
    def refusals(self) -> int:
        return sum(self.refused.values())

    @property
    def share(self) -> float:
        return self.holding / self.plans if self.plans else 0.0

    @property
    def longest(self) -> str:
        return self.crowd.houses[0].one("p", LONG).key

    def values(self) -> dict[str, object]:
        """What the sentences of the command line need."""
        houses, events = self.crowd.houses, sum(self.events.values())
        return {
            "persons": sum(house.persons for house in houses),
            "practitioners": sum(house.practitioners for house in houses),
            "projects": sum(house.programmes for house in houses),
            "events": events,
            "looks": self.looks,
            "requests": self.requests,
            "seconds": round(self.seconds),
            "rate": round(self.told / self.seconds) if self.seconds else 0,
            "waited": round(self.waited),
            "bytes": round(self.bytes_per_event),
            "teller": round(self.teller / MEGABYTE),
            "worker": round(self.worker / MEGABYTE) if self.worker else "?",
            "plans": self.plans,
            "holding": self.holding,
            "share": round(100 * self.share, 1),
        }


def report(
    settings: Settings, crowd: Crowd, told: Mapping[str, Heard], seconds: float, waited: float
) -> Report:
    tenants = [house.organisation.id for house in crowd.houses]
    found, standing = types(settings, tenants), positions(settings)
    events: Counter[str] = Counter()
    for name, count in found.items():
        events[name.partition(".")[0]] += count
    refused: Counter[str] = Counter()
    for heard in told.values():
        refused.update(heard.tally.refused)
    plans, holding = plans_with_a_no(settings, tenants)
    return Report(
        crowd=crowd,
        events=events,
        looks=sum(count for name, count in found.items() if name.endswith(READ)),
        requests=sum(heard.tally.asked for heard in told.values()),
        told=sum(heard.tally.entries + heard.tally.looks for heard in told.values()),
        seconds=seconds,
        waited=waited,
        bytes_per_event=stored_bytes(settings) / max(1, sum(one.events for one in standing)),
        teller=max((heard.peak for heard in told.values()), default=0),
        worker=peak_of_workers(settings),
        plans=plans,
        holding=holding,
        gapless=all(one.gapless for one in standing),
        refused=refused,
    )
