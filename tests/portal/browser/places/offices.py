"""The pages of those with an office: auditor, privacy officer, administrator, emergency."""

from tests.portal.browser.places.finding import (
    Places,
    asked_for,
    decision,
    looked_into,
    plain,
)

OFFICES: Places = {
    "/mandates": [("etienne", plain("/mandates"))],
    "/mandates/trail": [("etienne", plain("/mandates/trail"))],
    "/mandates/persons/<uuid:person>": [
        ("etienne", lambda scene: f"/mandates/persons/{scene.id('luc')}"),
    ],
    "/mandates/persons/<uuid:person>/decisions/<uuid:entry>": [("etienne", decision)],
    "/emergency": [("karim", plain("/emergency"))],
    "/privacy": [("nathalie", plain("/privacy")), ("julien", plain("/privacy"))],
    "/privacy/answered": [("julien", plain("/privacy/answered"))],
    "/privacy/persons/<uuid:person>/requests/<uuid:asked>": [("julien", asked_for)],
    "/privacy/persons/<uuid:person>/emergencies/<uuid:access>": [("nathalie", looked_into)],
}
