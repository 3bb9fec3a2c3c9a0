"""A portal of its own for one test, on whose way to the services things go wrong."""

from contextlib import contextmanager

import httpx

from services.portal.wiring import portal_app
from tests.portal.conftest import Visit, signed_in


class Road(httpx.BaseTransport):
    """Between a portal and the services: some do not answer, and an answer may be lost on the way."""

    def __init__(self):
        self.real = httpx.HTTPTransport(verify=False)
        self.answers = {}  # a service, or the end of an address -> the status it answers with
        self.loses = ""  # the end of an address: the command arrives there, its answer does not

    def handle_request(self, request):
        path = request.url.path
        for where, status in self.answers.items():
            if path.startswith(f"/{where}/") or path.endswith(f"/{where}"):
                return httpx.Response(status, json={}, request=request)
        answer = self.real.handle_request(request)
        if self.loses and request.method == "POST" and path.endswith(self.loses):
            answer.read()
            raise httpx.ReadTimeout("lost on the way", request=request)
        return answer

    def close(self):
        self.real.close()


@contextmanager
def just_started(open_house, road):
    """Her browser, at a portal that was just started."""
    cookies = httpx.Cookies()
    cookies.update(signed_in(open_house, open_house.person))
    with httpx.Client(
        transport=httpx.WSGITransport(portal_app(open_house.installation.settings, road)),
        base_url=open_house.installation.url,
        cookies=cookies,
        follow_redirects=True,
    ) as client:
        yield Visit(client, open_house.person)
