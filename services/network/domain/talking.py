"""Talking about a tie: she, and those to whom she shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from services.network.domain.commands import DiscussTie
from services.network.domain.events import TieDiscussed
from services.network.domain.seeing import through
from shared.access.eyes import eyes_of
from shared.kernel import Command, Fact, Invalid, NotFound

if TYPE_CHECKING:
    from services.network.domain.network import Network


def discuss(network: Network, command: DiscussTie) -> Sequence[Fact]:
    """Of a tie that is not shown to whoever writes, nothing can be written nor guessed."""
    words = command.words.strip()
    if not words:
        raise Invalid("text.empty", field="words")
    seen = through(network, eyes_of(command.act, command.act.actor), command.today)
    if seen is None or command.tie not in seen.map.ties:
        raise NotFound("tie.unknown", field="tie")
    return [TieDiscussed(*network.stamp(command), command.tie, words)]


RULES: Mapping[type[Command], Callable[[Any, Any], Sequence[Fact]]] = {DiscussTie: discuss}
