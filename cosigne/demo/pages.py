"""One page of the scene: at which time, who asks what of which service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cosigne.people import Person


@dataclass(frozen=True)
class Page:
    at: datetime
    who: Person
    how: str
    path: str
    body: Mapping[str, Any]
