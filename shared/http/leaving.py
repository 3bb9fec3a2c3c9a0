"""One word for all processes of a server: it is leaving, so nothing new should be sent to it.

The page of memory is made when this is loaded, before the fork: the first process writes it, and
each of those that serve reads it.
"""

from __future__ import annotations

import mmap

_WORD = mmap.mmap(-1, 1)


def leave() -> None:
    _WORD[0] = 1


def leaving() -> bool:
    return _WORD[0] == 1
