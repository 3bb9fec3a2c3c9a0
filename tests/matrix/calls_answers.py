"""How the answers to an entry are called, in every stream of every service that has them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.matrix.calls import call, once
from tests.matrix.calls_assessment import fresh, noted_strength
from tests.matrix.calls_catalogues import draft
from tests.matrix.calls_plans import on as on_plan
from tests.matrix.calls_plans import plan
from tests.matrix.scene import FAR, Scene
from tests.support.clients import Call

Made = tuple[Mapping[str, str], str]  # the places of a stream, and an entry in it
WORDS = "C’était le 3 juin, pas le 2."
OUTCOME = {"words": "Vous avez raison.", "outcome": "accepted"}


@dataclass(frozen=True)
class Stream:
    """Where entries are answered: one is `written` by `writer` with `named` as having taken part."""

    service: str
    prefix: str
    write: Callable[[Scene], Made]
    writer: str
    named: str
    settler: str
    # nothing of it is anyone's words: only what was said of an entry can be taken back
    of_facts: bool = False

    def entry(self, s: Scene, resource: str) -> Mapping[str, str]:
        places, entry = self.write(s)
        if resource.startswith("dispute-"):
            path = self.prefix.format(**places) + f"/entries/{entry}/disputes"
            s.made(self.named, self.service, path, {"reason": "J’ai dit que j’y réfléchirais."})
        if self.of_facts and resource == "withdrawals":
            path = self.prefix.format(**places) + f"/entries/{entry}/corrections"
            entry = s.made(self.writer, self.service, path, {"words": WORDS})["entries"][0]
        return {**places, "entry": entry}

    def who(self, resource: str) -> str:
        if resource in ("confirmations", "disputes"):
            return self.named
        return self.settler if resource == "dispute-settlements" else self.writer


BODIES: Mapping[str, object] = {
    "confirmations": {"device": "own"},
    "disputes": {"reason": "J’ai dit que j’y réfléchirais."},
    "dispute-answers": OUTCOME,
    "dispute-settlements": {"words": "Nous en avons parlé.", "outcome": "kept"},
    "corrections": {"words": WORDS},
    "withdrawals": {},
    "misfilings": {"reason": "Écrit dans un autre dossier."},
}


def told(stream: Stream, resource: str) -> None:
    misfiled = stream.of_facts and resource == "misfilings"

    @call(f"{stream.service} post {stream.prefix}/entries/{{entry}}/{resource}")
    def prepare(s: Scene) -> Call:
        refused = "entry.others_rest_on_it" if misfiled else None
        places = stream.entry(s, resource)
        return Call(stream.who(resource), places, BODIES[resource], refused=refused)


def her_relations(s: Scene) -> Made:
    """The practitioner notes how she wants to work."""
    body = {"first": "alone", "words": once("Seule"), "act": s.noted()}
    told = s.made("practitioner", "directory", s.her("/way-of-working"), body)
    return {"person": s["person"]}, told["entries"][0]


def with_second(s: Scene) -> dict[str, object]:
    return {"contributors": [{"party": s["second"], "part": "discussed"}]}


def the_house(s: Scene) -> Made:
    body = {"name": once("Atelier"), "act": with_second(s)}
    return {}, s.made("administrator", "directory", "/sites", body)["entries"][0]


def a_party(s: Scene) -> Made:
    body = {"kind": "staff", "name": once("Karim"), "act": with_second(s)}
    told = s.made("administrator", "directory", "/parties", body)
    return {"party": told["id"]}, told["entries"][0]


def a_mandate(s: Scene) -> Made:
    about = {"auditor": s["auditor"], "purpose": once("Vérification")}
    dates = {"begins": "2020-01-01", "until": FAR, "act": with_second(s)}
    told = s.made("administrator", "directory", "/audit-mandates", {**about, **dates})
    return {"mandate": told["id"]}, told["entries"][0]


def an_assessment(s: Scene) -> Made:
    """The practitioner notes an answer of hers."""
    places = {"person": s["person"], "assessment": fresh(s)}
    path = s.her(f"/assessments/{places['assessment']}/ratings")
    body = {"theme": "travail", "value": 60, "comment": once("Noté"), "act": s.noted()}
    return places, s.made("practitioner", "assessment", path, body)["entries"][0]


def her_resources(s: Scene) -> Made:
    return {"person": s["person"]}, noted_strength(s)


def a_catalogue(s: Scene) -> Made:
    catalogue, _ = draft(s)
    path = f"/catalogues/{catalogue}/discussions"
    body = {"words": once("Trop long"), "act": with_second(s)}
    told = s.made("administrator", "assessment", path, body)
    return {"catalogue": catalogue}, told["entries"][0]


def a_plan(s: Scene) -> Made:
    """The practitioner notes a goal that she proposed."""
    body = {"words": once("Finir ma chimie"), "act": s.noted()}
    places = {"person": s["person"], "plan": plan(s)}
    told = s.made("practitioner", "plans", on_plan(s, "goals"), body)
    return places, told["entries"][0]


HERS = "/persons/{person}"
ASSESSMENT = f"{HERS}/assessments/{{assessment}}"
MANDATE = "/audit-mandates/{mandate}"
BY_TEAM = ("practitioner", "person", "officer")
BY_HOUSE = ("administrator", "second", "officer")
STREAMS = (
    Stream("directory", HERS, her_relations, *BY_TEAM),
    Stream("directory", "/organisation", the_house, *BY_HOUSE, of_facts=True),
    Stream("directory", "/parties/{party}", a_party, *BY_HOUSE, of_facts=True),
    Stream("directory", MANDATE, a_mandate, *BY_HOUSE, of_facts=True),
    Stream("assessment", ASSESSMENT, an_assessment, *BY_TEAM),
    Stream("assessment", f"{HERS}/resources", her_resources, *BY_TEAM),
    Stream("assessment", "/catalogues/{catalogue}", a_catalogue, *BY_HOUSE),
    Stream("plans", f"{HERS}/plans/{{plan}}", a_plan, *BY_TEAM),
)
for stream in STREAMS:
    for resource in BODIES:
        told(stream, resource)
