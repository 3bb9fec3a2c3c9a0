"""The pages of those who make the organisation's questionnaires and publish its counts."""

from cosigne.people import people
from tests.portal.browser.conftest import Scene
from tests.portal.browser.places.finding import Places, plain


def published(scene: Scene) -> str:
    """The counts that the manager published."""
    sylvie, path = people()["sylvie"], "/reporting/v1/counts"
    if not scene.door.get(sylvie, path)["releases"]:
        scene.door.post(sylvie, path, {})
    return f"/counts/{scene.door.get(sylvie, path)['releases'][0]['release']}"


MAKING: Places = {
    "/counts": [("sylvie", plain("/counts"))],
    "/counts/<uuid:release>": [("sylvie", published)],
}
