"""The last callers of a server that stops: whoever stands at the door is let in, nobody else comes.

The system completes connections by itself and keeps them in a queue until somebody accepts them. To
close the door would reset those in the queue, who were told that they are connected, and may have
asked already. So it first begins no new ones: they knock again in a second, and find nobody.
"""

from __future__ import annotations

import ctypes
import socket
import struct
from contextlib import suppress

ATTACH_FILTER = 26  # SO_ATTACH_FILTER of Linux
# what the system asks of each segment: one that begins a connection (SYN) is dropped, all else passes
FLAGS, BEGINS, EVERYTHING = 13, 0x02, 0xFFFFFFFF
LOAD_BYTE, JUMP_IF_SET, RETURN = 0x30, 0x45, 0x06
PROGRAM = (
    (LOAD_BYTE, 0, 0, FLAGS),
    (JUMP_IF_SET, 0, 1, BEGINS),
    (RETURN, 0, 0, 0),
    (RETURN, 0, 0, EVERYTHING),
)


def begin_no_more(listener: socket.socket) -> None:
    """For all processes that listen there. Where the system knows no such thing, nothing changes."""
    told = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in PROGRAM))
    program = struct.pack("HP", len(PROGRAM), ctypes.addressof(told))
    with suppress(OSError):
        listener.setsockopt(socket.SOL_SOCKET, ATTACH_FILTER, program)
