"""Every fact the assessment service records. A sharing, a strength, a thread entry is its event id.

`visibility` is what she set by hand on one item, and goes along with each later answer on the same
theme: `just_me` hides it in spite of any sharing, `my_team` shows it to her team, `chosen` to its
`audience` (to whom the tab is shown, when no audience is named). None follows the sharing of the
tab, and shows it to no one before there is one.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from shared import coproduction
from shared.kernel import Fact

# --- catalogue: one stream for each version of a questionnaire -----------------------------------


@dataclass(frozen=True)
class CatalogueDrafted(Fact):
    TOPIC: ClassVar[str] = "assessment.catalogue_drafted"
    key: str
    kind: str
    edition: int
    fr: str
    en: str
    derived_from: UUID | None = None


@dataclass(frozen=True)
class CatalogueRenamed(Fact):
    """A draft is: what is published keeps the name under which people answered to it."""

    TOPIC: ClassVar[str] = "assessment.catalogue_renamed"
    fr: str
    en: str


@dataclass(frozen=True)
class SphereAdded(Fact):
    TOPIC: ClassVar[str] = "assessment.sphere_added"
    sphere: str
    fr: str
    en: str


@dataclass(frozen=True)
class SphereReworded(Fact):
    TOPIC: ClassVar[str] = "assessment.sphere_reworded"
    sphere: str
    fr: str
    en: str


@dataclass(frozen=True)
class SphereRetired(Fact):
    TOPIC: ClassVar[str] = "assessment.sphere_retired"
    sphere: str


@dataclass(frozen=True)
class ThemeAdded(Fact):
    """`meaning` says what is asked, so that a theme can be compared over versions that rename it."""

    TOPIC: ClassVar[str] = "assessment.theme_added"
    theme: str
    sphere: str
    fr: str
    en: str
    help_fr: str
    help_en: str
    meaning: str
    sensitive: bool = False


@dataclass(frozen=True)
class ThemeReworded(Fact):
    """`sphere` and `sensitive` are None where they stay as they were."""

    TOPIC: ClassVar[str] = "assessment.theme_reworded"
    theme: str
    fr: str
    en: str
    help_fr: str
    help_en: str
    meaning: str
    sphere: str | None = None
    sensitive: bool | None = None


@dataclass(frozen=True)
class ThemeRetired(Fact):
    TOPIC: ClassVar[str] = "assessment.theme_retired"
    theme: str


@dataclass(frozen=True, slots=True)
class Step:
    """A labelled place on the scale; there is no starting value."""

    value: int
    fr: str
    en: str


@dataclass(frozen=True)
class ScaleSet(Fact):
    TOPIC: ClassVar[str] = "assessment.scale_set"
    lowest: int
    highest: int
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class CatalogueDiscussed(Fact):
    """`about` is the sphere or theme talked about, None for the whole."""

    TOPIC: ClassVar[str] = "assessment.catalogue_discussed"
    words: str
    about: str | None = None


@dataclass(frozen=True)
class CataloguePublished(Fact):
    """`people_took_part` is False when no person or relative did: its first page then says so."""

    TOPIC: ClassVar[str] = "assessment.catalogue_published"
    edition: int
    people_took_part: bool


@dataclass(frozen=True)
class CatalogueRetired(Fact):
    TOPIC: ClassVar[str] = "assessment.catalogue_retired"
    reason: str | None = None


@dataclass(frozen=True)
class CatalogueSetAside(Fact):
    """A draft that will not be published: nobody ever answered to it."""

    TOPIC: ClassVar[str] = "assessment.catalogue_set_aside"
    reason: str | None = None


# --- assessment: one sitting of a person with a catalogue -----------------------------------------


@dataclass(frozen=True)
class AssessmentOpened(Fact):
    """A published catalogue never changes: its themes and scale are taken along from it here."""

    TOPIC: ClassVar[str] = "assessment.assessment_opened"
    catalogue: UUID
    kind: str
    themes: tuple[str, ...]
    lowest: int
    highest: int


@dataclass(frozen=True)
class ThemeRated(Fact):
    """Her answer. `own` stands; `claimed` never over one that she gave or confirmed herself."""

    TOPIC: ClassVar[str] = "assessment.theme_rated"
    theme: str
    value: int
    comment: str | None = None
    visibility: str | None = None
    audience: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class ThemeSkipped(Fact):
    """`choice` is `not_concerned` or `rather_not_say`."""

    TOPIC: ClassVar[str] = "assessment.theme_skipped"
    theme: str
    choice: str
    visibility: str | None = None
    audience: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class RatingWithdrawn(Fact):
    TOPIC: ClassVar[str] = "assessment.rating_withdrawn"
    theme: str


@dataclass(frozen=True)
class ViewNoted(Fact):
    """How another party sees it, beside her answer: in words, with a figure if they wish."""

    TOPIC: ClassVar[str] = "assessment.view_noted"
    theme: str
    perspective: str
    words: str | None = None
    value: int | None = None


@dataclass(frozen=True)
class ViewRevised(Fact):
    """An inflexion: `act.because_of` names the words (`theme_discussed`) which moved this view."""

    TOPIC: ClassVar[str] = "assessment.view_revised"
    theme: str
    perspective: str
    words: str | None = None
    value: int | None = None


@dataclass(frozen=True)
class ThemeDiscussed(Fact):
    """An entry of the thread of a theme."""

    TOPIC: ClassVar[str] = "assessment.theme_discussed"
    theme: str
    words: str
    visibility: str | None = None
    audience: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class DiscussionPutOff(Fact):
    TOPIC: ClassVar[str] = "assessment.discussion_put_off"
    theme: str
    words: str | None = None


@dataclass(frozen=True)
class TogetherWanted(Fact):
    """What she would rather do with someone: she waits for them, or they for her."""

    TOPIC: ClassVar[str] = "assessment.together_wanted"
    what: str
    with_party: UUID | None = None
    words: str | None = None


@dataclass(frozen=True)
class StarPlaced(Fact):
    TOPIC: ClassVar[str] = "assessment.star_placed"
    theme: str
    rank: int | None = None


@dataclass(frozen=True)
class StarRemoved(Fact):
    TOPIC: ClassVar[str] = "assessment.star_removed"
    theme: str


@dataclass(frozen=True)
class AssessmentShared(Fact):
    """From now on these parties see these tabs. The latest sharing of a tab to a party decides."""

    TOPIC: ClassVar[str] = "assessment.assessment_shared"
    audience: tuple[UUID, ...]
    parts: tuple[str, ...]
    only_themes: tuple[str, ...] = ()
    except_themes: tuple[str, ...] = ()
    my_team: bool = False


@dataclass(frozen=True)
class SharingEnded(Fact):
    """`sharing` is the id of the `assessment_shared` that ends, for this audience or for all."""

    TOPIC: ClassVar[str] = "assessment.sharing_ended"
    sharing: UUID
    audience: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class SharingMeetingHeld(Fact):
    TOPIC: ClassVar[str] = "assessment.sharing_meeting_held"
    themes: tuple[str, ...]
    words: str | None = None
    led_by: UUID | None = None


@dataclass(frozen=True)
class ChangeJudged(Fact):
    """What has changed as she sees it, for a theme or a goal of hers."""

    TOPIC: ClassVar[str] = "assessment.change_judged"
    judgement: str
    since: date
    theme: str | None = None
    goal: UUID | None = None
    expected: str | None = None
    thanks_to: tuple[str, ...] = ()
    words: str | None = None
    visibility: str | None = None
    audience: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class AssessmentClosed(Fact):
    """Answers are counted, skipped themes are not; nothing is made of the count."""

    TOPIC: ClassVar[str] = "assessment.assessment_closed"
    answered: int
    offered: int


@dataclass(frozen=True)
class AssessmentReopened(Fact):
    TOPIC: ClassVar[str] = "assessment.assessment_reopened"
    reason: str | None = None


# --- resources: one stream for each person --------------------------------------------------------


@dataclass(frozen=True)
class StrengthNamed(Fact):
    """`kind` is `personal` or `environmental`."""

    TOPIC: ClassVar[str] = "assessment.strength_named"
    kind: str
    words: str
    visibility: str | None = None
    audience: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class StrengthReworded(Fact):
    TOPIC: ClassVar[str] = "assessment.strength_reworded"
    strength: UUID
    words: str


@dataclass(frozen=True)
class StrengthSetAside(Fact):
    TOPIC: ClassVar[str] = "assessment.strength_set_aside"
    strength: UUID
    reason: str | None = None


@dataclass(frozen=True)
class AspirationNamed(Fact):
    """What matters for what comes next, in her words; it needs no theme."""

    TOPIC: ClassVar[str] = "assessment.aspiration_named"
    words: str
    theme: str | None = None
    visibility: str | None = None
    audience: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class AspirationReworded(Fact):
    TOPIC: ClassVar[str] = "assessment.aspiration_reworded"
    aspiration: UUID
    words: str


@dataclass(frozen=True)
class AspirationSetAside(Fact):
    TOPIC: ClassVar[str] = "assessment.aspiration_set_aside"
    aspiration: UUID
    reason: str | None = None


# --- everywhere: what people say of an entry ------------------------------------------------------


@dataclass(frozen=True)
class ContributionConfirmed(coproduction.ContributionConfirmed):
    TOPIC: ClassVar[str] = "assessment.contribution_confirmed"


@dataclass(frozen=True)
class ContributionDisputed(coproduction.ContributionDisputed):
    TOPIC: ClassVar[str] = "assessment.contribution_disputed"


@dataclass(frozen=True)
class DisputeAnswered(coproduction.DisputeAnswered):
    TOPIC: ClassVar[str] = "assessment.dispute_answered"


@dataclass(frozen=True)
class DisputeSettled(coproduction.DisputeSettled):
    TOPIC: ClassVar[str] = "assessment.dispute_settled"


@dataclass(frozen=True)
class CorrectionRecorded(coproduction.CorrectionRecorded):
    TOPIC: ClassVar[str] = "assessment.correction_recorded"


@dataclass(frozen=True)
class WordsWithdrawn(coproduction.WordsWithdrawn):
    """`theme`: the answer that stood there was hers and is gone; what it kept back stays so."""

    TOPIC: ClassVar[str] = "assessment.words_withdrawn"
    theme: str | None = None
    visibility: str | None = None
    audience: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class EntryMisfiled(coproduction.EntryMisfiled):
    TOPIC: ClassVar[str] = "assessment.entry_misfiled"


@dataclass(frozen=True)
class PersonErased(coproduction.PersonErased):
    """In a stream of its own, after all that this service has recorded of her."""

    TOPIC: ClassVar[str] = "assessment.person_erased"


VOICES = coproduction.Voices(
    confirmed=ContributionConfirmed,
    disputed=ContributionDisputed,
    answered=DisputeAnswered,
    settled=DisputeSettled,
    corrected=CorrectionRecorded,
    withdrawn=WordsWithdrawn,
    misfiled=EntryMisfiled,
)
