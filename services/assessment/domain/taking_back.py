"""What she said herself, or has made hers by confirming it, is taken back by no one else."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from services.assessment.domain.answers import HERS
from shared.coproduction import Coproduced, MisfileEntry, WithdrawWords
from shared.kernel import Denied, Refused


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
