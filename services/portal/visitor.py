"""Who is in front of the screen: signed in or not, in which language, with which organisation."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ABOUT_TO_END = 30  # seconds before a token ends it is no more used


@dataclass(frozen=True)
class Visitor:
    """Nobody yet, or someone signed in, as the directory knows them."""

    token: str = field(default="", repr=False)
    until: float = 0.0
    party: str = ""
    organisation: str = ""
    name: str = ""
    roles: tuple[str, ...] = ()
    session: str = field(default="", repr=False)  # the provider's, to be ended with this one

    @property
    def signed_in(self) -> bool:
        return bool(self.token) and self.until - ABOUT_TO_END > time.time()

    @property
    def is_person(self) -> bool:
        """The service is for her."""
        return "person" in self.roles

    def has(self, *roles: str) -> bool:
        return any(role in self.roles for role in roles)

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Visitor:
        if not told:
            return cls()
        return cls(**{**told, "roles": tuple(told.get("roles", ()))})

    def kept(self) -> dict[str, Any]:
        return {
            "token": self.token,
            "until": self.until,
            "party": self.party,
            "organisation": self.organisation,
            "name": self.name,
            "roles": list(self.roles),
            "session": self.session,
        }
