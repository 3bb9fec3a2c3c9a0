"""All of a person's assessments, or the latest of them, as a reader may see them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from uuid import UUID

from services.assessment.api.seeing import eyes_of_reader, portrait_for, seen_in
from services.assessment.domain.assessment import Assessment
from services.assessment.domain.portrait import Portrait
from services.assessment.domain.sharings import Sharings
from services.assessment.views.assessments import assessments_of
from services.assessment.views.sharings import shares
from shared.http.admission import Reader
from shared.http.desk import Desk
from shared.kernel import NotFound


def portraits_for(desk: Desk, reader: Reader, kind: str | None = None) -> Iterable[Portrait]:
    """All of a person's assessments that show this reader anything, the first one first."""
    person = reader.person
    if person is None:
        return
    for state in states_of(desk, reader.tenant, person, kind):
        with suppress(NotFound):
            yield seen_in(state, reader)


def newest_for(desk: Desk, reader: Reader, kind: str | None, most: int) -> Sequence[Portrait]:
    """The latest of them, the first one first: read from the end, so that many cost no more."""
    person, found = reader.person, list[Portrait]()
    if person is None:
        return found
    known = desk.view(reader.tenant, lambda c: assessments_of(c, person, kind))
    for assessment in reversed(known):
        with suppress(NotFound):
            found.insert(0, portrait_for(desk, reader, assessment))
        if len(found) == most:
            break
    return found


def states_of(
    desk: Desk, tenant: UUID, person: UUID, kind: str | None = None
) -> Sequence[Assessment]:
    """All of a person's assessments, or those of one kind, the first one first."""
    known = desk.view(tenant, lambda c: assessments_of(c, person, kind))
    return desk.ledger.load_many(Assessment, tenant, known, person)


def tab_shown(desk: Desk, reader: Reader, tab: str) -> bool:
    """Whether she shows this tab to this reader, by the latest word over all her assessments."""
    person = reader.person
    if person is None or not reader.standing.opens(tab):
        return False
    said = sharings_of(desk, reader.tenant, person)
    return said.deciding(eyes_of_reader(reader), tab) is not None


def shown_to_anyone(desk: Desk, tenant: UUID, person: UUID, tab: str) -> bool:
    """Whether she shows this tab at all today; of who never showed anything, no sitting is read."""
    return desk.view(tenant, lambda c: shares(c, person)) and sharings_of(
        desk, tenant, person
    ).shows(tab)


def sharings_of(desk: Desk, tenant: UUID, person: UUID) -> Sharings:
    """Every word on sharing over all her assessments, the latest last."""
    facts = []
    for state in states_of(desk, tenant, person):
        facts += state.words_on_sharing()
    return Sharings.told(word for _, word in sorted(facts, key=lambda told: told[0]))
