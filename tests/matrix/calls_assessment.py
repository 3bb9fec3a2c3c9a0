"""How each operation on a person's portrait, strengths and aspirations is called."""

from uuid import uuid4

from tests.matrix.calls import call, once
from tests.matrix.scene import Scene
from tests.support.clients import Call

ONE = "/persons/{person}/assessments/{assessment}"
OF_ONE = f"assessment post {ONE}"
RESOURCES = "assessment post /persons/{person}/resources"
THEME = "travail"


def fresh(s: Scene, who: str = "person") -> str:
    """An assessment of hers that nobody has touched."""
    path, body = s.her("/assessments", who), {"catalogue": s["catalogue"]}
    found: str = s.made(who, "assessment", path, body)["id"]
    return found


def asked(s: Scene, who: str, assessment: str, resource: str, **body: object) -> dict:
    path = s.her(f"/assessments/{assessment}/{resource}")
    told: dict = s.made(who, "assessment", path, body)
    return told


def shown(s: Scene) -> tuple[str, str]:
    """An assessment with an answer, shown to her practitioner and a relative; and the sharing."""
    one = fresh(s)
    asked(s, "person", one, "ratings", theme=THEME, value=20, comment="Ça me manque.")
    audience = [s["practitioner"], s["relative"]]
    told = asked(s, "person", one, "sharings", audience=audience, parts=["quality_of_life"])
    return one, told["sharings"][0]["sharing"]


def whole(s: Scene) -> str:
    """An assessment with something of everything, kept for all tests of a scene."""
    if "whole" not in s.kept:
        one, sharing = shown(s)
        thread = asked(s, "person", one, "threads", theme=THEME, words="Voici ce que ça veut dire.")
        asked(s, "person", one, "stars", theme=THEME, rank=1)
        asked(s, "practitioner", one, "views", theme=THEME, words="Je le vois autrement.", value=50)
        asked(s, "person", one, "together", what="mes objectifs")
        asked(s, "person", one, "meetings", themes=[THEME])
        asked(s, "person", one, "changes", theme=THEME, judgement="better", since="2026-01-16")
        s.ids |= {"assessment": one, "entry": thread["entries"][0], "sharing": sharing}
        s.kept["whole"] = one
        s.settled()
    found: str = s.kept["whole"]
    return found


def on(s: Scene, assessment: str) -> dict[str, str]:
    return {"person": s["person"], "assessment": assessment}


@call("assessment get /persons/{person}/assessments")
def list_assessments(s: Scene) -> Call:
    whole(s)
    return Call("practitioner", {"person": s["person"]})


@call("assessment post /persons/{person}/assessments")
def open_assessment(s: Scene) -> Call:
    return Call("person", {"person": s["person"]}, {"catalogue": s["catalogue"]})


@call(f"assessment get {ONE}")
def read_assessment(s: Scene) -> Call:
    return Call("practitioner", on(s, whole(s)))


@call(f"{OF_ONE}/closure")
def close(s: Scene) -> Call:
    return Call("person", on(s, fresh(s)), {})


@call(f"{OF_ONE}/reopening")
def reopen(s: Scene) -> Call:
    one = fresh(s)
    asked(s, "person", one, "closure")
    return Call("person", on(s, one), {"reason": "J’ai oublié un thème."})


@call(f"{OF_ONE}/ratings")
def rate(s: Scene) -> Call:
    body = {"theme": THEME, "value": 20, "comment": once("Ça me manque")}
    return Call("person", on(s, fresh(s)), body)


@call(f"{OF_ONE}/ratings/batches")
def rate_many(s: Scene) -> Call:
    items = [{"theme": THEME, "value": 20}, {"theme": "sommeil", "value": 40}]
    return Call("person", on(s, fresh(s)), {"mode": "atomic", "items": items})


@call(f"{OF_ONE}/ratings/withdrawals")
def withdraw_rating(s: Scene) -> Call:
    one = fresh(s)
    asked(s, "person", one, "ratings", theme=THEME, value=20)
    return Call("person", on(s, one), {"theme": THEME})


@call(f"{OF_ONE}/skips")
def skip(s: Scene) -> Call:
    return Call("person", on(s, fresh(s)), {"theme": "intimite", "choice": "rather_not_say"})


@call(f"{OF_ONE}/views")
def note_view(s: Scene) -> Call:
    body = {"theme": THEME, "words": "Je le vois autrement.", "value": 50}
    return Call("practitioner", on(s, shown(s)[0]), body)


@call(f"{OF_ONE}/views/revisions")
def revise_view(s: Scene) -> Call:
    one, _ = shown(s)
    asked(s, "practitioner", one, "views", theme=THEME, words="Je le vois autrement.")
    told = asked(s, "person", one, "threads", theme=THEME, words="Par rapport au passé.")
    body = {"theme": THEME, "value": 80, "act": {"because_of": told["entries"]}}
    return Call("practitioner", on(s, one), body)


