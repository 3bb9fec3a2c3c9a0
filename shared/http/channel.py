"""A socket that gives up: until a deadline, and after so many bytes, however slowly they drip."""

from __future__ import annotations

import io
import socket
import time
from typing import Any


class Channel(io.RawIOBase):
    """What http.client takes for a socket: bounded in time and size, however slowly it drips."""

    def __init__(self, raw: socket.socket) -> None:
        self.socket = raw
        self.deadline, self.left = 0.0, 0

    def allow(self, until: float, most: int) -> None:
        self.deadline, self.left = until, most

    def sendall(self, data: bytes) -> None:
        self.socket.settimeout(left_until(self.deadline))
        self.socket.sendall(data)

    def makefile(self, mode: str, *_: Any) -> io.BufferedReader:
        del mode  # http.client reads only
        # closing an answer must not close what the next one comes over
        return io.BufferedReader(Ear(self))

    def close(self) -> None:
        self.socket.close()
        super().close()


class Ear(io.RawIOBase):
    """The reading half of a channel, one for each answer."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        channel = self.channel
        channel.socket.settimeout(left_until(channel.deadline))
        read = channel.socket.recv_into(buffer, min(len(buffer), channel.left + 1))
        channel.left -= read
        if channel.left < 0:
            raise TooMuchError
        return read


class TooMuchError(OSError):
    """More was answered than anybody needs."""


def left_until(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
