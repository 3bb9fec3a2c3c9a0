"""Authorization codes: one file each, so that every worker process sees them, taken only once."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from authlib.oidc.core import AuthorizationCodeMixin

LIFETIME = 60


@dataclass(frozen=True)
class Code(AuthorizationCodeMixin):  # type: ignore[misc]
    """What was granted, and to whom, until the client comes for it."""

    client: str
    person: str
    redirect_uri: str
    scope: str
    code_challenge: str
    code_challenge_method: str
    signed_in_at: int
    nonce: str | None = None

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str | None:
        return self.nonce

    def get_auth_time(self) -> int:
        return self.signed_in_at

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> list[str]:
        return ["pwd"]


class Codes:
    """Named by their digest: whoever can list the folder still has no code."""

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self.now = now

    def keep(self, code: str, granted: Code) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.sweep()
        with os.fdopen(
            os.open(self.path(code), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w"
        ) as file:
            json.dump(asdict(granted), file)

    def take(self, code: str) -> Code | None:
        """What a code stands for; a second taker, or one who comes late, finds nothing."""
        path = self.path(code)
        taken = path.with_suffix(".taken")
        try:
            path.rename(taken)
        except FileNotFoundError:
            return None
        granted = Code(**json.loads(taken.read_text("utf-8")))
        taken.unlink()
        return granted if self.now() - granted.signed_in_at <= LIFETIME else None

    def sweep(self) -> None:
        for path in self.folder.iterdir():
            if self.now() - path.stat().st_mtime > LIFETIME:
                path.unlink(missing_ok=True)

    def path(self, code: str) -> Path:
        return self.folder / hashlib.sha256(code.encode()).hexdigest()
