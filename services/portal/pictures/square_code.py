"""An address as a square code, which the camera of a phone reads from a wall."""

from __future__ import annotations

import segno
from markupsafe import Markup

QUIET = 4  # the light border without which cameras find nothing, in squares
INK, PAPER = "#000", "#fff"  # in every look: cameras read dark on light


def square_code(address: str) -> Markup:
    """SVG to be put in a page; what it leads to stands beside it in letters."""
    code = segno.make(address, error="m", micro=False)
    # the library writes shapes and colours, and nothing of the address
    return Markup(  # noqa: S704
        code.svg_inline(border=QUIET, dark=INK, light=PAPER, omitsize=True, svgclass="square-code")
    )
