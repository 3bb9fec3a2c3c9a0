"""How each operation on a person's plan is called."""

from uuid import UUID, uuid4, uuid5

from tests.matrix.calls import call, once
from tests.matrix.scene import Scene
from tests.support.clients import Call

PLANS = "plans post /persons/{person}/plans"
PLAN = f"{PLANS}/{{plan}}"
GOAL = f"{PLAN}/goals/{{goal}}"
ACTION = f"{PLAN}/actions/{{action}}"
DECLINED = "comprendre-medicaments"
ENOUGH = 100  # goals in one plan


def plan_of(s: Scene, who: str) -> tuple[str, bool] | None:
    """Someone's latest plan, and whether it is closed."""
    latest = None
    number = s.kept.get(("plan", who), 1)
    while True:
        plan = str(uuid5(UUID(s[who]), f"plan/{number}"))
        answer = s.ask(who, "plans", s.her(f"/plans/{plan}", who), method="GET")
        if answer.status_code == 404:
            return latest
        latest = plan, answer.json()["closed"]
        s.kept["plan", who] = number
        number += 1


def opened(s: Scene, who: str = "person") -> str:
    """Someone's open plan."""
    latest = plan_of(s, who)
    if latest is None or latest[1]:
        s.made(who, "plans", s.her("/plans", who))
        latest = plan_of(s, who)
    assert latest is not None
    return latest[0]


def opened_once(s: Scene, who: str) -> str:
    if ("opened", who) not in s.kept:
        s.kept["opened", who] = opened(s, who)
    found: str = s.kept["opened", who]
    return found


def none_open(s: Scene, who: str) -> None:
    latest = plan_of(s, who)
    if latest is not None and not latest[1]:
        s.made(who, "plans", s.her(f"/plans/{latest[0]}/closure", who))


def plan(s: Scene) -> str:
    """Her plan, another one when there are many goals in it."""
    made = s.kept["goals"] = s.kept.get("goals", 0) + 1
    if "plan" not in s.ids or made % ENOUGH == 0:
        if "plan" in s.ids:
            none_open(s, "person")
        s.ids["plan"] = opened(s)
    return s["plan"]


def on(s: Scene, resource: str) -> str:
    return s.her(f"/plans/{s['plan']}/{resource}")


def goal(s: Scene, by: str = "person") -> tuple[dict[str, str], int]:
    """A goal that someone proposed: its places, and the version of the plan."""
    where = plan(s)
    told = s.made(by, "plans", on(s, "goals"), {"words": once("Finir ma chimie")})
    return {"person": s["person"], "plan": where, "goal": told["goal"]}, told["version"]


def active(s: Scene) -> tuple[dict[str, str], int]:
    """A goal that she agreed to."""
    places, version = goal(s, "practitioner")
    path = on(s, f"goals/{places['goal']}/agreements")
    return places, s.made("person", "plans", path, match=version)["version"]


def action(s: Scene) -> dict[str, str]:
    """An action that falls to her practitioner."""
    places, _ = active(s)
    body = {"words": once("Appeler"), "responsible": s["practitioner"]}
    path = on(s, f"goals/{places['goal']}/actions")
    told = s.made("practitioner", "plans", path, body)
    return {"person": s["person"], "plan": s["plan"], "action": told["action"]}


def planned(s: Scene) -> None:
    """A plan with a goal and an action, kept for all tests of a scene."""
    places, _ = active(s)
    s.ids["goal"] = places["goal"]
    s.ids["action"] = action(s)["action"]
    s.ids["spare_goal"] = active(s)[0]["goal"]
    s.ids["spare_action"] = action(s)["action"]


@call("plans get /persons/{person}/plans")
def list_plans(s: Scene) -> Call:
    return Call("practitioner", {"person": s["person"]})


@call(PLANS)
def open_plan(s: Scene) -> Call:
    none_open(s, "neighbour")
    return Call("neighbour", {"person": s["neighbour"]}, {"starts": "2025-11-10"})


@call("plans get /persons/{person}/plans/{plan}")
def read_plan(s: Scene) -> Call:
    return Call("practitioner", {"person": s["person"], "plan": plan(s)})


@call(f"{PLAN}/reviews")
def review(s: Scene) -> Call:
    body = {"words": once("On continue"), "next_review": "2099-03-10"}
    return Call("person", {"person": s["person"], "plan": plan(s)}, body)


@call(f"{PLAN}/closure")
def close(s: Scene) -> Call:
    return Call("neighbour", {"person": s["neighbour"], "plan": opened(s, "neighbour")}, {})


@call("plans get /persons/{person}/waiting")
def waiting(s: Scene) -> Call:
    return Call("practitioner", {"person": s["person"]})


