"""Her priorities: up to three stars over all themes, in an order if she wishes."""

from collections.abc import Sequence

from services.assessment.domain.commands import PlaceStar, RemoveStar
from services.assessment.domain.events import StarPlaced, StarRemoved
from services.assessment.domain.record import Record
from services.assessment.domain.voice import herself, need_her_word
from shared.access.eyes import eyes_of
from shared.kernel import Fact, Invalid, Refused

AT_MOST = 3


def place(state: Record, command: PlaceStar) -> Sequence[Fact]:
    need_her_word(command.act)
    state.need_theme(command.theme)
    if state.closed:
        raise Refused("assessment.closed")
    if command.rank is not None and not 1 <= command.rank <= AT_MOST:
        raise Invalid("star.rank_out_of_range", field="rank", most=AT_MOST)
    need_not_over_hers(state, command)
    placed = state.stars.get(command.theme)
    if placed is not None and placed.rank == command.rank:
        return []
    if placed is None and len(state.stars) >= AT_MOST:
        raise Refused("star.at_most", field="theme", most=AT_MOST)
    others = [star.rank for theme, star in state.stars.items() if theme != command.theme]
    if command.rank is not None and command.rank in others:
        raise Refused("star.rank_taken", field="rank", rank=command.rank)
    return [StarPlaced(*state.stamp(command), command.theme, command.rank)]


def remove(state: Record, command: RemoveStar) -> Sequence[Fact]:
    need_her_word(command.act)
    state.need_theme(command.theme)
    need_not_over_hers(state, command)
    placed = state.stars.get(command.theme)
    if placed is None:
        return []
    return [StarRemoved(*state.stamp(command), command.theme)]


def need_not_over_hers(state: Record, command: PlaceStar | RemoveStar) -> None:
    """As long as she keeps one star of hers to herself, the same refusal for every theme."""
    if herself(command.act):
        return
    eyes = eyes_of(command.act, command.act.actor)
    hers = {theme for theme, star in state.stars.items() if state.hers(star.id)}
    if command.theme in hers or not all(state.shows(theme, eyes) for theme in hers):
        raise Refused("star.hers", field="act.author")
