"""Until which day somebody with parental authority may agree for her: the eve of a birthday.

From the birthday that the organisation's law names, she decides alone, and nothing needs doing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.directory.domain import events as e
from services.directory.domain.consents import GiveConsent
from services.directory.domain.representation import Representations, StartRepresentation
from shared.kernel import Invalid, Refused

Asked = GiveConsent | StartRepresentation


@dataclass(frozen=True)
class Minority:
    """`eve` is the last day on which she is surely under the age; None when that is not known."""

    eve: date | None

    def under(self, day: date) -> bool:
        return self.eve is not None and day <= self.eve


def minority(profile: e.PersonRegistered | None, age: int | None) -> Minority:
    """Under the organisation's age of consent, by her date of birth or by an age noted once.

    An age says less than a birthday, which may have been the day after: nobody decides in her
    place for longer than is sure.
    """
    if profile is None or age is None:
        return Minority(None)
    if profile.born is not None:
        return Minority(birthday(profile.born, age) - timedelta(days=1))
    if profile.age is not None:
        return Minority(birthday(profile.act.occurred.date(), age - profile.age - 1))
    return Minority(None)


def birthday(born: date, age: int) -> date:
    """Whoever was born on 29 February is older from the 28th on, where there is no 29th."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return born.replace(year=born.year + age, day=28)


def for_her_age(
    asked: Asked, profile: e.PersonRegistered | None, speaking: Representations
) -> Asked:
    """What is asked, ending at the latest on the eve of that birthday; refused where too late."""
    hers, day = minority(profile, asked.age_of_consent), asked.act.occurred.date()
    if isinstance(asked, StartRepresentation):
        if not asked.parental:
            return asked
        require_parental(asked, hers, day)
    elif asked.act.author == asked.act.subject:
        if hers.under(day):
            raise Refused("consent.with_parent", age=asked.age_of_consent)
        return asked
    elif not speaking.parental(asked.act):
        return asked
    return replace(asked, until=min(asked.until, hers.eve)) if hers.eve else asked


def require_parental(asked: StartRepresentation, hers: Minority, day: date) -> None:
    if asked.role != "representative":
        raise Invalid("parental.representative", field="role")
    if asked.age_of_consent is None:
        raise Refused("age_of_consent.not_set")
    if hers.eve is None:
        raise Refused("parental.age_unknown")
    if not hers.under(day):
        raise Refused("parental.of_age", age=asked.age_of_consent)
