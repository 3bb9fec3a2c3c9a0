"""A person's relations: who is there for her, who may see what, what she was told and asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, ClassVar
from uuid import UUID, uuid5

from services.directory.domain import checked
from services.directory.domain import events as e
from services.directory.domain.care import Care, CareCommand
from services.directory.domain.consents import (
    Consent,
    ConsentCommand,
    Consents,
    GiveConsent,
    WithdrawConsent,
)
from services.directory.domain.emergency import Emergencies, EmergencyCommand
from services.directory.domain.erasure import (
    CallOffErasure,
    CertifyErasure,
    ErasePerson,
    ErasureCommand,
    Erasures,
)
from services.directory.domain.minority import for_her_age
from services.directory.domain.notices import AgreeWayOfWorking, NoticeCommand, Notices
from services.directory.domain.representation import (
    RepresentationCommand,
    Representations,
    StartRepresentation,
)
from services.directory.domain.restrictions import (
    RestrictionCommand,
    Restrictions,
)
from services.directory.domain.rights import ERASURE, RequestRight, RightCommand, Rights
from services.directory.domain.standing import Part, Standing
from services.directory.domain.taking_back import take_back
from shared.coproduction import MisfileEntry, WithdrawWords
from shared.kernel import Act, Command, Denied, Fact, Invalid, Refused

SPOKEN = (
    e.CareRelationEnded,
    e.RepresentationEnded,
    e.ConsentGiven,
    e.ConsentWithdrawn,
    e.AccessRestricted,
    e.RightRequested,
    e.WayOfWorkingAgreed,
)


def stream_of(person: UUID) -> UUID:
    """The one stream in which a person's relations are kept."""
    return uuid5(person, "relations")


@dataclass(frozen=True, kw_only=True)
class RegisterPerson(Command):
    opens: ClassVar[bool] = True
    name: str
    sign_in_subject: str | None = None
    sign_in_issuer: str | None = None
    born: date | None = None
    age: int | None = None


@dataclass(frozen=True)
class Relations(Standing):
    profile: e.PersonRegistered | None = None
    care: Care = field(default_factory=Care)
    representations: Representations = field(default_factory=Representations)
    consents: Consents = field(default_factory=Consents)
    restrictions: Restrictions = field(default_factory=Restrictions)
    emergencies: Emergencies = field(default_factory=Emergencies)
    notices: Notices = field(default_factory=Notices)
    rights: Rights = field(default_factory=Rights)
    erasures: Erasures = field(default_factory=Erasures)
    spoken: Mapping[UUID, Fact] = field(default_factory=dict)  # facts whose words can be taken back

    @property
    def erased(self) -> bool:
        return self.erasures.done

    def consents_in_force(self, day: date) -> tuple[Consent, ...]:
        """Those that run and that she stands behind: noted for her, one waits until she confirms."""
        return tuple(c for c in self.consents.given.values() if c.runs(day) and self.stood_by(c.id))

    def stood_by(self, entry: UUID) -> bool:
        """Whether its author signed in and did it, or confirmed it later, undisputed."""
        known = self.entries[entry]
        return known.stands and known.says(known.act.author) in ("own", "confirmed")

    def choose(self, command: Any) -> Sequence[Fact]:
        if self.erased and not isinstance(command, CertifyErasure | ErasePerson):
            raise Refused("person.erased")
        if isinstance(command, RegisterPerson):
            return self.register(command)
        self.only_hers(command)
        erasing = isinstance(command, RequestRight) and command.right == ERASURE
        if erasing and self.erasures.under_way:
            return []  # it was granted: asking again changes nothing
        if isinstance(command, GiveConsent | StartRepresentation):
            command = for_her_age(command, self.profile, self.representations)
        return self.part(command).choose(command, self.stamps(command))

    def take_back(self, command: WithdrawWords | MisfileEntry) -> Sequence[Fact]:
        return take_back(self, command)

    def part(self, command: Any) -> Part:
        for kinds, part in (
            (CareCommand, self.care),
            (RepresentationCommand, self.representations),
            (ConsentCommand, self.consents),
            (RestrictionCommand, self.restrictions),
            (EmergencyCommand, self.emergencies),
            (NoticeCommand, self.notices),
            (RightCommand, self.rights),
            (ErasureCommand, self.erasures),
        ):
            if isinstance(command, kinds):
                return part
        raise TypeError(command)

    def only_hers(self, command: Any) -> None:
        """Consents, restrictions, way of working, requests are hers to make, whoever notes them."""
        act: Act = command.act
        if act.author == act.subject:
            return
        if isinstance(command, RestrictionCommand | AgreeWayOfWorking):
            raise Denied("relations.hers", field="act.author")
        if isinstance(command, ConsentCommand) and not self.representations.speaks(act, "sharing"):
            raise Denied("relations.hers", field="act.author")
        if isinstance(command, WithdrawConsent) and self.she_gave(command.consent):
            # nobody who speaks for her cuts her off from those whom she let in herself
            raise Denied("relations.hers", field="act.author")
        asked = isinstance(command, RequestRight | CallOffErasure)
        if asked and not self.representations.speaks(act, "rights"):
            raise Denied("relations.hers", field="act.author")

    def she_gave(self, consent: UUID) -> bool:
        entry = self.entries.get(consent)
        return entry is not None and entry.act.author == entry.act.subject

    def register(self, asked: RegisterPerson) -> Sequence[Fact]:
        if asked.born is not None and asked.age is not None:
            raise Invalid("person.born_or_age", field="age")
        if asked.age is not None and not 0 <= asked.age <= 120:
            raise Invalid("person.age", field="age")
        if asked.born is not None and asked.born > asked.act.occurred.date():
            raise Invalid("person.not_born_yet", field="born")
        registered = e.PersonRegistered(
            *self.stamp(asked),
            name=checked.text(asked.name, "name", 120),
            sign_in_subject=checked.maybe(asked.sign_in_subject, "sign_in_subject"),
            sign_in_issuer=checked.maybe(asked.sign_in_issuer, "sign_in_issuer"),
            born=asked.born,
            age=asked.age,
        )
        if self.version == 0:
            return [registered]
        if self.profile and said(registered) == said(self.profile):
            return []
        raise Refused("person.registered_already")

    def evolve(self, fact: Any) -> Relations:
        known = replace(
            self,
            version=fact.originator_version,
            care=self.care.evolve(fact),
            representations=self.representations.evolve(fact),
            consents=self.consents.evolve(fact),
            restrictions=self.restrictions.evolve(fact),
            emergencies=self.emergencies.evolve(fact),
            notices=self.notices.evolve(fact),
            rights=self.rights.evolve(fact),
            erasures=self.erasures.evolve(fact),
        )
        if isinstance(fact, SPOKEN):
            known = replace(known, spoken={**self.spoken, fact.id: fact})
        match fact:
            case e.PersonRegistered():
                return replace(known, profile=fact)
            case e.PersonErased():
                version, entries = fact.originator_version, known.entries
                return Relations(self.id, version, entries=entries, erasures=known.erasures)
            case _:
                return known


def said(fact: e.PersonRegistered) -> tuple[object, ...]:
    return fact.name, fact.sign_in_subject, fact.sign_in_issuer, fact.born, fact.age
