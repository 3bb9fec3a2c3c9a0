"""Every fact that delivery records: a subscription's life, and what was sent of a person.

A subscription is a stream of its own, about the organisation. Secrets stand in no fact: they follow
from the organisation's own and the number of the generation.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from shared import coproduction
from shared.kernel import Fact

# --- a subscription: one stream each ---------------------------------------------------------------


@dataclass(frozen=True)
class SubscriptionGranted(Fact):
    """Which events, of which sites and programmes (none named: all), what for, until which day.

    `payload` is thin (that something happened, and where to fetch it) or full.
    """

    TOPIC: ClassVar[str] = "delivery.subscription_granted"
    partner: UUID
    name: str
    types: tuple[str, ...]
    purpose: str
    until: date
    payload: str = "thin"
    sites: tuple[UUID, ...] = ()
    programmes: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class EndpointSet(Fact):
    """Where webhooks go; none: the partner reads the feed."""

    TOPIC: ClassVar[str] = "delivery.endpoint_set"
    url: str | None = None


@dataclass(frozen=True)
class SecretRotated(Fact):
    """Until `overlap`, what is sent is signed with the secret before as well."""

    TOPIC: ClassVar[str] = "delivery.secret_rotated"
    generation: int
    overlap: datetime


@dataclass(frozen=True)
class SubscriptionPaused(Fact):
    TOPIC: ClassVar[str] = "delivery.subscription_paused"


@dataclass(frozen=True)
class SubscriptionResumed(Fact):
    TOPIC: ClassVar[str] = "delivery.subscription_resumed"


@dataclass(frozen=True)
class SubscriptionDisabled(Fact):
    """Its webhooks: the endpoint said that it is gone, or failed for too long."""

    TOPIC: ClassVar[str] = "delivery.subscription_disabled"
    reason: str


@dataclass(frozen=True)
class SubscriptionEnabled(Fact):
    TOPIC: ClassVar[str] = "delivery.subscription_enabled"


@dataclass(frozen=True)
class SubscriptionEnded(Fact):
    TOPIC: ClassVar[str] = "delivery.subscription_ended"


@dataclass(frozen=True)
class TrialAsked(Fact):
    """It takes a place in the log and goes the way of every other event."""

    TOPIC: ClassVar[str] = "delivery.trial_asked"


@dataclass(frozen=True)
class ReplayAsked(Fact):
    """Webhooks from one place of the log to another, once more; or those only that were given up."""

    TOPIC: ClassVar[str] = "delivery.replay_asked"
    first: int
    last: int
    failed: bool = False


@dataclass(frozen=True)
class ErasureAcknowledged(Fact):
    """The partner says that it has erased whom it was told to; `erasure` names that event."""

    TOPIC: ClassVar[str] = "delivery.erasure_acknowledged"
    erasure: UUID


# --- a person's register: a stream of its own for each line ----------------------------------------


@dataclass(frozen=True)
class RecordSent(Fact):
    """Something of this tab was sent to this partner on this day, thin or full: one line a day."""

    TOPIC: ClassVar[str] = "delivery.record_sent"
    partner: UUID
    subscription: UUID
    tab: str
    payload: str
    purpose: str
    day: date


@dataclass(frozen=True)
class PersonErased(coproduction.PersonErased):
    """In a stream of its own, after all that this service has recorded of her."""

    TOPIC: ClassVar[str] = "delivery.person_erased"
