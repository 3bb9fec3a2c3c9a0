"""What was worked out of a record before a fact and still holds after it, however long the record."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from services.assessment.domain.answers import NOTHING, Answered, Kept, heard
from shared.coproduction import ANSWERS
from shared.kernel import Fact, Unreadable

# what follows from all facts, and is worked out when it is asked for
WORKED_OUT = ("opened", "person", "kept", "threads", "stars", "views", "sharings", "besides")


def still_true(
    known: Mapping[str, Any], fact: Fact, says: Callable[[UUID], str | None]
) -> Mapping[str, Any]:
    """Of what is known of a record, what is still true once this fact follows.

    What is said of an entry may change all that follows from it. An answer changes only what is
    kept of its theme; any other fact is one besides the answers, and leaves these as they are.
    """
    if isinstance(fact, (*ANSWERS, Unreadable)):
        return {}
    found = {name: known[name] for name in WORKED_OUT if name in known}
    if not isinstance(fact, Answered):
        besides = {"besides": (*found["besides"], fact)} if "besides" in found else {}
        return {name: found[name] for name in ("kept", "person") if name in found} | besides
    if "kept" in found and says(fact.id) != "disputed":
        kept: Mapping[str, Kept] = found["kept"]
        now = heard(kept.get(fact.theme, NOTHING), fact, says)
        found["kept"] = {**kept, fact.theme: now}
    return found
