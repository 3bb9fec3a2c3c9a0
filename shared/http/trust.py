"""Whose certificates are believed: those of the authorities everybody knows, and of one's own."""

from __future__ import annotations

import ssl
from functools import cache
from pathlib import Path

from shared.kernel import Refused


@cache  # a hundred and more authorities are read each time: once a process, not once a service
def trusting(authority: Path | None = None) -> ssl.SSLContext:
    """The system's authorities, and that of the file (PEM). Raises Refused for a file that is none."""
    context = ssl.create_default_context()
    if authority is not None:
        try:
            context.load_verify_locations(authority)
        except OSError as error:  # an SSLError is one too
            reason = error.strerror or "PEM?"
            raise Refused("settings.file_unreadable", path=authority, reason=reason) from error
    return context
