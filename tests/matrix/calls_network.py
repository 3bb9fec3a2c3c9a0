"""How each operation on a person's network is called."""

from tests.matrix.calls import call, once
from tests.matrix.scene import Scene
from tests.support.clients import Call

NETWORK = "network post /persons/{person}/network"
TIE = f"{NETWORK}/ties/{{tie}}"


def tie(s: Scene) -> dict[str, str]:
    """A tie she put on her map."""
    told = s.made("person", "network", s.her("/network/ties"), {"name": once("Simon")})
    return {"person": s["person"], "tie": told["ties"][-1]["tie"]}


def mapped(s: Scene) -> None:
    """A map with ties, shown to her practitioner."""
    s.ids["tie"] = tie(s)["tie"]
    s.ids["spare_tie"] = tie(s)["tie"]
    path = s.her("/network/sharings")
    s.made("person", "network", path, {"audience": [s["practitioner"]]})


@call("network get /persons/{person}/network")
def read_network(s: Scene) -> Call:
    return Call("practitioner", {"person": s["person"]})


@call(f"{NETWORK}/ties")
def add_tie(s: Scene) -> Call:
    return Call("person", {"person": s["person"]}, {"name": once("Simon"), "relation": "frère"})


@call(f"{TIE}/names")
def rename_tie(s: Scene) -> Call:
    return Call("person", tie(s), {"name": once("Mon amie")})


@call(f"{TIE}/ratings")
def rate_tie(s: Scene) -> Call:
    return Call("person", tie(s), {"quality": "bonne", "closeness": "proche"})


@call(f"{TIE}/support")
def describe_support(s: Scene) -> Call:
    return Call("person", tie(s), {"received": ["emotional"], "given": []})


@call(f"{TIE}/endings")
def end_tie(s: Scene) -> Call:
    return Call("person", tie(s), {"reason": "Il est parti."})


@call(f"{TIE}/resumptions")
def resume_tie(s: Scene) -> Call:
    places = tie(s)
    s.made("person", "network", s.her(f"/network/ties/{places['tie']}/endings"))
    return Call("person", places, {})


@call(f"{NETWORK}/sharings")
def share_network(s: Scene) -> Call:
    body = {"audience": [s.stranger()], "except_ties": [tie(s)["tie"]]}
    return Call("person", {"person": s["person"]}, body)


@call(f"{NETWORK}/sharings/{{sharing}}/endings")
def end_sharing(s: Scene) -> Call:
    body = {"audience": [s.stranger()]}
    told = s.made("person", "network", s.her("/network/sharings"), body)
    return Call("person", {"person": s["person"], "sharing": told["entries"][0]}, {})
