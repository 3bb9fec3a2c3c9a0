"""Everything that happens in a house over two years, in the order of its days: pure, from a seed."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge

from cosigne.crowd import House
from cosigne.demo.scale.between import between
from cosigne.demo.scale.life import Life
from cosigne.demo.scale.minors import minors
from cosigne.demo.scale.moments import Moment
from cosigne.demo.scale.networks import network
from cosigne.demo.scale.plans import plans
from cosigne.demo.scale.portraits import portraits
from cosigne.demo.scale.process import process
from cosigne.demo.scale.relations import relations
from cosigne.demo.scale.research import research
from cosigne.demo.scale.resources import resources
from cosigne.demo.scale.scene import scene
from cosigne.demo.scale.summaries import summaries
from cosigne.demo.scale.urgent import urgent

THREADS = (
    relations, portraits, resources, network, between, plans, process,
    minors, research, summaries, urgent,
)  # fmt: skip


def life_of(life: Life) -> Iterator[Moment]:
    """A person's moments, those of every thread."""
    yield from merge(*(thread(life) for thread in THREADS), key=lambda moment: moment.at)


def lives(house: House) -> Iterator[Moment]:
    """Everybody's. Nothing is held but the place where each life has come to."""
    everyone = (life_of(Life(house, number)) for number in range(1, house.persons + 1))
    yield from merge(scene(house), *everyone, key=lambda moment: moment.at)
