"""The pages of those who make the organisation's questionnaires and publish its counts."""

from cosigne.people import people
from tests.portal.browser.conftest import Scene
from tests.portal.browser.places.finding import Places, Where, plain


def published(scene: Scene) -> str:
    """The counts that the manager published."""
    sylvie, path = people()["sylvie"], "/reporting/v1/counts"
    if not scene.door.get(sylvie, path)["releases"]:
        scene.door.post(sylvie, path, {})
    return f"/counts/{scene.door.get(sylvie, path)['releases'][0]['release']}"


def questionnaire(path: str = "", *, draft: bool = True) -> Where:
    """A page of the questionnaire on quality of life, or of a draft made from it."""

    def where(scene: Scene) -> str:
        patrick, all_of_them = people()["patrick"], "/assessment/v1/catalogues"
        found = scene.door.get(patrick, f"{all_of_them}?key=default")["catalogues"]
        source = next(one["id"] for one in found if one["stage"] == "published")
        if not draft:
            return f"/questionnaires/{source}{path}"
        if "a draft" not in scene.kept:
            body = {"fr": "La nôtre", "en": "Ours", "derived_from": source}
            made = scene.kept["a draft"] = scene.door.post(patrick, all_of_them, body)["id"]
            at = f"{all_of_them}/{made}/themes"
            scene.door.post(patrick, f"{at}/quartier/retirement", {})
            words = {"theme": "silence", "fr": "Le silence", "en": "Silence", "sensitive": True}
            scene.door.post(patrick, at, {**words, "sphere": "sante"})
        return f"/questionnaires/{scene.kept['a draft']}{path}"

    return where


MAKING: Places = {
    "/questionnaires": [
        ("patrick", plain("/questionnaires")),
        ("sylvie", plain("/questionnaires")),
    ],
    "/questionnaires/<uuid:catalogue>": [
        ("patrick", questionnaire()),
        ("sylvie", questionnaire(draft=False)),
    ],
    "/questionnaires/<uuid:catalogue>/themes/<theme>": [
        ("patrick", questionnaire("/themes/logement")),
        ("patrick", questionnaire("/themes/logement", draft=False)),
    ],
    "/questionnaires/<uuid:catalogue>/spheres/<sphere>": [
        ("patrick", questionnaire("/spheres/sante")),
    ],
    "/questionnaires/<uuid:catalogue>/add-theme": [
        ("patrick", questionnaire("/add-theme?sphere=sante")),
    ],
    "/questionnaires/<uuid:catalogue>/name": [("patrick", questionnaire("/name"))],
    "/questionnaires/<uuid:catalogue>/add-sphere": [("patrick", questionnaire("/add-sphere"))],
    "/questionnaires/<uuid:catalogue>/preview": [("patrick", questionnaire("/preview"))],
    "/questionnaires/<uuid:catalogue>/preview/<theme>": [
        ("patrick", questionnaire("/preview/silence")),
    ],
    "/questionnaires/<uuid:catalogue>/publication": [
        ("patrick", questionnaire("/publication")),
    ],
    "/counts": [("sylvie", plain("/counts"))],
    "/counts/<uuid:release>": [("sylvie", published)],
}
