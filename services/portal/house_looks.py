"""How an organisation's pages look besides ours: its logo, and its accent among those that were tested."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

from services.portal.assets import Asset, asset
from shared.kernel import Refused

# each stands in tokens.css for light and dark, with enough contrast; the look of high contrast has its own
ACCENTS = ("clay", "water", "forest", "plum")
ACCENTS_FILE = "accents.toml"
LOGO_STARTS = {".svg": b"<", ".png": b"\x89PNG\r\n\x1a\n"}
LOGO_MOST = 30_000  # bytes: someone's data plan pays for them
# a drawing may hold a script: as an image it runs none, and opened by itself neither
NO_SCRIPTS = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@dataclass(frozen=True)
class Look:
    logo: str = ""  # its path among what is static
    accent: str = ""


@dataclass(frozen=True)
class HouseLooks:
    """By organisation; the logos are named by what they hold, so that nobody learns whose there are."""

    looks: Mapping[str, Look] = field(default_factory=dict)
    logos: Mapping[str, Asset] = field(default_factory=dict)

    def of(self, organisation: str) -> Look:
        return self.looks.get(organisation, Look())


def read(folder: Path | None) -> HouseLooks:
    """`<organisation>.svg` or `.png`, and `accents.toml`. Raises Refused for what is neither."""
    if folder is None:
        return HouseLooks()
    looks, logos = {house: Look(accent=accent) for house, accent in accents(folder).items()}, {}
    for file in sorted(folder.glob("[!.]*")):
        if file.name == ACCENTS_FILE:
            continue
        house, logo = house_of(file.stem, file), logo_of(file)
        name = f"logos/{hashlib.sha256(logo.whole).hexdigest()[:16]}{file.suffix}"
        logos[name] = logo
        looks[house] = replace(looks.get(house, Look()), logo=name)
    return HouseLooks(looks, logos)


def accents(folder: Path) -> Mapping[str, str]:
    """Which organisation has which."""
    file = folder / ACCENTS_FILE
    if not folder.is_dir():
        raise Refused("settings.file_unreadable", path=folder, reason="COSIGNE_PORTAL_LOOKS")
    try:
        told = tomllib.loads(file.read_text("utf-8")) if file.exists() else {}
    except (ValueError, OSError) as error:
        raise Refused("settings.file_unreadable", path=file, reason=str(error)) from error
    for accent in told.values():
        if accent not in ACCENTS:
            raise Refused("settings.unknown_accent", accent=accent, allowed=", ".join(ACCENTS))
    return {house_of(name, file): accent for name, accent in told.items()}


def house_of(name: str, file: Path) -> str:
    try:
        return str(UUID(name))
    except ValueError:
        raise Refused("settings.looks_of_whom", name=name, path=file) from None


def logo_of(file: Path) -> Asset:
    start = LOGO_STARTS.get(file.suffix)
    whole = file.read_bytes() if start else b""
    if start is None or not whole.startswith(start) or len(whole) > LOGO_MOST:
        raise Refused("settings.no_logo", path=file, most=LOGO_MOST // 1000)
    return replace(asset(file), policy=NO_SCRIPTS)
