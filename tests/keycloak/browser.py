"""A browser at the portal and at Keycloak: it keeps cookies, and goes where it is sent."""

import html
import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urljoin

import httpx

from tests.keycloak.person import FORM
from tests.keycloak.realm import PASSWORD

AT_MOST = 12  # times it is sent on
WHO = re.compile(r'<input[^>]*id="username"[^>]*value="([^"]+)"')


@dataclass
class Browser:
    """To its own machine it sends cookies marked "secure" over plain http too, as browsers do."""

    url: str
    client: httpx.Client
    cookies: dict[str, str] = field(default_factory=dict)
    went: list[str] = field(default_factory=list)

    def get(self, path: str) -> httpx.Response:
        return self.ask("GET", urljoin(self.url, path))

    def post(self, path: str, **fields: str) -> httpx.Response:
        return self.ask("POST", urljoin(self.url, path), fields)

    def ask(self, method: str, url: str, fields: dict[str, str] | None = None) -> httpx.Response:
        for _ in range(AT_MOST):
            self.went.append(url)
            kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            headers = {"Cookie": kept, "Sec-Fetch-Site": "same-origin"}
            answer = self.client.request(method, url, data=fields, headers=headers)
            for line in answer.headers.get_list("set-cookie"):
                for name, told in SimpleCookie(line).items():
                    self.cookies[name] = told.value
                    if not told.value or told["max-age"] == "0":
                        del self.cookies[name]
            if not answer.is_redirect:
                return answer
            method, fields, url = "GET", None, urljoin(url, answer.headers["location"])
        raise AssertionError(f"sent round and round: {self.went}")

    def give_password(self, page: httpx.Response, who: str) -> httpx.Response:
        """At Keycloak's page, which has nobody's name on it yet."""
        form = FORM.search(page.text)
        assert form is not None, page.text
        assert WHO.search(page.text) is None, "it still knows somebody"
        filled_in = {"username": who, "password": PASSWORD, "credentialId": ""}
        return self.ask("POST", html.unescape(form[1]), filled_in)
