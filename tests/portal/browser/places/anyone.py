"""The way in, the help and the tour: pages of nobody in particular."""

from tests.portal.browser.places.finding import Places, plain

ANYONE: Places = {
    "/": [("luc", plain("/")), ("karim", plain("/"))],
    "/welcome": [("", plain("/welcome"))],
    "/help-now": [("", plain("/help-now")), ("luc", plain("/help-now"))],
    "/about-this-site": [("", plain("/about-this-site"))],
    "/help": [("luc", plain("/help"))],
    "/signed-in": [("luc", plain("/signed-in"))],
    "/tour": [("luc", plain("/tour"))],
    "/tour/<int:screen>": [("luc", plain(f"/tour/{n}")) for n in range(1, 8)],
    "/charter": [("karim", plain("/charter"))],
}
