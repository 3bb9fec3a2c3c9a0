"""What she said herself, or has made hers by confirming it, is taken back by no one else."""

from typing import Any

from services.assessment.domain.answers import HERS
from shared.coproduction import Coproduced, MisfileEntry, WithdrawWords
from shared.kernel import Denied


def need_hers_to_take_back(state: Coproduced, command: Any) -> None:
    """A privacy officer may still say that an entry is in the wrong record altogether."""
    if not isinstance(command, WithdrawWords | MisfileEntry):
        return
    entry = state.entries.get(command.entry)
    if entry is None or entry.act.author != entry.act.subject:
        return
    act, subject = command.act, entry.act.subject
    officer = isinstance(command, MisfileEntry) and act.role_of(act.actor) == "privacy_officer"
    if act.actor != subject and not officer and entry.says(subject) in HERS:
        raise Denied("entry.hers_to_take_back", field="entry")
