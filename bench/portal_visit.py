"""Someone's browser for a benchmark: signed in as people sign in, its requests timed and weighed."""

from __future__ import annotations

import http.client
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import httpx

from cosigne.people import Person

# what a page has its browser fetch besides letters: looks, scripts, and what a script asks for
ASKED = re.compile(
    r"""<(?:link[^>]*rel="stylesheet"[^>]*href|script[^>]*src|img[^>]*src)="([^"]+)\""""
)
IMPORTED = re.compile(r"""(?:from|import)\s*["'](\.[^"']+)["']""")


@dataclass(frozen=True)
class Weight:
    """Of a first visit: bytes of bodies as they are sent, and how many requests."""

    bytes: int
    requests: int


@dataclass
class Browser:
    """Keeps its connection, and the cookie of its sign-in."""

    url: str
    cookie: str
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        address = urlsplit(self.url)
        self.connection = http.client.HTTPConnection(
            str(address.hostname), address.port, timeout=120
        )

    def fetch(self, path: str) -> tuple[float, bytes, str]:
        """Seconds, the body as it was sent, and its text."""
        headers = {"Cookie": self.cookie, "Accept-Encoding": "gzip", "Accept-Language": "fr-CA"}
        try:
            begun = time.perf_counter()
            self.connection.request("GET", path, headers=headers)
            answer = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            self.connection.close()  # it was open and idle for too long
            begun = time.perf_counter()
            self.connection.request("GET", path, headers=headers)
            answer = self.connection.getresponse()
        body = answer.read()
        took = time.perf_counter() - begun
        if answer.status != http.client.OK:
            raise SystemExit(f"{path}: {answer.status} {body[:300]!r}: no figures")
        small = answer.getheader("Content-Encoding") == "gzip"
        text = httpx.Response(
            200, headers={"Content-Encoding": "gzip"} if small else {}, content=body
        )
        return took, body, text.text

    def seconds(self, path: str, times: int) -> list[float]:
        return [self.fetch(path)[0] for _ in range(times)]

    def weight(self, path: str) -> Weight:
        """Of the page and everything it needs, each once."""
        seen: dict[str, int] = {}
        waiting = [path]
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            _, body, text = self.fetch(one)
            seen[one] = len(body)
            found = IMPORTED.findall(text) if ".js" in one else ASKED.findall(text)
            if one == path or ".js" in one:
                waiting += [urljoin(one, asked.replace("&amp;", "&")) for asked in found]
        return Weight(sum(seen.values()), len(seen))


def signed_in(url: str, who: Person, password: str) -> Browser:
    """At the provider's page, with the password that the installation printed."""
    with httpx.Client(base_url=url, follow_redirects=True, trust_env=False, timeout=60) as client:
        page = client.get("/sign-in?next=/signed-in")
        client.post(str(page.url), data={"person": who.key, "password": password})
        cookie = "; ".join(f"{c.name}={c.value}" for c in client.cookies.jar)
    browser = Browser(url, cookie)
    browser.fetch("/signed-in")
    return browser
