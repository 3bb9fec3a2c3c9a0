"""Her priorities: up to three stars over all themes, in an order if she wishes."""

from collections.abc import Sequence

from services.assessment.domain.commands import PlaceStar, RemoveStar
from services.assessment.domain.events import StarPlaced, StarRemoved
from services.assessment.domain.record import Record
from services.assessment.domain.voice import herself, need_her_word
from shared.kernel import Fact, Invalid, Refused

AT_MOST = 3


def place(state: Record, command: PlaceStar) -> Sequence[Fact]:
    need_her_word(command.act)
    state.need_theme(command.theme)
    if state.closed:
        raise Refused("assessment.closed")
    if command.rank is not None and not 1 <= command.rank <= AT_MOST:
        raise Invalid("star.rank_out_of_range", field="rank", most=AT_MOST)
    placed = state.stars.get(command.theme)
    if placed is not None and placed.rank == command.rank:
        return []
    if placed is not None:
        need_not_over_hers(state, placed, command)
    elif len(state.stars) >= AT_MOST:
        raise Refused("star.at_most", field="theme", most=AT_MOST)
    others = [star.rank for theme, star in state.stars.items() if theme != command.theme]
    if command.rank is not None and command.rank in others:
        raise Refused("star.rank_taken", field="rank", rank=command.rank)
    return [StarPlaced(*state.stamp(command), command.theme, command.rank)]


def remove(state: Record, command: RemoveStar) -> Sequence[Fact]:
    need_her_word(command.act)
    state.need_theme(command.theme)
    placed = state.stars.get(command.theme)
    if placed is None:
        return []
    need_not_over_hers(state, placed, command)
    return [StarRemoved(*state.stamp(command), command.theme)]


def need_not_over_hers(state: Record, placed: StarPlaced, command: PlaceStar | RemoveStar) -> None:
    if state.hers(placed.id) and not herself(command.act):
        raise Refused("star.hers", field="act.author")
