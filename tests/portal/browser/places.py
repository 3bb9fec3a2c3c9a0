"""Every page of the portal, with somebody to whom it is shown. A page without a line here fails the run.

A line: the rule of the route, who looks (nobody: ""), and where that is in the told lives of the cast.
"""

from collections.abc import Callable, Mapping

from tests.portal.browser.conftest import Scene

Where = Callable[[Scene], str]


def at(path: str, who: str = "luc") -> Where:
    """A page of that person's record."""
    return lambda scene: f"/persons/{scene.id(who)}/{path}"


def plain(path: str) -> Where:
    return lambda _scene: path


PLACES: Mapping[str, list[tuple[str, Where]]] = {
    "/": [("luc", plain("/")), ("karim", plain("/"))],
    "/welcome": [("", plain("/welcome"))],
    "/help-now": [("", plain("/help-now")), ("luc", plain("/help-now"))],
    "/about-this-site": [("", plain("/about-this-site"))],
    "/help": [("luc", plain("/help"))],
    "/signed-in": [("luc", plain("/signed-in"))],
    "/tour": [("luc", plain("/tour"))],
    "/tour/<int:screen>": [("luc", plain(f"/tour/{n}")) for n in range(1, 8)],
    "/persons/<uuid:person>/strengths": [
        ("luc", at("strengths")),
        ("karim", at("strengths")),
    ],
}
# not pages: they lead on, or hand over a file
LEADING = {"/sign-in", "/sign-in/back", "/signatures/back", "/away", "/favicon.ico"}
