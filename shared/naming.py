"""Under which spellings a name is the same name, wherever two are compared."""

from __future__ import annotations

import re
import unicodedata

NOT_A_WORD = re.compile(r"[^0-9a-z]+")


def normal(name: str) -> str:
    """A name without accents, capitals, punctuation and spaces: `Mes Études !` is `mes-etudes`."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return NOT_A_WORD.sub("-", letters).strip("-")
