"""Where a page is in the told lives of the cast: each answers an address once the scene is known."""

from collections.abc import Callable, Mapping

from tests.portal.browser.conftest import Scene

Where = Callable[[Scene], str]
# the rule of a route, and who looks (nobody: "") where
Places = Mapping[str, list[tuple[str, Where]]]


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


def strength(of: str = "luc") -> Where:
    """The page of the first one that person named."""

    def where(scene: Scene) -> str:
        told = scene.get(of, f"/assessment/v1/persons/{scene.id(of)}/resources")
        return f"/persons/{scene.id(of)}/strengths/strengths/{told['strengths'][0]['entry']}"

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


def sitting(theme: str = "", who: str = "luc", number: int = 0, *, sphere: str = "") -> Where:
    """One of that person's portraits, the first unless another is said; of it, a theme or a sphere."""

    def where(scene: Scene) -> str:
        told = scene.get(who, f"/assessment/v1/persons/{scene.id(who)}/assessments")
        here = scene.life(who, told["assessments"][number]["id"])
        name, slash, more = theme.partition("/")
        if sphere:
            return here.sphere(sphere)
        return here.theme(name, slash + more) if name else here

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
    found = scene.get("etienne", "/reporting/v1/trail?decisions=true&order=newest&limit=1")[
        "entries"
    ][0]
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
