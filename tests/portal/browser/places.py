"""Every page of the portal, with somebody to whom it is shown. A page without a line here fails the run.

A line: the rule of the route, who looks (nobody: ""), and where that is in the told lives of the cast.
"""

from collections.abc import Callable, Mapping

from services.portal.pages.plan_steps import ADDRESS as STEPS
from tests.portal.browser.conftest import Scene

Where = Callable[[Scene], str]


def at(path: str, who: str = "luc") -> Where:
    """A page of that person's record."""
    return lambda scene: f"/persons/{scene.id(who)}/{path}"


def plain(path: str) -> Where:
    return lambda _scene: path


def tie(who: str = "luc") -> Where:
    """The page of the first one on that person's map."""

    def where(scene: Scene) -> str:
        found = scene.get(who, f"/network/v1/persons/{scene.id(who)}/network")["ties"][0]["tie"]
        return f"/persons/{scene.id(who)}/network/{found}"

    return where


def in_plan(path: str = "", of: str = "noemie", who: str = "") -> tuple[str, Where]:
    """A page of that person's plan, for her or for someone else; `GOAL` and `ACTION` are its first."""

    def where(scene: Scene) -> str:
        plans = f"/plans/v1/persons/{scene.id(of)}/plans"
        plan = scene.first(of, plans, "plans")
        goal = scene.get(of, f"{plans}/{plan}")["goals"][0] if "GOAL" in path else {}
        action = goal["actions"][0]["action"] if "ACTION" in path else ""
        onward = path.replace("GOAL", goal.get("goal", "")).replace("ACTION", action)
        return f"/persons/{scene.id(of)}/plan/{plan}{onward}"

    return who or of, where


def sitting(path: str = "", who: str = "luc", number: int = 0) -> Where:
    """A page of one of that person's portraits, the first unless another is said."""

    def where(scene: Scene) -> str:
        told = scene.get(who, f"/assessment/v1/persons/{scene.id(who)}/assessments")
        portrait = told["assessments"][number]["id"]
        return f"/persons/{scene.id(who)}/life/{portrait}{path}"

    return where


def side_by_side(scene: Scene) -> str:
    """Two portraits of Luc's."""
    told = scene.get("luc", f"/assessment/v1/persons/{scene.id('luc')}/assessments")
    before, after = (one["id"] for one in told["assessments"][:2])
    return f"/persons/{scene.id('luc')}/life/compare?before={before}&after={after}"


def entry(of: str, who: str = "luc", more: str = "") -> Where:
    """A line of that person's history, by its stored name."""

    def where(scene: Scene) -> str:
        path = f"/reporting/v1/persons/{scene.id(who)}/timeline?limit=200"
        told = scene.get(who, path)["entries"]
        found = next(one["entry"] for one in told if one["type"] == of)
        return f"/persons/{scene.id(who)}/history/{found}{more}"

    return where


def summary(more: str = "") -> Where:
    """The summary that Olivier made for his appointment."""

    def where(scene: Scene) -> str:
        path = f"/reporting/v1/persons/{scene.id('olivier')}/summaries"
        made = scene.get("olivier", path)["summaries"][0]["summary"]
        return f"/persons/{scene.id('olivier')}/summary/{made}{more}"

    return where


def decision(scene: Scene) -> str:
    """The latest decision that the auditor may read."""
    found = scene.get("etienne", "/reporting/v1/trail?decisions=true&limit=1")["entries"][0]
    return f"/mandates/persons/{found['person']}/decisions/{found['entry']}"


def asked_for(scene: Scene) -> str:
    """A request that Béatrice made."""
    hers = scene.id("beatrice")
    asked = scene.first("beatrice", f"/directory/v1/persons/{hers}", "rights")
    return f"/privacy/persons/{hers}/requests/{asked}"


def looked_into(scene: Scene) -> str:
    """The emergency access that was opened for Réjean."""
    his = scene.id("rejean")
    access = scene.first("rejean", f"/directory/v1/persons/{his}", "emergency_accesses")
    return f"/privacy/persons/{his}/emergencies/{access}"


def on_portrait(path: str, who: str, of: str = "luc") -> tuple[str, Where]:
    """A page about the first portrait of that person."""
    assessments = "/assessment/v1/persons/{}/assessments"

    def where(scene: Scene) -> str:
        first = scene.first(of, assessments.format(scene.id(of)), "assessments")
        return f"/persons/{scene.id(of)}/{path}/{first}"

    return who, where


