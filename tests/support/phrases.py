"""A small view and its facts, of no service: which phrases stands a person by?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from shared import coproduction as co
from shared.kernel import Fact
from shared.store.told import Told
from shared.store.views import Key, Row, View


@dataclass(frozen=True)
class PhraseSaid(Fact):
    TOPIC: ClassVar[str] = "phrases.phrase_said"
    phrase: str


@dataclass(frozen=True)
class PhraseTakenBack(co.WordsWithdrawn):
    TOPIC: ClassVar[str] = "phrases.words_withdrawn"


@dataclass(frozen=True)
class PhraseRow(Row):
    phrase: str
    times: int
    last: int
    tags: tuple[str, ...] = ()


class Phrases(View[PhraseRow]):
    name = "phrases"
    row = PhraseRow
    key = ("tenant_id", "subject_id", "phrase")
    sources = frozenset({"assessment"})
    listens = frozenset({"phrases.phrase_said"})
    poison: ClassVar[str] = "poison"

    def keys(self, told: Told) -> Iterable[Key]:
        if not told.readable:
            return []
        return [(told.tenant, told.subject, told.body["phrase"])]

    def fold(self, key: Key, row: PhraseRow | None, told: Told) -> PhraseRow | None:
        if key[2] == self.poison:
            raise ValueError("a phrase that this view cannot bear")
        known = row or PhraseRow(*key, times=0, last=0)
        return replace(known, times=known.times + 1, last=told.gpos, tags=("said", str(key[2])))
