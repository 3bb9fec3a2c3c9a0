"""A wire that can be cut: what the client sends arrives, what the server answers does not."""

import socket
import threading
from contextlib import suppress
from typing import Self


class Wire:
    """Listens on `port` and passes on to the server; `deaf` drops answers and hangs up."""

    def __init__(self, host: str, port: int) -> None:
        self.target = (host, port)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.deaf = threading.Event()
        self.cuts = 0
        self.threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        self.start(self.accept)
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for thread in self.threads:
            thread.join(10)

    def start(self, target, *args) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self.threads.append(thread)
        thread.start()

    def accept(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.create_connection(self.target)
            self.start(self.pump, client, server, False)
            self.start(self.pump, server, client, True)

    def pump(self, source: socket.socket, sink: socket.socket, answers: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if answers and self.deaf.is_set():
                    self.cuts += 1
                    self.deaf.clear()
                    break
                sink.sendall(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        source.close()