PLACES: Mapping[str, list[tuple[str, Where]]] = {
    "/": [("luc", plain("/")), ("karim", plain("/"))],
    "/welcome": [("", plain("/welcome"))],
    "/help-now": [("", plain("/help-now")), ("luc", plain("/help-now"))],
    "/about-this-site": [("", plain("/about-this-site"))],
    "/help": [("luc", plain("/help"))],
    "/signed-in": [("luc", plain("/signed-in"))],
    "/tour": [("luc", plain("/tour"))],
    "/tour/<int:screen>": [("luc", plain(f"/tour/{n}")) for n in range(1, 8)],
    "/persons/<uuid:person>/strengths": [
        ("luc", at("strengths")),
        ("karim", at("strengths")),
    ],
    "/persons/<uuid:person>/network": [
        ("luc", at("network")),
        ("luc", at("network?on=2026-02-01")),
        ("karim", at("network")),
        ("isabelle", at("network", "noemie")),
    ],
    "/persons/<uuid:person>/network/<uuid:tie>": [("luc", tie())],
    "/persons/<uuid:person>/network/then-and-now": [
        ("sandrine", at("network/then-and-now?since=2026-03-04&until=2026-03-20", "sandrine")),
    ],
    "/persons/<uuid:person>/network/who-knows-whom": [("luc", at("network/who-knows-whom"))],
    "/charter": [("karim", plain("/charter"))],
    "/persons/<uuid:person>/notices": [("luc", at("notices")), ("karim", at("notices"))],
    "/persons/<uuid:person>/notices/<text>": [
        ("luc", at("notices/welcome")),
        ("luc", at("notices/erasing_all")),
        ("karim", at("notices/research")),
    ],
    "/persons/<uuid:person>/rights": [("luc", at("rights"))],
    "/persons/<uuid:person>/rights/erasure": [("luc", at("rights/erasure"))],
    "/persons/<uuid:person>/together": [("luc", at("together")), ("karim", at("together"))],
    "/persons/<uuid:person>/together/relative": [("luc", at("together/relative"))],
    "/persons/<uuid:person>/together/show/<any(portrait, strengths, network):what>": [
        ("luc", at(f"together/show/{what}")) for what in ("portrait", "strengths", "network")
    ],
    "/persons/<uuid:person>/together/meeting": [
        ("luc", at("together/meeting")),
        ("karim", at("together/meeting")),
    ],
    "/persons/<uuid:person>/together/meeting/<uuid:assessment>": [
        on_portrait("together/meeting", "luc"),
        on_portrait("together/meeting", "karim"),
    ],
    "/persons/<uuid:person>/plan": [
        ("luc", at("plan")),
        ("noemie", at("plan", "noemie")),
        ("isabelle", at("plan", "noemie")),
        ("karim", at("plan", "beatrice")),
    ],
    "/persons/<uuid:person>/plan/begin": [
        ("luc", at("plan/begin")),
        ("karim", at("plan/begin")),
    ],
    "/persons/<uuid:person>/plan/<uuid:plan>": [in_plan(), in_plan(of="hugo")],
    "/persons/<uuid:person>/plan/<uuid:plan>/<any(reviews, closure):what>": [
        in_plan("/reviews", who="isabelle"),
        in_plan("/closure"),
    ],
    "/persons/<uuid:person>/plan/<uuid:plan>/goals": [
        in_plan("/goals"),
        in_plan("/goals", of="sandrine"),
        in_plan("/goals", who="isabelle"),
    ],
    "/persons/<uuid:person>/plan/<uuid:plan>/goals/<uuid:goal>": [
        in_plan("/goals/GOAL"),
        in_plan("/goals/GOAL", who="isabelle"),
        in_plan("/goals/GOAL", of="hugo"),
        in_plan("/goals/GOAL", of="beatrice"),
    ],
    f"/persons/<uuid:person>/plan{STEPS}": [
        in_plan(f"/goals/GOAL/{step}", who=who)
        for step, who in (
            ("other-words", ""),
            ("not-now", "isabelle"),
            ("no", ""),
            ("reword", "isabelle"),
            ("pause", ""),
            ("aside", "isabelle"),
            ("reached", ""),
            ("levels", ""),
        )
    ],
    "/persons/<uuid:person>/plan/<uuid:plan>/goals/<uuid:goal>/actions": [
        in_plan("/goals/GOAL/actions"),
        in_plan("/goals/GOAL/actions", who="isabelle"),
    ],
    "/persons/<uuid:person>/plan/<uuid:plan>/goals/<uuid:goal>/actions/<uuid:action>": [
        in_plan("/goals/GOAL/actions/ACTION"),
    ],
    "/persons/<uuid:person>/plan/<uuid:plan>/themes/<any('suggest', 'leave-out'):way>": [
        in_plan("/themes/suggest", who="isabelle"),
        in_plan("/themes/leave-out"),
    ],
    "/persons/<uuid:person>/life": [
        ("luc", at("life")),
        ("rejean", at("life", "rejean")),
        ("karim", at("life", "rejean")),
    ],
    "/persons/<uuid:person>/life/process": [
        ("luc", at("life/process")),
        ("felix", at("life/process", "felix")),
    ],
    "/persons/<uuid:person>/life/portraits": [
        ("luc", at("life/portraits")),
        ("karim", at("life/portraits")),
    ],
    "/persons/<uuid:person>/life/compare": [("luc", side_by_side), ("karim", side_by_side)],
    "/persons/<uuid:person>/life/<uuid:assessment>": [("luc", sitting()), ("karim", sitting())],
    "/persons/<uuid:person>/life/<uuid:assessment>/spheres/<sphere>": [
        ("luc", sitting("/spheres/sante")),
        ("karim", sitting("/spheres/sante")),
    ],
    "/persons/<uuid:person>/life/<uuid:assessment>/<theme>": [
        ("luc", sitting("/travail")),
        ("luc", sitting("/intimite")),
        ("luc", sitting("/mes-journees", number=1)),
        ("karim", sitting("/securite", "rejean")),
    ],
    "/persons/<uuid:person>/life/<uuid:assessment>/<theme>/over-time": [
        ("luc", sitting("/travail/over-time")),
        ("karim", sitting("/travail/over-time")),
    ],
    "/persons/<uuid:person>/history": [
        ("luc", at("history")),
        ("luc", at("history?tab=strengths")),
        ("karim", at("history")),
    ],
    "/persons/<uuid:person>/history/decisions": [("luc", at("history/decisions"))],
    "/persons/<uuid:person>/history/looks": [("olivier", at("history/looks", "olivier"))],
    "/persons/<uuid:person>/history/<uuid:entry>": [
        ("luc", entry("assessment.theme_rated")),
        ("beatrice", entry("plans.goal_agreed", "beatrice")),
        ("karim", entry("assessment.sharing_meeting_held")),
    ],
    "/persons/<uuid:person>/history/<uuid:entry>/withdraw": [
        ("luc", entry("assessment.theme_rated", more="/withdraw")),
    ],
    "/persons/<uuid:person>/history/<uuid:entry>/worry": [
        ("olivier", entry("reporting.summary_opened", "olivier", "/worry")),
    ],
    "/persons/<uuid:person>/summary": [
        ("olivier", at("summary", "olivier")),
        ("karim", at("summary")),
    ],
    "/persons/<uuid:person>/summary/new": [
        ("luc", at("summary/new")),
        ("karim", at("summary/new")),
    ],
    "/persons/<uuid:person>/summary/<uuid:summary>": [("olivier", summary())],
    "/persons/<uuid:person>/summary/<uuid:summary>/change": [("olivier", summary("/change"))],
    "/mandates": [("etienne", plain("/mandates"))],
    "/mandates/trail": [("etienne", plain("/mandates/trail"))],
    "/mandates/persons/<uuid:person>": [
        ("etienne", lambda scene: f"/mandates/persons/{scene.id('luc')}"),
    ],
    "/mandates/persons/<uuid:person>/decisions/<uuid:entry>": [("etienne", decision)],
    "/persons/<uuid:person>/upcoming": [("karim", at("upcoming"))],
    "/emergency": [("karim", plain("/emergency"))],
    "/privacy": [("nathalie", plain("/privacy")), ("julien", plain("/privacy"))],
    "/privacy/answered": [("julien", plain("/privacy/answered"))],
    "/privacy/persons/<uuid:person>/requests/<uuid:asked>": [("julien", asked_for)],
    "/privacy/persons/<uuid:person>/emergencies/<uuid:access>": [("nathalie", looked_into)],
}
# not pages: they lead on, or hand over a file
LEADING = {"/sign-in", "/sign-in/back", "/signatures/back", "/away", "/favicon.ico"}
LEADING |= {"/persons/<uuid:person>/summary/<uuid:summary>/document.pdf"}
