"""What the plan may be about: themes considered, left out by her, and taken up again by her."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from services.plans.domain.events import (
    LeftOut,
    PlanOpened,
    ThemeConsidered,
    ThemeDeclined,
    ThemeReconsidered,
)
from services.plans.domain.naming import names_it
from services.plans.domain.voice import FIRM, Said, in_force
from shared.kernel import Act, Refused
from shared.naming import normal


@dataclass(frozen=True)
class Declined:
    """A theme out of the plan: carried over from the plan before, or by which entry of this one."""

    theme: str
    names: tuple[str, ...] = ()
    carried: bool = False
    said: Said | None = None

    @property
    def known_as(self) -> frozenset[str]:
        return frozenset(normal(n) for n in (self.theme, *self.names))

    def also(self, names: Iterable[str]) -> Declined:
        return replace(self, names=tuple(dict.fromkeys((*self.names, *names))))

    def left_out(self) -> LeftOut:
        return LeftOut(self.theme, self.names)


@dataclass(frozen=True)
class Themes:
    """Everything said about themes in one plan, in order."""

    person: UUID
    said: tuple[Said, ...] = ()

    @cached_property
    def left_out(self) -> tuple[Declined, ...]:
        """The themes out of the plan now: by her firm word, else as carried over, else as noted."""
        found = (self._decided(known, words) for known, words in self._spoken_of().values())
        return tuple(declined for declined in found if declined is not None)

    def _spoken_of(self) -> Mapping[str, tuple[Declined, list[Said]]]:
        """Per theme: under which names, and what she said of it in this plan."""
        found: dict[str, tuple[Declined, list[Said]]] = {}
        for said in self.said:
            match said.fact:
                case PlanOpened(left_out=carried):
                    for c in carried:
                        found[normal(c.theme)] = (Declined(c.theme, c.names, carried=True), [])
                case ThemeDeclined(theme=theme, names=names):
                    known, words = found.get(normal(theme), (Declined(theme), []))
                    found[normal(theme)] = (known.also(names), [*words, said])
                case ThemeReconsidered(theme=theme) if normal(theme) in found:
                    found[normal(theme)][1].append(said)
        return found

    def _decided(self, known: Declined, words: Sequence[Said]) -> Declined | None:
        word = in_force(self.person, words)
        if word is None or (known.carried and word.stance(self.person) not in FIRM):
            return known if known.carried else None
        return replace(known, said=word) if isinstance(word.fact, ThemeDeclined) else None

    @cached_property
    def considered(self) -> Mapping[str, Said]:
        """What anyone suggested talking about, and she did not leave out: the latest per theme."""
        latest = {
            normal(s.fact.theme): s
            for s in self.said
            if isinstance(s.fact, ThemeConsidered | ThemeReconsidered) and s.stands()
        }
        return {theme: s for theme, s in latest.items() if not self.out({theme})}

    def out(self, names: Iterable[str]) -> tuple[Declined, ...]:
        """The themes left out that go by one of these names."""
        asked = {normal(n) for n in names}
        return tuple(d for d in self.left_out if d.known_as & asked)

    def named_in(self, words: str) -> tuple[Declined, ...]:
        """The themes left out whose title these words hold; one common word alone is no title."""
        return tuple(
            d for d in self.left_out if names_it(words, (n for n in d.known_as if "-" in n))
        )

    def require_in(self, names: Iterable[str], field: str) -> None:
        """Raises Refused when she left one of these themes out."""
        for declined in self.out(names):
            raise Refused("theme.declined", field=field, theme=declined.theme)

    def require_unnamed(self, act: Act, words: str, field: str = "words") -> None:
        """Raises Refused when others' words bring back a theme she left out; hers are free."""
        if act.actor == act.author == self.person:
            return
        for declined in self.named_in(words):
            raise Refused("theme.declined", field=field, theme=declined.theme)
