"""An import: an administrator brings in the organisation's own files, from a beginning to an end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from services.directory.domain import checked
from services.directory.domain import events as e
from services.directory.domain.standing import Standing
from shared.kernel import Command, Fact, Invalid, NotFound, Refused

LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class BeginImport(Command):
    opens: ClassVar[bool] = True
    source: str


@dataclass(frozen=True, kw_only=True)
class EndImport(Command):
    read: int
    noted: int
    set_aside: int


@dataclass(frozen=True)
class Import(Standing):
    begun: e.ImportBegun | None = None
    ended: e.ImportEnded | None = None

    @property
    def under_way(self) -> bool:
        return self.begun is not None and self.ended is None

    def choose(self, command: Any) -> Sequence[Fact]:
        match command:
            case BeginImport():
                return self.begin(command)
            case EndImport():
                return self.end(command)
            case _:
                raise TypeError(command)

    def begin(self, asked: BeginImport) -> Sequence[Fact]:
        """Under way already, it goes on where it was; ended, it is begun again."""
        source = checked.text(asked.source, "source", LONGEST)
        if self.begun is not None and self.under_way:
            if self.begun.act.actor != asked.act.actor:
                raise Refused("import.under_way", field="id")
            return []
        return [e.ImportBegun(*self.stamp(asked), source)]

    def end(self, asked: EndImport) -> Sequence[Fact]:
        if self.begun is None:
            raise NotFound("import.unknown")
        if asked.read != asked.noted + asked.set_aside:
            raise Invalid("import.counts", field="read")
        if not self.under_way:
            return []
        return [e.ImportEnded(*self.stamp(asked), asked.read, asked.noted, asked.set_aside)]

    def evolve(self, fact: Any) -> Import:
        known = replace(self, version=fact.originator_version)
        match fact:
            case e.ImportBegun():
                return replace(known, begun=fact, ended=None)
            case e.ImportEnded():
                return replace(known, ended=fact)
            case _:
                return known
