"""Copies of her record: those she makes, and the papers that are handed to her."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar
from uuid import UUID, uuid5

from services.reporting.domain.events import VOICES, CopyGiven, ExportMade
from shared.coproduction import Coproduced
from shared.kernel import Command, Denied, Fact, Invalid

FORMS = ("screen", "paper", "aloud")
# what a paper may hold; `record` is all of it
SCOPES = ("assessment", "strengths", "network", "plan", "summary", "decision", "record")
WHOLE = "record"
OWN, ASKED = "own_copy", "right_of_access"
# asked for under the law, and answered with a copy of all of it
ANSWERED_WITH_ALL = frozenset({"access", "copy", "portability"})
MOST_PIECES = 200


def stream_of(person: UUID) -> UUID:
    """The one stream in which the copies of a record are told."""
    return uuid5(person, "copies")


@dataclass(frozen=True, kw_only=True)
class MakeCopy(Command):
    """All of it, for herself, or for her by the privacy officer whom she asked."""

    opens: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class GiveCopy(Command):
    """A paper handed over, or read aloud, of what is shown; `rights` are those it answers.

    All of her record is handed over because she asked for it, and by whoever need not read it.
    """

    opens: ClassVar[bool] = True

    audience: UUID
    scope: str
    form: str
    pieces: tuple[UUID, ...] = ()
    rights: tuple[str, ...] = ()


@dataclass(frozen=True)
class Copies(Coproduced):
    voices = VOICES
    version_is_hers: ClassVar[bool] = True  # it counts the copies she made

    def evolve(self, fact: Fact) -> Copies:
        return replace(self, version=fact.originator_version)

    def choose(self, command: Any) -> Sequence[Fact]:
        rule: Callable[[Any, Any], Sequence[Fact]] = RULES[type(command)]
        return rule(self, command)


def make(copies: Copies, command: MakeCopy) -> Sequence[Fact]:
    if command.act.author != command.act.actor:
        raise Denied("copy.own_sign_in", field="act.author")
    hers = command.act.actor == command.act.subject
    return [ExportMade(*copies.stamp(command), "record", OWN if hers else ASKED)]


def give(copies: Copies, command: GiveCopy) -> Sequence[Fact]:
    if command.act.author != command.act.actor:
        raise Denied("copy.own_sign_in", field="act.author")
    if command.form not in FORMS:
        raise Invalid("value.not_in_list", field="form", allowed=", ".join(FORMS))
    if command.scope not in SCOPES:
        raise Invalid("value.not_in_list", field="scope", allowed=", ".join(SCOPES))
    if command.scope == WHOLE and not ANSWERED_WITH_ALL.intersection(command.rights):
        raise Invalid("copy.not_asked", field="act.because_of")
    if len(command.pieces) > MOST_PIECES:
        raise Invalid("length.too_large", field="pieces", max=MOST_PIECES)
    told = (command.audience, command.scope, command.form, command.pieces)
    return [CopyGiven(*copies.stamp(command), *told)]


RULES: Mapping[type[Command], Callable[[Any, Any], Sequence[Fact]]] = {
    MakeCopy: make,
    GiveCopy: give,
}
