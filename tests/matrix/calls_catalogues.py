"""How each operation on questionnaires is called."""

from tests.matrix.calls import call, once
from tests.matrix.scene import Scene
from tests.support.clients import Call

WORDS = {"fr": "Le nôtre", "en": "Ours"}
CATALOGUES = "/catalogues"
ONE = "assessment post /catalogues/{catalogue}"


def draft(s: Scene) -> tuple[str, int]:
    """A draft derived from the default questionnaire, and its version."""
    body = {**WORDS, "derived_from": s["catalogue"]}
    told = s.made("administrator", "assessment", CATALOGUES, body)
    return told["id"], told["version"]


@call("assessment get /catalogues")
def catalogues(s: Scene) -> Call:
    return Call("person")


@call("assessment get /catalogues/{catalogue}")
def catalogue(s: Scene) -> Call:
    return Call("person", {"catalogue": s["catalogue"]})


@call("assessment post /catalogues/defaults")
def install(s: Scene) -> Call:
    return Call("administrator", body={})


@call("assessment post /catalogues")
def draft_one(s: Scene) -> Call:
    return Call("administrator", body={**WORDS, "derived_from": s["catalogue"]})


@call(f"{ONE}/discussions")
def discuss(s: Scene) -> Call:
    body = {"words": "Ça manquait.", "about": "logement"}
    return Call("person", {"catalogue": draft(s)[0]}, body)


@call(f"{ONE}/publication")
def publish(s: Scene) -> Call:
    made, version = draft(s)
    return Call("administrator", {"catalogue": made}, {}, match=version)


@call(f"{ONE}/retirement")
def retire(s: Scene) -> Call:
    made, version = draft(s)
    s.made("administrator", "assessment", f"/catalogues/{made}/publication", match=version)
    return Call("administrator", {"catalogue": made}, {"reason": "Remplacé."})


@call(f"{ONE}/setting-aside")
def set_aside(s: Scene) -> Call:
    return Call("administrator", {"catalogue": draft(s)[0]}, {"reason": "Un autre est en cours."})


@call(f"{ONE}/wordings")
def rename(s: Scene) -> Call:
    made, version = draft(s)
    body = {"fr": once("À notre façon"), "en": "Our way"}
    return Call("administrator", {"catalogue": made}, body, match=version)


@call(f"{ONE}/scale")
def scale(s: Scene) -> Call:
    steps = [{"value": 0, "fr": "Non", "en": "No"}, {"value": 10, "fr": "Oui", "en": "Yes"}]
    body = {"lowest": 0, "highest": 10, "steps": steps}
    return Call("administrator", {"catalogue": draft(s)[0]}, body)


@call(f"{ONE}/spheres")
def add_sphere(s: Scene) -> Call:
    body = {"sphere": "esprit", "fr": "Esprit", "en": "Spirit"}
    return Call("administrator", {"catalogue": draft(s)[0]}, body)


def with_sphere(s: Scene) -> tuple[dict[str, str], int]:
    made, _ = draft(s)
    body = {"sphere": "esprit", "fr": "Esprit", "en": "Spirit"}
    told = s.made("administrator", "assessment", f"/catalogues/{made}/spheres", body)
    return {"catalogue": made, "sphere": "esprit"}, told["version"]


@call(f"{ONE}/spheres/{{sphere}}/wordings")
def reword_sphere(s: Scene) -> Call:
    places, version = with_sphere(s)
    return Call("administrator", places, {"fr": once("Vie"), "en": "Life"}, match=version)


@call(f"{ONE}/spheres/{{sphere}}/retirement")
def retire_sphere(s: Scene) -> Call:
    return Call("administrator", with_sphere(s)[0], {})


THEME = {
    "fr": "La solitude",
    "en": "Loneliness",
    "help_fr": "Est-ce que je me sens moins seul?",
    "help_en": "Do I feel less alone?",
}


@call(f"{ONE}/themes")
def add_theme(s: Scene) -> Call:
    body = {"theme": "solitude", "sphere": "vie-sociale", **THEME}
    return Call("administrator", {"catalogue": draft(s)[0]}, body)


@call(f"{ONE}/themes/{{theme}}/wordings")
def reword_theme(s: Scene) -> Call:
    made, version = draft(s)
    places = {"catalogue": made, "theme": "logement"}
    return Call("administrator", places, {"fr": "Chez moi", "en": "My place"}, match=version)


@call(f"{ONE}/themes/{{theme}}/retirement")
def retire_theme(s: Scene) -> Call:
    return Call("administrator", {"catalogue": draft(s)[0], "theme": "logement"}, {})
