"""A log of portraits: fictional persons who answer, place stars, show it and are read by others.

Decided by the same rules, sealed under the same keys and stored by the same statement as in use;
only HTTP is left out.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from bench.ground import Ground
from services.assessment.domain.assessment import Assessment
from services.assessment.domain.commands import (
    DiscussTheme,
    NoteView,
    OpenAssessment,
    PlaceStar,
    RateTheme,
    ShareAssessment,
)
from shared.access.reads import read_fact
from shared.http.service import keys_of
from shared.kernel import Act, Command, Contributor, Fact
from shared.postgres.pool import connect
from shared.store.appending import Appending, append_many
from shared.store.factory import combine_pool
from shared.store.mapper import FactMapper
from shared.store.stored import Stored

SEED, NAMES = 20260116, UUID("5b2f6a0e-9c1d-4f0a-8a53-1f6f0a7f3cbe")
THEMES = tuple(f"theme-{n}" for n in range(55))
WORDS = "Depuis le printemps je sors davantage, et j’ai repris le jardin avec ma sœur. "
BATCH = 4000  # rows in a statement
READ = read_fact("assessment")


@dataclass
class Life:
    """One fictional person of an organisation, whose ids and words follow from a number."""

    number: int
    tenants: int

    def __post_init__(self) -> None:
        self.chance = random.Random(f"{SEED}/{self.number}")
        self.tenant = uuid5(NAMES, f"tenant/{self.number % self.tenants}")
        self.her = uuid5(NAMES, f"person/{self.number}")
        self.worker = uuid5(NAMES, f"worker/{self.number % 600}")
        self.counted = 0

    def act(self, at: datetime, *, worker: bool = False) -> Act:
        """Hers, or the worker's beside her."""
        self.counted += 1
        who, role = (self.worker, "practitioner") if worker else (self.her, "person")
        parts = [Contributor(party=who, role=role, part="wrote", attestation="own")]
        if worker:
            parts.append(Contributor(party=self.her, role="person", part="discussed"))
        return Act(
            tenant=self.tenant, subject=self.her, actor=who, author=who, at=at, occurred=at,
            command=uuid5(self.her, f"command/{self.counted}"), contributors=tuple(parts),
            setting="together" if worker else "alone",
        )  # fmt: skip

    def sitting(self, number: int) -> Iterator[list[Fact]]:
        """The facts of each command of one sitting."""
        at = datetime(2024, 1, 8, 9, tzinfo=UTC) + timedelta(days=150 * number + self.number % 90)
        stream, chance = uuid5(self.her, f"assessment/{number}"), self.chance
        state = Assessment(stream)
        opening = OpenAssessment(
            act=self.act(at), stream=stream, catalogue=uuid5(NAMES, "catalogue"),
            kind="quality_of_life", themes=THEMES, lowest=0, highest=100,
        )  # fmt: skip
        answered = chance.sample(THEMES, chance.randrange(30, 55))
        act = self.act(at + timedelta(minutes=20))
        rated: list[Command] = [
            RateTheme(
                act=act, stream=stream, theme=theme, value=chance.randrange(0, 101),
                comment=WORDS * chance.randrange(1, 4) if chance.random() < 0.3 else None,
            )
            for theme in answered
        ]  # fmt: skip
        later, beside = (
            self.act(at + timedelta(days=3)),
            self.act(at + timedelta(days=4), worker=True),
        )
        stars: list[Command] = [
            PlaceStar(act=later, stream=stream, theme=t, rank=rank)
            for rank, t in enumerate(answered[:3], 1)
        ]
        show = ShareAssessment(
            act=self.act(at + timedelta(days=3)), stream=stream,
            parts=("quality_of_life",), audience=(self.worker,),
        )  # fmt: skip
        talk: list[Command] = [
            NoteView(act=beside, stream=stream, theme=answered[0], words=WORDS, value=60),
            DiscussTheme(act=beside, stream=stream, theme=answered[1], words=WORDS),
        ]
        for commands in ([opening], rated, stars, [show], talk):
            facts: list[Fact] = []
            for command in commands:
                decided = state.decide(command)
                for fact in decided:
                    state = state.follow(fact)  # type: ignore[assignment]
                facts += decided
            yield facts
        for look in range(8):
            yield [self.look(at + timedelta(days=4 + look), stream)]

    def look(self, at: datetime, stream: UUID) -> Fact:
        del stream
        act = self.act(at, worker=True)
        seen = Act(
            tenant=act.tenant, subject=act.subject, actor=act.actor, author=act.author, at=at,
            occurred=at, command=act.command,
        )  # fmt: skip
        return READ(uuid5(act.command, "look"), 1, at, seen, "assessment", "care", "practitioner")


def written(here: Ground, persons: int, events: int, tenants: int = 20) -> int:
    """Store at least so many events, one sitting of everyone after the other; how many."""
    pool = combine_pool(here.settings.conninfo("assessment", "combine"))
    lives = [Life(number, tenants) for number in range(persons)]
    stored, waiting = 0, []  # type: int, list[Appending]
    with pool, keys_of(here.settings) as keys:
        mapper = FactMapper(keys)
        for number in range(100):
            for life in lives:
                for facts in life.sitting(number):
                    waiting.append(Appending.of([sealed(mapper, fact) for fact in facts]))
                    stored += len(facts)
                if stored >= events or sum(len(a.rows) for a in waiting) >= BATCH:
                    with pool.connection() as connection:
                        append_many(connection, waiting)
                    waiting.clear()
                if stored >= events:
                    return settled(here, stored)
    raise SystemExit(f"{persons} persons do not fill {events} events")


def sealed(mapper: FactMapper, fact: Fact) -> Stored:
    return mapper.to_stored_event(fact)


def settled(here: Ground, stored: int) -> int:
    """Seal, check that nothing is missing, and do what autovacuum would have done by now."""
    with connect(here.settings.conninfo("assessment", "sealer")) as sealer:
        while (sealer.execute("SELECT seal(5000)").fetchone() or (0,))[0] > 0:
            pass
    if here.ask("assessment", "SELECT count(*) FROM published") != stored:
        raise SystemExit("the log is not what was written: no figures")
    with connect(here.server.conninfo("assessment")) as connection:
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")
    return stored
