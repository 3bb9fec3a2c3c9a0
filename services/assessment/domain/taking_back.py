"""What she said herself, or has made hers by confirming it, is taken back by no one else."""

from typing import Any

from services.assessment.domain.answers import HERS
from shared.coproduction import Coproduced, MisfileEntry, WithdrawWords
from shared.kernel import Denied


def need_hers_to_take_back(state: Coproduced, command: Any) -> None:
    """Not even as misfiled: what she said in her own record is in the right one."""
    if not isinstance(command, WithdrawWords | MisfileEntry):
        return
    entry = state.entries.get(command.entry)
    if entry is None or entry.act.author != entry.act.subject:
        return
    subject = entry.act.subject
    if command.act.actor != subject and entry.says(subject) in HERS:
        raise Denied("entry.hers_to_take_back", field="entry")
