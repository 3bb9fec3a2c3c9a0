"""Every fact the directory records, by stream: organisation, party, person's relations, mandate, import."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from shared import coproduction as co
from shared.coproduction import Voices
from shared.kernel import Fact

# ── organisation: the stream is the tenant's id ──────────────────────────────────────────────


@dataclass(frozen=True)
class OwnWord:
    """What the organisation calls something: `practitioner` may be « intervenant » here."""

    word: str
    text: str


@dataclass(frozen=True)
class HelpLine:
    """One line of help in both languages, shown on every page."""

    fr: str
    en: str


@dataclass(frozen=True)
class OrganisationRegistered(Fact):
    TOPIC: ClassVar[str] = "directory.organisation_registered"
    name: str
    country: str
    locale: str
    timezone: str
    address_form: str
    words: tuple[OwnWord, ...] = ()


@dataclass(frozen=True)
class SiteOpened(Fact):
    TOPIC: ClassVar[str] = "directory.site_opened"
    site: UUID
    name: str
    town: str | None = None
    kind: str | None = None


@dataclass(frozen=True)
class SiteClosed(Fact):
    TOPIC: ClassVar[str] = "directory.site_closed"
    site: UUID


@dataclass(frozen=True)
class ProgrammeOpened(Fact):
    TOPIC: ClassVar[str] = "directory.programme_opened"
    programme: UUID
    site: UUID
    name: str


@dataclass(frozen=True)
class ProgrammeClosed(Fact):
    TOPIC: ClassVar[str] = "directory.programme_closed"
    programme: UUID


@dataclass(frozen=True)
class HelpLinesSet(Fact):
    TOPIC: ClassVar[str] = "directory.help_lines_set"
    lines: tuple[HelpLine, ...]


@dataclass(frozen=True)
class ReadingDelaySet(Fact):
    TOPIC: ClassVar[str] = "directory.reading_delay_set"
    fr: str
    en: str


@dataclass(frozen=True)
class AgeOfConsentSet(Fact):
    """From this birthday on she consents alone; `fr` and `en` name the law that says so."""

    TOPIC: ClassVar[str] = "directory.age_of_consent_set"
    age: int
    fr: str
    en: str


@dataclass(frozen=True)
class ErasureDelaySet(Fact):
    """For how many days a person who asked for all to be erased may change her mind."""

    TOPIC: ClassVar[str] = "directory.erasure_delay_set"
    days: int


# ── party: the stream is the party's id ──────────────────────────────────────────────────────


@dataclass(frozen=True)
class PartyRegistered(Fact):
    TOPIC: ClassVar[str] = "directory.party_registered"
    kind: str
    name: str
    sign_in_subject: str | None = None
    sign_in_issuer: str | None = None


@dataclass(frozen=True)
class RoleGranted(Fact):
    TOPIC: ClassVar[str] = "directory.role_granted"
    role: str
    site: UUID | None = None
    job: str | None = None


@dataclass(frozen=True)
class RoleRevoked(Fact):
    TOPIC: ClassVar[str] = "directory.role_revoked"
    role: str
    site: UUID | None = None


@dataclass(frozen=True)
class PartyLeft(Fact):
    TOPIC: ClassVar[str] = "directory.party_left"


# ── a person's relations: the stream is uuid5(person, "relations") ───────────────────────────


@dataclass(frozen=True)
class PersonRegistered(Fact):
    TOPIC: ClassVar[str] = "directory.person_registered"
    name: str
    sign_in_subject: str | None = None
    sign_in_issuer: str | None = None
    born: date | None = None
    age: int | None = None


@dataclass(frozen=True)
class CareRelationStarted(Fact):
    """Its id names the relation; `words` tell her who this is and why."""

    TOPIC: ClassVar[str] = "directory.care_relation_started"
    party: UUID
    role: str
    site: UUID
    programme: UUID
    words: str


@dataclass(frozen=True)
class CareRelationEnded(Fact):
    TOPIC: ClassVar[str] = "directory.care_relation_ended"
    relation: UUID
    party: UUID
    words: str | None = None


@dataclass(frozen=True)
class RepresentationStarted(Fact):
    """`role` is representative or assistant; `kind` is what the law or the person calls it.

    `parental`: by parental authority, and so at the latest until the eve of the birthday from
    which she consents alone.
    """

    TOPIC: ClassVar[str] = "directory.representation_started"
    party: UUID
    kind: str
    scope: tuple[str, ...]
    until: date
    role: str = "representative"
    parental: bool = False


@dataclass(frozen=True)
class RepresentationEnded(Fact):
    TOPIC: ClassVar[str] = "directory.representation_ended"
    representation: UUID
    party: UUID
    words: str | None = None


@dataclass(frozen=True)
class ConsentGiven(Fact):
    """To one party (`audience`) or to all of a `category`, for these tabs, until that day.

    `ethics` is the reference of the committee that approved the research it is for.
    """

    TOPIC: ClassVar[str] = "directory.consent_given"
    audience: UUID | None
    category: str | None
    tabs: tuple[str, ...]
    purpose: str
    until: date
    words: str | None = None
    ethics: str | None = None


@dataclass(frozen=True)
class ConsentWithdrawn(Fact):
    TOPIC: ClassVar[str] = "directory.consent_withdrawn"
    consent: UUID
    audience: UUID | None = None
    category: str | None = None
    words: str | None = None


@dataclass(frozen=True)
class AccessRestricted(Fact):
    """`scope` holds tabs, or `everything`."""

    TOPIC: ClassVar[str] = "directory.access_restricted"
    audience: UUID | None
    category: str | None
    scope: tuple[str, ...]
    reason: str | None = None


@dataclass(frozen=True)
class AccessRestrictionLifted(Fact):
    TOPIC: ClassVar[str] = "directory.access_restriction_lifted"
    restriction: UUID
    audience: UUID | None = None
    category: str | None = None


@dataclass(frozen=True)
class EmergencyAccessOpened(Fact):
    """Opened by its author, for its author alone."""

    TOPIC: ClassVar[str] = "directory.emergency_access_opened"
    reason: str
    expires: datetime


@dataclass(frozen=True)
class EmergencyAccessClosed(Fact):
    TOPIC: ClassVar[str] = "directory.emergency_access_closed"
    access: UUID


@dataclass(frozen=True)
class EmergencyAccessReviewed(Fact):
    TOPIC: ClassVar[str] = "directory.emergency_access_reviewed"
    access: UUID
    outcome: str
    words: str | None = None


@dataclass(frozen=True)
class NoticeGiven(Fact):
    """Which text, in which version and language, and whether on screen, on paper or aloud."""

    TOPIC: ClassVar[str] = "directory.notice_given"
    text: str
    version: str
    language: str
    form: str = "screen"


@dataclass(frozen=True)
class WayOfWorkingAgreed(Fact):
    TOPIC: ClassVar[str] = "directory.way_of_working_agreed"
    first: str
    pace: str | None = None
    tabs: tuple[str, ...] = ()
    words: str | None = None


@dataclass(frozen=True)
class RightRequested(Fact):
    TOPIC: ClassVar[str] = "directory.right_requested"
    right: str
    due: date
    words: str | None = None
    about: UUID | None = None  # a look at her record that worries her, or another entry


@dataclass(frozen=True)
class RightAnswered(Fact):
    TOPIC: ClassVar[str] = "directory.right_answered"
    request: UUID
    outcome: str
    reason: str | None = None
    recourse: str | None = None


@dataclass(frozen=True)
class RightExtended(Fact):
    """Once, where the law allows it, and she is told why."""

    TOPIC: ClassVar[str] = "directory.right_extended"
    request: UUID
    due: date
    reason: str


@dataclass(frozen=True)
class ErasureScheduled(Fact):
    """Hidden from everybody but her from now on; what follows comes after this instant."""

    TOPIC: ClassVar[str] = "directory.erasure_scheduled"
    sealed_for: ClassVar[str] = "tenant"
    request: UUID
    after: datetime


@dataclass(frozen=True)
class ErasureCalledOff(Fact):
    TOPIC: ClassVar[str] = "directory.erasure_called_off"
    sealed_for: ClassVar[str] = "tenant"
    erasure: UUID


@dataclass(frozen=True)
class ErasureBegun(Fact):
    """From here on it cannot be called off."""

    TOPIC: ClassVar[str] = "directory.erasure_begun"
    sealed_for: ClassVar[str] = "tenant"
    erasure: UUID


@dataclass(frozen=True)
class ErasedLog:
    """One service: where its log says so, and how many of her entries nobody reads any more."""

    service: str
    position: int
    entries: int


@dataclass(frozen=True)
class ErasureCertified(Fact):
    """Her key is destroyed, and a last look found no word of hers in any view."""

    TOPIC: ClassVar[str] = "directory.erasure_certified"
    sealed_for: ClassVar[str] = "tenant"
    erasure: UUID
    logs: tuple[ErasedLog, ...]


@dataclass(frozen=True)
class PersonErased(co.PersonErased):
    """In the directory's log, as in each service's own: whoever follows one meets it in order."""

    TOPIC: ClassVar[str] = "directory.person_erased"


# ── mandate: a stream of its own ─────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class AuditMandateGiven(Fact):
    """No sites and no programmes means the whole organisation; no words unless the law orders."""

    TOPIC: ClassVar[str] = "directory.audit_mandate_given"
    auditor: UUID
    purpose: str
    begins: date
    until: date
    sites: tuple[UUID, ...] = ()
    programmes: tuple[UUID, ...] = ()
    words_allowed: bool = False
    legal_basis: str | None = None


@dataclass(frozen=True)
class AuditMandateEnded(Fact):
    TOPIC: ClassVar[str] = "directory.audit_mandate_ended"
    reason: str | None = None


# ── import: what the organisation's own files say, noted by its administrator ───────────────


@dataclass(frozen=True)
class ImportBegun(Fact):
    """`source` says in words which files: what is noted from them names this import."""

    TOPIC: ClassVar[str] = "directory.import_begun"
    source: str


@dataclass(frozen=True)
class ImportEnded(Fact):
    """How many lines were read, noted, and set aside because something in them was wrong."""

    TOPIC: ClassVar[str] = "directory.import_ended"
    read: int
    noted: int
    set_aside: int


# ── everywhere: what people say about an entry ───────────────────────────────────────────────


@dataclass(frozen=True)
class ContributionConfirmed(co.ContributionConfirmed):
    TOPIC: ClassVar[str] = "directory.contribution_confirmed"


@dataclass(frozen=True)
class ContributionDisputed(co.ContributionDisputed):
    TOPIC: ClassVar[str] = "directory.contribution_disputed"


@dataclass(frozen=True)
class DisputeAnswered(co.DisputeAnswered):
    TOPIC: ClassVar[str] = "directory.dispute_answered"


@dataclass(frozen=True)
class DisputeSettled(co.DisputeSettled):
    TOPIC: ClassVar[str] = "directory.dispute_settled"


@dataclass(frozen=True)
class CorrectionRecorded(co.CorrectionRecorded):
    TOPIC: ClassVar[str] = "directory.correction_recorded"


@dataclass(frozen=True)
class WordsWithdrawn(co.WordsWithdrawn):
    TOPIC: ClassVar[str] = "directory.words_withdrawn"


@dataclass(frozen=True)
class EntryMisfiled(co.EntryMisfiled):
    TOPIC: ClassVar[str] = "directory.entry_misfiled"


VOICES = Voices(
    confirmed=ContributionConfirmed,
    disputed=ContributionDisputed,
    answered=DisputeAnswered,
    settled=DisputeSettled,
    corrected=CorrectionRecorded,
    withdrawn=WordsWithdrawn,
    misfiled=EntryMisfiled,
)