@call(f"{OF_ONE}/threads")
def discuss(s: Scene) -> Call:
    body = {"theme": THEME, "words": "Qu’est-ce que ça veut dire pour vous?"}
    return Call("practitioner", on(s, shown(s)[0]), body)


@call(f"{OF_ONE}/threads/put-offs")
def put_off(s: Scene) -> Call:
    return Call("person", on(s, shown(s)[0]), {"theme": THEME, "words": "Pas aujourd’hui."})


@call(f"{OF_ONE}/together")
def together(s: Scene) -> Call:
    body = {"what": "mes objectifs", "with_party": s["practitioner"]}
    return Call("person", on(s, fresh(s)), body)


@call(f"{OF_ONE}/stars")
def star(s: Scene) -> Call:
    return Call("person", on(s, fresh(s)), {"theme": THEME, "rank": 1})


@call(f"{OF_ONE}/stars/removals")
def remove_star(s: Scene) -> Call:
    one = fresh(s)
    asked(s, "person", one, "stars", theme=THEME)
    return Call("person", on(s, one), {"theme": THEME})


@call(f"{OF_ONE}/sharings")
def share(s: Scene) -> Call:
    body = {"audience": [s["practitioner"]], "parts": ["quality_of_life"]}
    return Call("person", on(s, fresh(s)), body)


@call(f"{OF_ONE}/sharings/{{sharing}}/ending")
def end_sharing(s: Scene) -> Call:
    one, sharing = shown(s)
    return Call("person", {**on(s, one), "sharing": sharing}, {"audience": [s["relative"]]})


@call(f"{OF_ONE}/meetings")
def meet(s: Scene) -> Call:
    there = [{"party": s["practitioner"], "part": "discussed"}]
    act = {"setting": "meeting", "contributors": there}
    body = {"themes": [THEME], "led_by": s["practitioner"], "act": act}
    return Call("person", on(s, shown(s)[0]), body)


@call(f"{OF_ONE}/changes")
def judge(s: Scene) -> Call:
    body = {"theme": THEME, "judgement": "better", "since": "2026-01-16"}
    return Call("person", on(s, fresh(s)), body)


@call("assessment get /persons/{person}/comparisons")
def compare(s: Scene) -> Call:
    query = {"before": whole(s), "after": shown(s)[0]}
    return Call("practitioner", {"person": s["person"]}, query=query)


@call("assessment get /persons/{person}/themes/{meaning}/answers")
def answers_over_time(s: Scene) -> Call:
    return Call("practitioner", {"person": s["person"], "meaning": THEME})


@call("assessment get /shown-to-me")
def shown_to_me(s: Scene) -> Call:
    whole(s)
    return Call("practitioner")


# ── strengths and aspirations ────────────────────────────────────────────────────────────────


def named(s: Scene, which: str, **body: object) -> tuple[str, int]:
    words = {"words": once("Je joue de la guitare"), **body}
    told = s.made("person", "assessment", s.her(f"/resources/{which}"), words)
    return told["entries"][0], told["version"]


@call("assessment get /persons/{person}/resources")
def read_resources(s: Scene) -> Call:
    return Call("person", {"person": s["person"]})


@call(f"{RESOURCES}/strengths")
def name_strength(s: Scene) -> Call:
    body = {"kind": "personal", "words": once("Je joue de la guitare")}
    return Call("person", {"person": s["person"]}, body)


@call(f"{RESOURCES}/strengths/{{strength}}/wordings")
def reword_strength(s: Scene) -> Call:
    one, version = named(s, "strengths", kind="personal")
    places = {"person": s["person"], "strength": one}
    return Call("person", places, {"words": once("La guitare")}, match=version)


@call(f"{RESOURCES}/strengths/{{strength}}/setting-aside")
def set_strength_aside(s: Scene) -> Call:
    one, _ = named(s, "strengths", kind="personal")
    return Call("person", {"person": s["person"], "strength": one}, {})


@call(f"{RESOURCES}/aspirations")
def name_aspiration(s: Scene) -> Call:
    return Call("person", {"person": s["person"]}, {"words": once("Travailler en musique")})


@call(f"{RESOURCES}/aspirations/{{aspiration}}/wordings")
def reword_aspiration(s: Scene) -> Call:
    one, version = named(s, "aspirations")
    places = {"person": s["person"], "aspiration": one}
    return Call("person", places, {"words": once("La musique")}, match=version)


@call(f"{RESOURCES}/aspirations/{{aspiration}}/setting-aside")
def set_aspiration_aside(s: Scene) -> Call:
    one, _ = named(s, "aspirations")
    return Call("person", {"person": s["person"], "aspiration": one}, {})


@call("assessment post /persons/{person}/assessments-from-files")
def assessment_from_files(s: Scene) -> Call:
    lines = [{"theme": THEME, "value": 20}]
    places = {"id": str(uuid4()), "catalogue": s["catalogue"], "from_import": s["import"]}
    return Call("administrator", {"person": s["person"]}, {**places, "lines": lines})
