"""The services called in the same process, without a socket: the same requests, the same answers."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cosigne.demo.door import Door
from cosigne.people import Person

Answers = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass
class NearDoor(Door):
    """A door that opens on a WSGI application. Any number of threads may go through it."""

    app: Answers | None = field(default=None, kw_only=True)

    def _call(
        self,
        who: Person,
        method: str,
        path: str,
        body: Mapping[str, Any] | None,
        headers: Mapping[str, str],
    ) -> tuple[int, Any]:
        text = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "127.0.0.1",
            "HTTP_AUTHORIZATION": f"Bearer {self._token(who)}",
            "HTTP_ACCEPT_LANGUAGE": who.locale,
            "CONTENT_TYPE": "application/json" if body is not None else "",
            "CONTENT_LENGTH": str(len(text)),
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(text),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        heard: list[str] = []

        def start(status: str, _headers: Any, _trouble: Any = None) -> Callable[[bytes], None]:
            heard.append(status)
            return lambda _: None

        assert self.app is not None  # noqa: S101 - a near door is never built without
        told = self.app(environ, start)
        answer = b"".join(told)
        if hasattr(told, "close"):
            told.close()
        return int(heard[0].split(" ", 1)[0]), json.loads(answer) if answer else {}
