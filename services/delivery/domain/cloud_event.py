"""An event as a partner receives it: CloudEvents 1.0, thin or full, the same whichever way it goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from services.delivery.domain.offer import OFFER, WITHHELD

DIGITS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One row of a subscription's log, with what may still be told of it.

    `withheld`: it was in its place once, and may not leave (any more).
    """

    tenant: UUID
    subscription: UUID
    sequence: int | None
    id: UUID
    type: str
    subject: UUID | None
    at: datetime
    by_her: bool = False
    data: Mapping[str, Any] | None = None
    withheld: bool = False


def source_of(tenant: UUID, subscription: UUID) -> str:
    """It names the subscription, so that the sequence within it has no holes."""
    return f"urn:cosigne:{tenant}:subscription:{subscription}"


def sequence_of(number: int) -> str:
    return str(number).zfill(DIGITS)


def type_of(stored: str, version: int = 1) -> str:
    return f"org.cosigne.{stored}.v{version}"


def cloud_event(place: Place, *, zone: ZoneInfo, url: str) -> dict[str, Any]:
    """`url` is where this service is reached; `data` holds the link, and what is told in full."""
    type_ = WITHHELD if place.withheld else place.type
    told: dict[str, Any] = {
        "specversion": "1.0",
        "id": str(place.id),
        "source": source_of(place.tenant, place.subscription),
        "type": type_of(type_),
        "time": time_of(place, zone),
        "datacontenttype": "application/json",
        "dataschema": f"urn:cosigne:schema:{type_of(type_)}",
    }
    if place.sequence is not None:
        told["sequence"] = sequence_of(place.sequence)
    if place.subject is not None and not place.withheld:
        told |= {"subject": str(place.subject), "partitionkey": str(place.subject)}
    told["data"] = {} if place.withheld else data_of(place, url)
    return told


def data_of(place: Place, url: str) -> dict[str, Any]:
    link = f"{url}/v1/feed/{place.subscription}/events/{place.id}"
    here = {"link": link} if place.type in OFFER else {}
    return here if place.data is None else {**here, **place.data}


def time_of(place: Place, zone: ZoneInfo) -> str:
    """When it was recorded; to others a person's own entries carry a day, not an hour."""
    if not place.by_her and not place.withheld:
        return place.at.isoformat()
    return place.at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0).isoformat()
