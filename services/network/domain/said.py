"""A thing said about the map: when it was in life, and how she stands behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property

from shared.coproduction import Entry
from shared.kernel import Act, Fact

FIRM = frozenset({"own", "confirmed"})
# a day is known at its end, and no day is shorter than this
DAY = timedelta(hours=23) - timedelta(microseconds=1)


def moment_of(act: Act) -> datetime:
    """When it was in life: within a day that is only known as a day, its end or when it was said.

    Pictures go by life, so a word about last year never stands over one about today.
    """
    return min(act.at, act.occurred + DAY) if act.precision == "day" else act.occurred


def day_of(act: Act, zone: tzinfo) -> date:
    """The day it was, where the organisation is."""
    return local_day(act.occurred, zone)


def local_day(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()


@dataclass(frozen=True)
class Said:
    """A fact, and the entry that knows what people have said of it since."""

    fact: Fact
    entry: Entry

    @property
    def version(self) -> int:
        return self.fact.originator_version

    @property
    def moment(self) -> datetime:
        return moment_of(self.fact.act)

    @cached_property
    def attestation(self) -> str | None:
        """How she stands behind it: own, confirmed, noted for her; None when she disputes it."""
        said = self.entry.says(self.entry.act.subject)
        if said in FIRM:
            return said
        disputed = said == "disputed" or self.entry.dispute not in (None, "kept")
        return None if disputed else "noted"

    @property
    def firm(self) -> bool:
        return self.attestation in FIRM


def in_order_of_life(said: Iterable[Said]) -> tuple[Said, ...]:
    return tuple(sorted(said, key=lambda s: (s.moment, s.version)))


def latest_of(said: Iterable[Said]) -> Said | None:
    """Of things in the order of life, her latest firm word, else the latest noted for her."""
    found = [(s, s.attestation) for s in said]
    firm = [s for s, how in found if how in FIRM] or [s for s, how in found if how]
    return firm[-1] if firm else None


def before(said: Iterable[Said], act: Act) -> Said | None:
    """What an act might repeat: what stood by then in her life.

    Whoever notes something for her is compared with his own notes only: that nothing was recorded
    would else tell him what she had said without him.
    """
    by_then = moment_of(act)
    known = [s for s in said if s.moment <= by_then]
    if act.actor == act.subject:
        return latest_of(known)
    mine = [s for s in known if s.entry.act.actor == act.actor and s.attestation]
    return mine[-1] if mine else None


def repeats(found: Said | None, act: Act, *, same: bool) -> bool:
    """Whether there is nothing to say: it was said just so, as firmly."""
    return found is not None and same and (act.actor != act.subject or found.firm)
