"""What she said herself, or has made hers by confirming it, is taken back by no one else.

An answer of hers that is taken back leaves its place empty: the one she had replaced by it is not
what she says today, and what she kept to herself does not show because its words are gone.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from services.assessment.domain.answers import HERS, Kept
from services.assessment.domain.events import WordsWithdrawn
from shared.coproduction import Coproduced, MisfileEntry, WithdrawWords
from shared.kernel import Denied, Fact, Refused


def need_hers_to_take_back(
    state: Coproduced, command: Any, carries_hers: Callable[[UUID], bool]
) -> None:
    """Not even as misfiled: what she said in her own record is in the right one.

    Nor what was noted for her, once something she said herself rests on it: it would go with it.
    """
    if not isinstance(command, WithdrawWords | MisfileEntry):
        return
    entry = state.entries.get(command.entry)
    if entry is None or entry.act.author != entry.act.subject:
        return
    subject = entry.act.subject
    if command.act.actor == subject:
        return
    if entry.says(subject) in HERS:
        raise Denied("entry.hers_to_take_back", field="entry")
    if carries_hers(entry.id):
        raise Refused("entry.others_rest_on_it", field="entry")


def empty_its_place(facts: Sequence[Fact], kept: Iterable[tuple[str, Kept]]) -> Sequence[Fact]:
    """The same facts, saying where an answer of hers stood whose words go."""
    stood = {k.stands.entry: (theme, k) for theme, k in kept if k.stands and k.stands.hers}
    return [
        placed(f, *stood[f.entry]) if isinstance(f, WordsWithdrawn) and f.entry in stood else f
        for f in facts
    ]


def placed(fact: WordsWithdrawn, theme: str, kept: Kept) -> Fact:
    hand = kept.by_hand
    return replace(fact, theme=theme, visibility=hand.visibility, audience=hand.audience)
