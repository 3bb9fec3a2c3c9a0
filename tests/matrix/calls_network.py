"""How each operation on a person's network is called."""

from uuid import uuid4

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


@call(f"{TIE}/places")
def place_tie(s: Scene) -> Call:
    return Call("person", tie(s), {"circle": 2, "relation": "frère"})


@call(f"{TIE}/contact")
def describe_contact(s: Scene) -> Call:
    return Call("person", tie(s), {"often": "chaque semaine", "means": ["au téléphone"]})


@call(f"{TIE}/visibility")
def set_visibility(s: Scene) -> Call:
    return Call("person", tie(s), {"visibility": "just_me"})


@call(f"{TIE}/threads")
def discuss_tie(s: Scene) -> Call:
    places = {"person": s["person"], "tie": s["tie"]}
    return Call("practitioner", places, {"words": once("Vous en parlez souvent.")})


def two(s: Scene) -> dict[str, str]:
    return {"one": tie(s)["tie"], "other": tie(s)["tie"]}


@call(f"{NETWORK}/lines")
def connect_alters(s: Scene) -> Call:
    return Call("person", {"person": s["person"]}, two(s))


@call(f"{NETWORK}/lines/removals")
def disconnect_alters(s: Scene) -> Call:
    pair = two(s)
    s.made("person", "network", s.her("/network/lines"), pair)
    return Call("person", {"person": s["person"]}, pair)


@call(f"{NETWORK}/alter-ties-asked")
def ask_alter_ties(s: Scene) -> Call:
    return Call("person", {"person": s["person"]}, {"ties": list(two(s).values())})


@call("network get /persons/{person}/network/evolution")
def read_evolution(s: Scene) -> Call:
    return Call("practitioner", {"person": s["person"]}, query={"since": "2026-01-20"})


@call("network get /persons/{person}/network/measures")
def read_measures(s: Scene) -> Call:
    return Call("practitioner", {"person": s["person"]})


@call("network post /persons/{person}/ties-from-files")
def ties_from_files(s: Scene) -> Call:
    lines = [{"tie": str(uuid4()), "name": "Simon", "circle": 1}]
    return Call(
        "administrator", {"person": s["person"]}, {"from_import": s["import"], "lines": lines}
    )
