"""Every page of the portal, with somebody to whom it is shown. A page without a line here fails the run.

A line: the rule of the route, who looks (nobody: ""), and where that is in the told lives of the cast.
A new one goes where its page is come to from: `tabs`, `about` (her menu), `offices`, `office` (the
administrator's), `making`, or `anyone`.
"""

from tests.portal.browser.places.about import ABOUT
from tests.portal.browser.places.anyone import ANYONE
from tests.portal.browser.places.finding import Places
from tests.portal.browser.places.making import MAKING
from tests.portal.browser.places.office import OFFICE
from tests.portal.browser.places.offices import OFFICES
from tests.portal.browser.places.tabs import TABS

PLACES: Places = {**ANYONE, **TABS, **ABOUT, **OFFICE, **OFFICES, **MAKING}
# not pages: they lead on, or hand over a file
LEADING = {
    "/sign-in",
    "/sign-in/back",
    "/signatures/go",
    "/signatures/back",
    "/signatures/done",
    "/away",
    "/favicon.ico",
}
LEADING |= {"/persons/<uuid:person>/summary/<uuid:summary>/document.pdf"}
