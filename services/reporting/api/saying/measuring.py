"""The words of measures: steps, levels, degrees, reasons; to the person about herself in « vous »."""

from __future__ import annotations

from typing import Any

from services.reporting.api.saying.wording import read, text_in

COPRODUCTION = "coproduction"


def measure_word(section: str, code: str, locale: str, *, own: bool = False) -> str:
    """The words of a code. Raises KeyError for one without words."""
    found: dict[str, Any] = read(COPRODUCTION)[section][code]
    return text_in(found.get("own", found) if own else found, locale)
