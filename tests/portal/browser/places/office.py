"""The administrator's pages."""

from tests.portal.browser.conftest import Scene
from tests.portal.browser.places.finding import Places, plain


def mandate(scene: Scene) -> str:
    """A mandate that was given at the Grand-Héron."""
    first = scene.first("patrick", "/directory/v1/audit-mandates", "audit_mandates")
    return f"/office/mandates/{first}"


OFFICE: Places = {
    "/office": [("patrick", plain("/office"))],
    "/office/help-lines": [("patrick", plain("/office/help-lines"))],
    "/office/help-lines/poster": [("patrick", plain("/office/help-lines/poster"))],
    "/office/sites": [("patrick", plain("/office/sites"))],
    "/office/organisation": [("aurelie", plain("/office/organisation"))],
    "/office/<any(staff, persons):which>": [
        ("patrick", plain("/office/staff")),
        ("patrick", plain("/office/persons")),
    ],
    "/office/staff/new": [("patrick", plain("/office/staff/new"))],
    "/office/staff/<uuid:party>": [
        ("patrick", lambda scene: f"/office/staff/{scene.id('karim')}"),
        ("patrick", lambda scene: f"/office/staff/{scene.id('patrick')}"),
    ],
    "/office/persons/new": [("patrick", plain("/office/persons/new"))],
    "/office/persons/<uuid:person>": [
        ("patrick", lambda scene: f"/office/persons/{scene.id('luc')}"),
    ],
    "/office/mandates": [("patrick", plain("/office/mandates"))],
    "/office/mandates/new": [("patrick", plain("/office/mandates/new"))],
    "/office/mandates/<uuid:mandate>": [("patrick", mandate)],
}
