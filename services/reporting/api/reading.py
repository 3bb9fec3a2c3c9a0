"""One reading of the trail: whose eyes, what they may see of it, and how it is said to them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from services.reporting.api.shown import shown_entry
from services.reporting.domain.entry import Entry
from services.reporting.domain.eyes import Eyes
from services.reporting.domain.known import Known
from services.reporting.domain.sight import Shown, Sight
from services.reporting.views.asking import Asked, all_of, entries
from services.reporting.views.knowing import known_around, shown_by
from services.reporting.views.links import links_around
from services.reporting.views.reach import Reach, reach_of
from shared.http.admission import Reader
from shared.http.desk import Desk
from shared.kernel import NotFound

MOST_LINKS = 500


@dataclass(frozen=True)
class Reading:
    """What one reader reads; `person` is None for a reviewer of the whole organisation."""

    desk: Desk
    tenant: UUID
    person: UUID | None
    eyes: Eyes
    shown: Shown
    reach: Reach
    locale: str

    def page(self, asked: Asked, after: UUID | None, limit: int) -> tuple[list[Entry], UUID | None]:
        """So many entries as these eyes see, and the last of them when there are more."""
        found: list[Entry] = []
        chunks = all_of(self.ask, self.tenant, self.within(asked), after, first=limit + 1)
        for chunk in chunks:
            found += [entry for entry in chunk if self.sight(entry) is not Sight.NOTHING]
            if len(found) > limit:
                return found[:limit], found[limit - 1].id
        return found, None

    def every(self, asked: Asked) -> Iterator[list[Entry]]:
        """All that these eyes see, chunk after chunk."""
        for chunk in all_of(self.ask, self.tenant, self.within(asked)):
            yield [entry for entry in chunk if self.sight(entry) is not Sight.NOTHING]

    def said(self, told: Sequence[Entry]) -> list[dict[str, Any]]:
        """Entries as they are answered, each in a sentence."""
        known = self.known(told)
        return [self.shown_to(entry, known) for entry in told]

    def shown_to(self, entry: Entry, known: Known) -> dict[str, Any]:
        eyes = self.eyes_on(entry)
        return shown_entry(self.shown.trimmed(entry, eyes), known, eyes, self.locale)

    def known(self, told: Sequence[Entry]) -> Known:
        known = self.desk.view(
            self.tenant,
            lambda connection: known_around(connection, self.tenant, told, self.eyes, self.shown),
        )
        around = known.entries.items()
        return replace(
            known,
            entries={id_: self.shown.trimmed(e, self.eyes_on(e)) for id_, e in around},
            hidden=frozenset(id_ for id_, e in around if self.hides(e)),
        )

    def entries(self, ids: Collection[UUID]) -> dict[UUID, Entry]:
        """Those of these entries that these eyes see."""
        found = self.ask(lambda connection: entries(connection, self.tenant, ids))
        return {e.id: e for e in found if self.sight(e) is not Sight.NOTHING}

    def links(self, entry: UUID) -> tuple[list[tuple[UUID, UUID]], bool]:
        return self.desk.view(
            self.tenant,
            lambda connection: links_around(connection, self.tenant, entry, MOST_LINKS),
        )

    def sight(self, entry: Entry) -> Sight:
        return self.shown.sight(entry, self.eyes_on(entry))

    def hides(self, entry: Entry) -> bool:
        return self.sight(entry) is not Sight.WHOLE

    def eyes_on(self, entry: Entry) -> Eyes:
        """A mandate may allow the words of some persons and not of others."""
        if self.eyes.kind != "auditor":
            return self.eyes
        return replace(self.eyes, words_allowed=self.reach.words(entry.subject))

    def within(self, asked: Asked) -> Asked:
        if self.person is not None or self.reach.persons is None:
            return asked
        return replace(asked, reach=(self.tenant, *sorted(self.reach.persons)))

    def ask(self, question: Any) -> list[Entry]:
        found: list[Entry] = self.desk.view(self.tenant, question)
        return found


def reading_of(desk: Desk, person: UUID, *, may: str, scope: str) -> Reading:
    """A person's record is read: allowed, and recorded before anything is answered."""
    reader = desk.reading(person, may=may, scope=scope)
    reach = reach_for(desk, reader)
    if not reach.covers(person):
        raise NotFound("person.unknown")
    eyes = eyes_of(reader)
    now = desk.clock()
    shown = desk.view(
        reader.tenant, lambda c: shown_by(c, reader.tenant, person, eyes, now, desk.remembered)
    )
    return Reading(desk, reader.tenant, person, eyes, shown, reach, desk.locale(reader.tenant))


def reviewing(desk: Desk, *, may: str, scope: str = "trail") -> Reading:
    """The whole organisation's trail, for an auditor under mandate and the privacy officer."""
    reader = desk.reading(None, may=may, scope=scope)
    reach = reach_for(desk, reader)
    return Reading(
        desk, reader.tenant, None, eyes_of(reader), Shown(), reach, desk.locale(reader.tenant)
    )


def reach_for(desk: Desk, reader: Reader) -> Reach:
    if reader.standing.kind != "auditor":
        return Reach()
    found = desk.view(
        reader.tenant, lambda c: reach_of(c, reader.tenant, reader.party, desk.clock())
    )
    if found is None:
        raise NotFound("person.unknown" if reader.person else "mandate.none")
    return found


def eyes_of(reader: Reader) -> Eyes:
    return Eyes(
        party=reader.party,
        kind=reader.standing.kind,
        tabs=reader.standing.tabs,
        closed=reader.standing.closed,
    )
