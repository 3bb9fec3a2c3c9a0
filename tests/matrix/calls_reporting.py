"""How each operation of reporting is called."""

from tests.matrix.calls import call, once
from tests.matrix.calls_assessment import asked, fresh, whole
from tests.matrix.calls_plans import plan
from tests.matrix.scene import Scene, served
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


def disputed(s: Scene) -> None:
    """A goal that was noted as hers, with which she does not agree."""
    if "disputed" not in s.kept:
        one = plan(s)
        goals = s.her(f"/plans/{one}/goals")
        words = {"words": once("Tenir un cahier"), "act": s.noted("person")}
        (entry,) = s.made("practitioner", "plans", goals, words)["entries"]
        reason = {"reason": "J’ai dit que j’y réfléchirais."}
        s.made("person", "plans", s.her(f"/plans/{one}/entries/{entry}/disputes"), reason)
        s.kept["disputed"] = entry
        s.settled()


@call("reporting get /disputes")
def disputes(s: Scene) -> Call:
    disputed(s)
    return Call("officer", query={"limit": "1"})


@call(f"{HERS}/disputes")
def her_disputes(s: Scene) -> Call:
    disputed(s)
    return Call("person", {"person": s["person"]}, query={"limit": "1"})


@call(f"{HERS}/coproduction")
def coproduction(s: Scene) -> Call:
    whole(s)
    return Call("practitioner", {"person": s["person"]})


# ── summaries ────────────────────────────────────────────────────────────────────────────────

SUMMARIES = f"{HERS}/summaries"
SUMMARY = f"{SUMMARIES}/{{summary}}"
POST = "reporting post /persons/{person}/summaries"
OF_ONE = f"{POST}/{{summary}}"


def in_words(**more: object) -> dict[str, object]:
    return {"title": once("Pour le rendez-vous"), "parts": [{"words": once("Ceci")}], **more}


def summary(s: Scene) -> tuple[dict[str, str], int]:
    """One of hers that nobody sees; where it is, and its version."""
    told = s.made("person", "reporting", s.her("/summaries"), in_words())
    return {"person": s["person"], "summary": told["summary"]}, told["version"]


def shown(s: Scene) -> dict[str, str]:
    """One that the practitioner may open."""
    places, _ = summary(s)
    path = s.her(f"/summaries/{places['summary']}/shares")
    body = {"means": "screen", "audience": s["practitioner"]}
    return {**places, "share": s.made("person", "reporting", path, body)["share"]}


@call(SUMMARIES)
def summaries(s: Scene) -> Call:
    shown(s)
    return Call("practitioner", {"person": s["person"]})


@call(SUMMARY)
def read_summary(s: Scene) -> Call:
    return Call("practitioner", shown(s))


@call(POST)
def make_summary(s: Scene) -> Call:
    told = asked(s, "person", fresh(s), "ratings", theme="travail", value=40)
    entry = told["entries"][0]
    return Call("person", {"person": s["person"]}, in_words(parts=[{"entry": entry}]))


@call(f"{OF_ONE}/arrangements")
def rearrange_summary(s: Scene) -> Call:
    places, version = summary(s)
    return Call("person", places, in_words(), match=version)


@call(f"{OF_ONE}/shares")
def share_summary(s: Scene) -> Call:
    body = {"means": "screen", "audience": s["practitioner"]}
    return Call("person", summary(s)[0], body)


@call(f"{OF_ONE}/shares/{{share}}/endings")
def end_share(s: Scene) -> Call:
    return Call("person", shown(s), {})


@call(f"{OF_ONE}/openings")
def open_summary(s: Scene) -> Call:
    return Call("practitioner", shown(s), {})


@call(f"{SUMMARY}/document.pdf")
def print_summary(s: Scene) -> Call:
    return Call("practitioner", shown(s))


# ── copies ───────────────────────────────────────────────────────────────────────────────────

COPIES = "reporting post /persons/{person}/copies"


@call(COPIES)
def make_copy(s: Scene) -> Call:
    return Call("person", {"person": s["person"]}, {})


@call(f"{COPIES}/given")
def give_copy(s: Scene) -> Call:
    body = {"audience": s["person"], "scope": "plan", "form": "paper"}
    return Call("practitioner", {"person": s["person"]}, body)


@call(f"{HERS}/copies/record.ndjson")
def record_lines(s: Scene) -> Call:
    return Call("officer", {"person": s["person"]})


@call(f"{HERS}/copies/record.html")
def record_page(s: Scene) -> Call:
    return Call("officer", {"person": s["person"]})


@call("reporting post /counts")
def publish_counts(s: Scene) -> Call:
    served(s, 10)
    s.settled()
    return Call("manager", body={"k": 5})


@call("reporting get /counts")
def releases(s: Scene) -> Call:
    return Call("manager")


@call("reporting get /counts/{release}")
def release(s: Scene) -> Call:
    return Call("manager", {"release": s["release"]})


@call(f"{HERS}/access")
def access(s: Scene) -> Call:
    if "decision" not in s.kept:
        decision(s)
    return Call("person", {"person": s["person"]}, query={"entry": s.kept["decision"]})


@call("reporting get /me/access")
def my_access(s: Scene) -> Call:
    return Call("practitioner", query={"person": s["person"], "tab": "plan"})


@call(f"{HERS}/looks/days")
def looks_by_day(s: Scene) -> Call:
    whole(s)
    for who, service, path in (
        ("practitioner", "assessment", "/assessments"),
        ("officer", "reporting", "/trail"),
    ):
        s.read(who, service, s.her(path))
    s.settled()
    return Call("person", {"person": s["person"]}, query={"limit": "1"})
