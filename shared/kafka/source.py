"""The source port over Kafka: what its partitions bring, mended from the sealed log itself.

Of each lane only what follows without a gap is passed on. What does not come within some seconds,
because a record was lost, or is no longer kept, or the brokers or the relay are away, is read from
the log. So views go on, a little later, whatever becomes of Kafka.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Collection, Mapping, Sequence
from operator import attrgetter
from uuid import UUID

from shared.kafka.cluster import TROUBLE, Cluster
from shared.kafka.missing import PATIENCE, Missing
from shared.kafka.partitions import Partitions
from shared.kafka.record import Arrived
from shared.kafka.relayed import Relayed, RelayedLog
from shared.kafka.waiting import Waiting
from shared.store.source import EVERY, LANES, Page, Sealed, Wanted
from shared.telemetry.instruments import CONSUMED
from shared.telemetry.words import Word

LOOK_SECONDS = 0.02  # how often it is asked how far the log goes
AGAIN_SECONDS = 0.25  # how often idle lanes are moved, and looked at, where others follow the rest
CONNECT_SECONDS = 3.0  # between two tries
MOST_WAITING = 4000  # in one partition, behind a gap; then no more is fetched of it

log = logging.getLogger("cosigne.kafka")


class KafkaLog:
    """Another service's events for one group of consumers, whose members share the partitions."""

    def __init__(
        self, sealed: RelayedLog, cluster: Cluster, group: str, patience: float = PATIENCE
    ) -> None:
        self.name, self._log, self._cluster, self._group = sealed.name, sealed, cluster, group
        self._looked: tuple[float, Relayed | None] = (0.0, None)
        self._partitions: Partitions | None = None
        self._waiting, self._missing = Waiting(), Missing(patience)
        self._tried = self._again = 0.0
        self._era = 0  # of which the reader was told: it stands somewhere in that one

    def head(self) -> Page:
        known = self._look()
        self._era = known.era
        return Page((), known.era, known.head, known.sealed_at, known.head)

    def page(self, after: int, limit: int, wanted: Wanted = EVERY) -> Page:
        return self._log.page(after, limit, wanted)

    def of_subject(self, tenant: UUID, subject: UUID, upto: int) -> Sequence[Sealed]:
        return self._log.of_subject(tenant, subject, upto)

    def follow(self, stood: Mapping[int, int], limit: int, wanted: Wanted = EVERY) -> Page:
        """What came for the lanes of this member, or should have come long ago."""
        moved = self._fetch(stood)
        known = self._look()
        if known.era != self._era:
            return self._told((), {}, known, (), moved=True)
        away = self._missing.away(known, stood, connected=self._partitions is not None)
        events: list[Sealed] = []
        reached: dict[int, int] = {}
        due: list[int] = []
        for lane in self._lanes(away=away):
            run, reached[lane] = self._waiting.lane(lane).run(stood[lane], limit - len(events))
            events += run
            if self._lacks(lane, reached[lane], known):
                if self._missing.overdue(lane, reached[lane]):
                    due.append(lane)
            else:
                self._missing.found(lane)
                # nothing of this lane stands between its last event and how far the relay has come
                if reached[lane] >= known.lanes.get(lane, 0):
                    reached[lane] = max(reached[lane], known.upto)
            if away and reached[lane] < known.head:
                due.append(lane)
        events += self._mended(sorted(set(due)), reached, limit, wanted)
        busy = {*due, *(event.lane for event in events)}
        return self._told(events, reached, known, busy, moved=moved)

    def close(self) -> None:
        self._leave()
        self._log.close()

    def _look(self, *, anew: bool = False) -> Relayed:
        looked, known = self._looked
        if known is None or anew or time.monotonic() - looked > LOOK_SECONDS:
            before, known = known, self._log.relayed()
            self._looked = (time.monotonic(), known)
            if before is not None and before.era != known.era:
                self._waiting, self._missing = Waiting(), Missing(self._missing.patience)
        return known

    def _fetch(self, stood: Mapping[int, int]) -> bool:
        """Whether others follow now what this member did, or the other way round."""
        try:
            if self._partitions is None:
                if time.monotonic() - self._tried < CONNECT_SECONDS:
                    return False
                self._tried = time.monotonic()
                self._partitions = Partitions(self._cluster, self.name, self._group)
            self._partitions.used(stood)
            arrived, moved = self._partitions.poll(self._full(self._partitions))
        except TROUBLE as trouble:
            log.warning("no events of %s by Kafka: %s", Word(self.name), trouble)
            self._leave()
            return True
        if moved:
            self._waiting.keep(self._partitions.lanes)
        for one in arrived:
            self._put(one)
        if arrived:
            CONSUMED.add(
                len(arrived), self.name, "kafka", "poll", self._cluster.topic(self.name), None
            )
        return moved

    def _put(self, one: Arrived) -> None:
        """What the log itself does not know of is not believed: whoever sent it is no relay."""
        event, known = one.event, self._look()
        if event.era > known.era or (event.era == known.era and event.gpos > known.head):
            known = self._look(anew=True)
        if event.era == known.era and event.gpos <= known.head:
            self._waiting.put(one)
        elif event.era >= known.era:
            log.critical("%s never sealed %s of era %s", Word(self.name), event.gpos, event.era)

    def _lanes(self, *, away: bool) -> list[int]:
        if away:  # whoever else does the same: each lane is moved by one of them
            return list(range(LANES))
        mine = self._partitions.lanes if self._partitions is not None else frozenset[int]()
        return sorted(mine | self._waiting.occupied())

    def _lacks(self, lane: int, reached: int, known: Relayed) -> bool:
        waiting = self._waiting.lane(lane)
        if waiting.goes_on(reached):
            return False
        late = reached < known.lanes.get(lane, 0)
        quiet = self._partitions is not None and self._partitions.quiet(lane)
        return waiting.gap(reached) or (late and quiet)

    def _mended(
        self, due: Sequence[int], reached: dict[int, int], limit: int, wanted: Wanted
    ) -> list[Sealed]:
        """The next stretch of the log for lanes that lack it; each is moved on by as much."""
        if not due:
            return []
        after = min(reached[lane] for lane in due)
        alone = wanted._replace(share=due[0], shares=LANES)
        page = self._log.page(after, limit, alone if len(due) == 1 else wanted)
        if page.era != self._era:
            return []
        found = [e for e in page.events if e.lane in due and e.gpos > reached[e.lane]]
        for lane in due:
            reached[lane] = max(reached[lane], page.upto)
            self._missing.mended(lane, reached[lane])
        log.info("%s: %d lanes mended from its log up to %d", Word(self.name), len(due), page.upto)
        return found

    def _told(
        self,
        events: Sequence[Sealed],
        reached: Mapping[int, int],
        known: Relayed,
        busy: Collection[int],
        *,
        moved: bool,
    ) -> Page:
        now = time.monotonic()
        partly = len(reached) < LANES
        again = now - self._again > AGAIN_SECONDS and (partly or bool(self._missing))
        if again:
            self._again = now
        elif partly:
            # moving idle lanes writes a row for each: not with every event of the others
            reached = {lane: upto for lane, upto in reached.items() if lane in busy}
        upto = min(reached.values(), default=0)
        told = sorted(events, key=attrgetter("gpos"))
        return Page(told, known.era, known.head, known.sealed_at, upto, reached, moved or again)

    def _full(self, partitions: Partitions) -> list[int]:
        waiting = [0] * max(1, partitions.count)
        for lane, number in self._waiting.numbers():
            waiting[partitions.partition(lane)] += number
        return [partition for partition, number in enumerate(waiting) if number > MOST_WAITING]

    def _leave(self) -> None:
        if self._partitions is not None:
            self._partitions.close()
        self._partitions, self._waiting = None, Waiting()
