"""The issuer's own folder, for whoever may read it: tokens without a sign-in page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cosigne.crowd import find
from cosigne.issuer.app import discovery
from cosigne.issuer.kept import Kept
from cosigne.issuer.tokens import mint, mint_for, public_keys
from shared.http.identity import Claims, Verifier
from shared.http.provider import Provider


class LocalIssuer:
    """Signs with the key in the folder: `cosigne token`, the demo's story, the tests."""

    def __init__(self, issuer: str, folder: Path) -> None:
        self.issuer = issuer
        self.kept = Kept(folder)
        self.key = self.kept.signing_key()

    def token(self, person: str, **more: Any) -> str:
        """A token for a fictional person by key; raises `people.Unknown` for nobody's."""
        return mint_for(self.key, find(person), issuer=self.issuer, **more)

    def mint(self, subject: str, **more: Any) -> str:
        """A token for anybody: `tenant=`, `operator=`, `locale=`, `lifetime=`, `now=` …"""
        return mint(self.key, issuer=self.issuer, subject=subject, **more)

    def fetch(self, url: str) -> Any:
        """What the running issuer would answer at its two public addresses."""
        return public_keys(self.key) if url.endswith("/jwks") else discovery(self.issuer)

    def verifier(self, claims: Claims | None = None) -> Verifier:
        """A verifier for a service in this same process: no socket needed to learn the keys."""
        return Verifier(Provider(self.issuer, fetch=self.fetch), claims)
