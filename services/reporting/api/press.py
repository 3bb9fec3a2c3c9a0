"""The press: sets one document as a tagged PDF, in a process of its own with an end to everything.

`python -m services.reporting.api.press summary` reads what is told as JSON, writes the PDF. A
document that takes too long, or too much, takes nothing from anybody else.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import unicodedata
from pathlib import Path
from typing import Any

import typst

DATA = Path(__file__).parents[1] / "data"
STANDARD = "ua-1"  # PDF/UA: can be read aloud and walked through by its structure
SECONDS, BYTES = 20, 1 << 30
UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
MOST_UNSHOWN = 30


def pdf_of(template: str, told: str) -> bytes:
    """PDF/UA; what no letter of the fonts can show is named in brackets, as it is read aloud."""
    for _ in range(MOST_UNSHOWN):
        try:
            return compiled(template, told, [STANDARD])
        except typst.TypstError as error:
            unshown = UNSHOWN.search(str(error))
            if unshown is None:
                raise
            told = named(told, unshown[1])
    # a script that the fonts do not know at all: tagged still, though not every sign is shown
    return compiled(template, told, [])


def compiled(template: str, told: str, standards: Any) -> bytes:
    pdf: bytes = typst.compile(
        str(DATA / f"{template}.typ"),
        root=str(DATA),
        font_paths=[],
        ignore_system_fonts=True,
        sys_inputs={"told": told},
        pdf_standards=standards,
    )
    return pdf


def named(told: str, unshown: str) -> str:
    """The same with these signs by their names."""
    for sign in dict.fromkeys(unshown):
        name = unicodedata.name(sign, "").lower()
        told = told.replace(sign, f"[{name}]" if name else "")
    return told


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    told = json.dumps(json.load(sys.stdin), ensure_ascii=False)
    sys.stdout.buffer.write(pdf_of(sys.argv[1], told))


if __name__ == "__main__":
    main()
