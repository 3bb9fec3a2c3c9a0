"""What the issuer keeps in its folder: a signing key, the demo's password, the clients' secrets."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from joserfc.jwk import RSAKey

# without letters and digits that are taken for one another when typed from a terminal
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class Kept:
    """Each thing is made when first asked for, for its owner's eyes only, and then stays."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def signing_key(self) -> RSAKey:
        return RSAKey.import_key(json.loads(self.once("signing-key.json", new_key)))

    def password(self) -> str:
        """The one password of all the fictional people, printed when the demo starts."""
        return self.once("password", new_password)

    def secret_of(self, client: str) -> str:
        return self.once(f"client-{client}", lambda: secrets.token_urlsafe(32))

    def once(self, name: str, make: Callable[[], str]) -> str:
        """The text of a file; two processes that make it at once agree on the first one's."""
        path = self.folder / name
        if not path.exists():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            making = self.folder / f".{name}.{secrets.token_hex(8)}"
            with os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as f:
                f.write(make())
            try:
                # unlike a rename, a link never replaces what another process put there
                os.link(making, path)
            except FileExistsError:
                pass
            finally:
                making.unlink()
        return path.read_text("utf-8")


def new_key() -> str:
    key = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)
    return json.dumps(key.as_dict(private=True))


def new_password() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