@call(f"{PLAN}/themes-considered")
def consider(s: Scene) -> Call:
    body = {"theme": "logement", "words": once("Pourquoi")}
    return Call("practitioner", {"person": s["person"], "plan": plan(s)}, body)


@call(f"{PLAN}/themes-declined")
def decline_theme(s: Scene) -> Call:
    body = {"theme": DECLINED, "reason": "Mes objectifs, c’est pour ma vie."}
    return Call("person", {"person": s["person"], "plan": plan(s)}, body)


@call(f"{PLAN}/themes-reconsidered")
def reconsider(s: Scene) -> Call:
    places = {"person": s["person"], "plan": plan(s)}
    s.made("person", "plans", on(s, "themes-declined"), {"theme": DECLINED})
    return Call("person", places, {"theme": DECLINED, "reason": "C’est moi qui veux."})


@call(f"{PLAN}/goals")
def propose(s: Scene) -> Call:
    body = {"words": once("Finir ma chimie"), "grown_from": ["star:etudes"]}
    return Call("person", {"person": s["person"], "plan": plan(s)}, body)


@call("plans put /persons/{person}/plans/{plan}/goals-order")
def reorder(s: Scene) -> Call:
    places, version = goal(s)
    body = {"goals": [places.pop("goal")]}
    return Call("person", places, body, match=version)


@call(f"{GOAL}/wordings")
def reword(s: Scene) -> Call:
    places, version = goal(s)
    return Call("person", places, {"words": once("À mon rythme")}, match=version)


@call(f"{GOAL}/wording-requests")
def ask_wording(s: Scene) -> Call:
    return Call("person", goal(s)[0], {"words": "Ce n’est pas moi."})


@call(f"{GOAL}/discussions")
def discuss(s: Scene) -> Call:
    return Call("practitioner", goal(s)[0], {"words": "Et le cours du soir ?"})


@call(f"{GOAL}/agreements")
def agree(s: Scene) -> Call:
    places, version = goal(s, "practitioner")
    return Call("person", places, {}, match=version)


@call(f"{GOAL}/disagreements")
def disagree(s: Scene) -> Call:
    return Call("person", goal(s, "practitioner")[0], {"reason": "Pas cette année."})


@call(f"{GOAL}/declines")
def decline(s: Scene) -> Call:
    return Call("person", goal(s, "practitioner")[0], {"reason": "À ma façon."})


@call(f"{GOAL}/progress")
def progress(s: Scene) -> Call:
    return Call("practitioner", active(s)[0], {"value": 60})


@call("plans put /persons/{person}/plans/{plan}/goals/{goal}/attainment-levels")
def levels(s: Scene) -> Call:
    places, version = active(s)
    body = {"levels": ["aucun", "un peu", "un cours", "deux", "tout"], "weight": 1}
    return Call("person", places, body, match=version)


@call(f"{GOAL}/pauses")
def pause(s: Scene) -> Call:
    body = {"stood_in_the_way": {"logic": "programming", "words": "Une adresse."}}
    return Call("person", active(s)[0], body)


@call(f"{GOAL}/resumptions")
def resume(s: Scene) -> Call:
    places, _ = active(s)
    s.made("person", "plans", on(s, f"goals/{places['goal']}/pauses"))
    return Call("person", places, {})


@call(f"{GOAL}/achievements")
def achieve(s: Scene) -> Call:
    return Call("person", active(s)[0], {"words": "C’est fait."})


@call(f"{GOAL}/settings-aside")
def set_aside(s: Scene) -> Call:
    return Call("person", active(s)[0], {})


@call(f"{GOAL}/actions")
def add_action(s: Scene) -> Call:
    body = {"words": once("Appeler"), "responsible": s["practitioner"], "due": "2099-11-21"}
    return Call("practitioner", active(s)[0], body)


@call(f"{ACTION}/assignments")
def assign(s: Scene) -> Call:
    return Call("practitioner", action(s), {"responsible": s["person"]})


@call(f"{ACTION}/acceptances")
def accept(s: Scene) -> Call:
    return Call("practitioner", action(s), {})


@call(f"{ACTION}/completions")
def complete(s: Scene) -> Call:
    return Call("practitioner", action(s), {})


@call(f"{ACTION}/drops")
def drop(s: Scene) -> Call:
    return Call("practitioner", action(s), {})


@call("plans post /persons/{person}/goals-from-files")
def goals_from_files(s: Scene) -> Call:
    lines = [{"goal": str(uuid4()), "words": once("Finir ma chimie")}]
    return Call(
        "administrator", {"person": s["person"]}, {"from_import": s["import"], "lines": lines}
    )
