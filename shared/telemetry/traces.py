"""A traceparent as it is written, and as stored envelopes keep it."""

from __future__ import annotations

import re
from collections.abc import Iterable

# as W3C Trace Context writes it: version, trace, parent, flags
FORM = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
SAMPLED_IN = re.compile(
    rb'"traceparent":"([0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f][13579bdf])"'
)


def told(sent: str | None) -> str | None:
    """One that is not written as it should be counts as not sent."""
    return sent if sent and FORM.fullmatch(sent) else None


def traced(parent: str | None) -> str | None:
    """What is worth keeping for later work."""
    return parent if parent and sampled(parent) else None


def sampled(parent: str) -> bool:
    return bool(int(parent[-2:], 16) & 1)


def kept_in(envelopes: Iterable[bytes]) -> list[str]:
    """The sampled ones, each once; found without reading the rest of what is stored."""
    found = (SAMPLED_IN.search(envelope) for envelope in envelopes)
    return list(dict.fromkeys(one[1].decode() for one in found if one))
