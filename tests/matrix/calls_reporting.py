"""How each operation of reporting is called."""

from tests.matrix.calls import call
from tests.matrix.calls_assessment import asked, whole
from tests.matrix.scene import Scene
from tests.support.clients import Call

HERS = "reporting get /persons/{person}"


@call(f"{HERS}/timeline")
def timeline(s: Scene) -> Call:
    whole(s)
    return Call("practitioner", {"person": s["person"]}, query={"limit": "1"})


@call(f"{HERS}/trail")
def trail(s: Scene) -> Call:
    whole(s)
    return Call("auditor", {"person": s["person"]}, query={"limit": "1"})


@call(f"{HERS}/trail.ndjson")
def trail_lines(s: Scene) -> Call:
    whole(s)
    return Call("auditor", {"person": s["person"]}, query={"service": "directory"})


@call("reporting get /trail")
def whole_trail(s: Scene) -> Call:
    whole(s)
    return Call("auditor", query={"limit": "1"})


@call("reporting get /trail.ndjson")
def whole_trail_lines(s: Scene) -> Call:
    whole(s)
    return Call("officer", query={"service": "assessment", "decisions": "true"})


@call(f"{HERS}/decisions")
def decisions(s: Scene) -> Call:
    whole(s)
    return Call("practitioner", {"person": s["person"]}, query={"limit": "1"})


@call(f"{HERS}/decisions/{{entry}}")
def decision(s: Scene) -> Call:
    if "decision" not in s.kept:
        one = whole(s)
        s.kept["decision"] = asked(s, "person", one, "stars", theme="sommeil")["entries"][0]
        s.settled()
    return Call("person", {"person": s["person"], "entry": s.kept["decision"]})


@call(f"{HERS}/looks")
def looks(s: Scene) -> Call:
    whole(s)
    for who in ("practitioner", "practitioner"):
        s.read(who, "assessment", s.her("/assessments"))
    s.settled()
    return Call("person", {"person": s["person"]}, query={"limit": "1"})


@call(f"{HERS}/coproduction")
def coproduction(s: Scene) -> Call:
    whole(s)
    return Call("practitioner", {"person": s["person"]})
