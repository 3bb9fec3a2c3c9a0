"""One action as it stands: whom it falls to, whether they took it on, and whether it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from services.plans.domain.events import (
    ActionAccepted,
    ActionAdded,
    ActionAssigned,
    ActionDone,
    ActionDropped,
)
from services.plans.domain.voice import Said


@dataclass(frozen=True)
class Action:
    """What was said about one action, in order, from its adding on."""

    id: UUID
    said: tuple[Said, ...]

    @property
    def added(self) -> ActionAdded:
        fact = self.said[0].fact
        assert isinstance(fact, ActionAdded)  # noqa: S101 - the plan groups from an adding on
        return fact

    @property
    def goal(self) -> UUID:
        return self.added.goal

    @property
    def words(self) -> str:
        return self.added.words

    @cached_property
    def assignment(self) -> Said:
        """The entry that says whom it falls to."""
        kinds = (ActionAdded, ActionAssigned)
        since = (s for s in self.said[1:] if isinstance(s.fact, kinds) and s.stands())
        return [self.said[0], *since][-1]

    @property
    def responsible(self) -> UUID | None:
        fact = self.assignment.fact
        return fact.responsible if isinstance(fact, ActionAdded | ActionAssigned) else None

    @property
    def due(self) -> date | None:
        fact = self.assignment.fact
        return fact.due if isinstance(fact, ActionAdded | ActionAssigned) else None

    @property
    def acceptance(self) -> str | None:
        """How whom it falls to took it on: own, confirmed, noted; None while they have not."""
        if self.responsible is None:
            return None
        since = self.said[self.said.index(self.assignment) :]
        words = [s for s in since if isinstance(s.fact, ActionAccepted) or s is self.assignment]
        stances = [s.stance(self.responsible) for s in words]
        return next((s for s in ("own", "confirmed", "noted") if s in stances), None)

    @property
    def stands(self) -> bool:
        return self.said[0].stands()

    @cached_property
    def status(self) -> str:
        """One word: open, done, dropped or disputed."""
        if not self.stands:
            return "disputed"
        ends = [s for s in self.said if isinstance(s.fact, ActionDone | ActionDropped)]
        last = next((s for s in reversed(ends) if s.stands()), None)
        if last is None:
            return "open"
        return "done" if isinstance(last.fact, ActionDone) else "dropped"
