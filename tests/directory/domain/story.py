"""The people these tests tell of, their acts, and given / when / then."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from shared.coproduction import replay
from shared.kernel import Act, Contributor, Fact

NOON = datetime(2030, 3, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Someone:
    id: UUID
    role: str


AWA = Someone(uuid4(), "person")
KIM = Someone(uuid4(), "practitioner")
ROY = Someone(uuid4(), "practitioner")
NEL = Someone(uuid4(), "privacy_officer")
PAT = Someone(uuid4(), "administrator")
MAY = Someone(uuid4(), "relative")
REP = Someone(uuid4(), "representative")
HOUSE = uuid4()


def act(by: Someone = PAT, *, author: Someone | None = None, at: datetime = NOON) -> Act:
    """An act about Awa; noted by `by`, by someone else's will when `author` is named."""
    author = author or by
    named = {by.id: by, author.id: author}
    return Act(
        tenant=HOUSE,
        subject=AWA.id,
        actor=by.id,
        author=author.id,
        at=at,
        occurred=at,
        command=uuid4(),
        contributors=tuple(
            Contributor(
                party=p.id,
                role=p.role,
                part="wrote" if p is by else "agreed",
                attestation="own" if p is by else "claimed",
            )
            for p in named.values()
        ),
    )


def about_the_house(by: Someone = PAT, *, at: datetime = NOON) -> Act:
    return replace(act(by, at=at), subject=HOUSE)


class Story:
    """One stream told command by command: `when` answers the facts, `state` what follows."""

    def __init__(self, state: Any, clock: Callable[[], datetime]) -> None:
        self.empty = self.state = state
        self.facts: list[Fact] = []
        self.clock = clock

    def when(
        self,
        asked: type[Any],
        /,
        by: Someone = PAT,
        *,
        author: Someone | None = None,
        at: datetime | None = None,
        **fields: Any,
    ) -> Sequence[Any]:
        told = act(by, author=author, at=at or self.clock())
        if self.state.id == HOUSE:
            told = replace(told, subject=HOUSE)
        facts = list(self.state.decide(asked(act=told, stream=self.state.id, **fields)))
        self.facts += facts
        # what the ledger would load next time is what the next command meets
        self.state = replay(self.empty, self.facts)
        versions = [f.originator_version for f in self.facts]
        assert versions == list(range(1, len(self.facts) + 1))
        return facts
