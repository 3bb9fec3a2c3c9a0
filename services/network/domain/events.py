"""Every fact the network service records: one stream per person. A tie carries an id of its own.

The name on a tie is hers to choose ("my brother", "the man at the shop"): words, never an id of
anyone in the directory.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from shared import coproduction
from shared.kernel import Fact

# --- ties: who and what is around her ------------------------------------------------------------


@dataclass(frozen=True)
class TieAdded(Fact):
    """`kind` is person, group, service or animal; `circle` 1 is the nearest, 3 the farthest.

    `visibility` is `just_me` where she keeps the tie to herself from the start.
    """

    TOPIC: ClassVar[str] = "network.tie_added"
    tie: UUID
    name: str
    relation: str | None = None
    circle: int | None = None
    since: str | None = None
    kind: str = "person"
    visibility: str | None = None


@dataclass(frozen=True)
class TieRated(Fact):
    """Her words for the tie, and how close it is: nobody else rates one.

    `line` is how she draws it: strong, thin, tense. It is a line on a picture, never a mark.
    """

    TOPIC: ClassVar[str] = "network.tie_rated"
    tie: UUID
    quality: str | None = None
    closeness: str | None = None
    line: str | None = None


@dataclass(frozen=True)
class SupportDescribed(Fact):
    """Emotional, practical, informational, companionship: what comes to her, what she gives."""

    TOPIC: ClassVar[str] = "network.support_described"
    tie: UUID
    received: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    words: str | None = None


@dataclass(frozen=True)
class ContactDescribed(Fact):
    TOPIC: ClassVar[str] = "network.contact_described"
    tie: UUID
    often: str | None = None
    means: tuple[str, ...] = ()
    words: str | None = None


@dataclass(frozen=True)
class TieRenamed(Fact):
    TOPIC: ClassVar[str] = "network.tie_renamed"
    tie: UUID
    name: str


@dataclass(frozen=True)
class TiePlaced(Fact):
    """She puts it elsewhere on the map: another circle, another relation; None stays as it was."""

    TOPIC: ClassVar[str] = "network.tie_placed"
    tie: UUID
    circle: int | None = None
    relation: str | None = None


@dataclass(frozen=True)
class TieEnded(Fact):
    TOPIC: ClassVar[str] = "network.tie_ended"
    tie: UUID
    reason: str | None = None


@dataclass(frozen=True)
class TieResumed(Fact):
    TOPIC: ClassVar[str] = "network.tie_resumed"
    tie: UUID


@dataclass(frozen=True)
class TieDiscussed(Fact):
    TOPIC: ClassVar[str] = "network.tie_discussed"
    tie: UUID
    words: str


# --- between the people on her map ---------------------------------------------------------------


@dataclass(frozen=True)
class AltersConnected(Fact):
    TOPIC: ClassVar[str] = "network.alters_connected"
    one: UUID
    other: UUID


@dataclass(frozen=True)
class AltersDisconnected(Fact):
    TOPIC: ClassVar[str] = "network.alters_disconnected"
    one: UUID
    other: UUID


@dataclass(frozen=True)
class AlterTiesAsked(Fact):
    """Who knows whom was asked among these, so that no line differs from not asked."""

    TOPIC: ClassVar[str] = "network.alter_ties_asked"
    ties: tuple[UUID, ...]


# --- showing --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NetworkShared(Fact):
    """From now on these parties see her map, but for the ties in `except_ties`: these stay hers."""

    TOPIC: ClassVar[str] = "network.network_shared"
    audience: tuple[UUID, ...]
    except_ties: tuple[UUID, ...] = ()
    my_team: bool = False
    until: date | None = None


@dataclass(frozen=True)
class TieVisibilitySet(Fact):
    """Set by hand on one tie: `just_me` under any sharing, or `as_map` again."""

    TOPIC: ClassVar[str] = "network.tie_visibility_set"
    tie: UUID
    visibility: str


@dataclass(frozen=True)
class SharingEnded(Fact):
    """`sharing` is the id of the `network_shared` that ends, for this audience or for all."""

    TOPIC: ClassVar[str] = "network.sharing_ended"
    sharing: UUID
    audience: tuple[UUID, ...] = ()


# --- everywhere: what people say of an entry ------------------------------------------------------


@dataclass(frozen=True)
class ContributionConfirmed(coproduction.ContributionConfirmed):
    TOPIC: ClassVar[str] = "network.contribution_confirmed"


@dataclass(frozen=True)
class ContributionDisputed(coproduction.ContributionDisputed):
    TOPIC: ClassVar[str] = "network.contribution_disputed"


@dataclass(frozen=True)
class DisputeAnswered(coproduction.DisputeAnswered):
    TOPIC: ClassVar[str] = "network.dispute_answered"


@dataclass(frozen=True)
class DisputeSettled(coproduction.DisputeSettled):
    TOPIC: ClassVar[str] = "network.dispute_settled"


@dataclass(frozen=True)
class CorrectionRecorded(coproduction.CorrectionRecorded):
    TOPIC: ClassVar[str] = "network.correction_recorded"


@dataclass(frozen=True)
class WordsWithdrawn(coproduction.WordsWithdrawn):
    TOPIC: ClassVar[str] = "network.words_withdrawn"


@dataclass(frozen=True)
class EntryMisfiled(coproduction.EntryMisfiled):
    TOPIC: ClassVar[str] = "network.entry_misfiled"


@dataclass(frozen=True)
class PersonErased(coproduction.PersonErased):
    """In a stream of its own, after all that this service has recorded of her."""

    TOPIC: ClassVar[str] = "network.person_erased"


VOICES = coproduction.Voices(
    confirmed=ContributionConfirmed,
    disputed=ContributionDisputed,
    answered=DisputeAnswered,
    settled=DisputeSettled,
    corrected=CorrectionRecorded,
    withdrawn=WordsWithdrawn,
    misfiled=EntryMisfiled,
)
