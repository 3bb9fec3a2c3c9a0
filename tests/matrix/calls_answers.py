"""How the answers to an entry are called, in every stream of every service that has them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.matrix.calls import call, once
from tests.matrix.calls_assessment import fresh
from tests.matrix.calls_catalogues import draft
from tests.matrix.calls_plans import opened_once, plan
from tests.matrix.scene import FAR, Scene
from tests.support.clients import Call

Made = tuple[Mapping[str, str], str]  # the places of a stream, and an entry in it
WORDS = "C’était le 3 juin, pas le 2."
OUTCOME = {"words": "Vous avez raison.", "outcome": "accepted"}
TAKEN_BACK = ("withdrawals", "misfilings")


@dataclass(frozen=True)
class Stream:
    """Where entries are answered: one is `written` by `writer` with `named` as having taken part."""

    service: str
    prefix: str
    write: Callable[[Scene, str], Made]
    writer: str
    named: str
    settler: str = "officer"
    # nothing of it is anyone's words: only what was said of an entry can be taken back
    of_facts: bool = False

    def entry(self, s: Scene, resource: str) -> Mapping[str, str]:
        named = "brief" if self.named == "person" and resource in TAKEN_BACK else self.named
        places, entry = self.write(s, named)
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


def noted(s: Scene, service: str, path: str, who: str, **body: object) -> str:
    """The practitioner notes what she said; the entry."""
    told = s.made("practitioner", service, s.her(path, who), {**body, "act": s.noted(who)})
    found: str = told["entries"][0]
    return found


def her_relations(s: Scene, who: str) -> Made:
    words = {"first": "alone", "words": once("Seule")}
    return {"person": s[who]}, noted(s, "directory", "/way-of-working", who, **words)


def an_assessment(s: Scene, who: str) -> Made:
    one = fresh(s, who)
    body = {"theme": "travail", "value": 60, "comment": once("Noté")}
    entry = noted(s, "assessment", f"/assessments/{one}/ratings", who, **body)
    return {"person": s[who], "assessment": one}, entry


def her_resources(s: Scene, who: str) -> Made:
    body = {"kind": "personal", "words": once("Elle est patiente")}
    return {"person": s[who]}, noted(s, "assessment", "/resources/strengths", who, **body)


def her_network(s: Scene, who: str) -> Made:
    return {"person": s[who]}, noted(s, "network", "/network/ties", who, name=once("Simon"))


def a_plan(s: Scene, who: str) -> Made:
    one = plan(s) if who == "person" else opened_once(s, who)
    entry = noted(s, "plans", f"/plans/{one}/goals", who, words=once("Finir ma chimie"))
    return {"person": s[who], "plan": one}, entry


def together(s: Scene, service: str, path: str, **body: object) -> tuple[str, str]:
    """An administrator does something with another one; its id, if it has one, and the entry."""
    act = {"contributors": [{"party": s["second"], "part": "discussed"}]}
    told = s.made("administrator", service, path, {**body, "act": act})
    return told["id"], told["entries"][0]


def the_house(s: Scene, _: str) -> Made:
    return {}, together(s, "directory", "/sites", name=once("Atelier"))[1]


def a_party(s: Scene, _: str) -> Made:
    made, entry = together(s, "directory", "/parties", kind="staff", name=once("Karim"))
    return {"party": made}, entry


def a_mandate(s: Scene, _: str) -> Made:
    about = {"auditor": s["auditor"], "purpose": once("Vérification")}
    dates = {"begins": "2020-01-01", "until": FAR}
    made, entry = together(s, "directory", "/audit-mandates", **about, **dates)
    return {"mandate": made}, entry


def a_catalogue(s: Scene, _: str) -> Made:
    one, _version = draft(s)
    path = f"/catalogues/{one}/discussions"
    return {"catalogue": one}, together(s, "assessment", path, words=once("Trop long"))[1]


def a_summary(s: Scene, who: str) -> Made:
    body = {"title": once("Pour le rendez-vous"), "parts": [{"words": once("Ceci")}]}
    act = {"act": s.noted(who)}
    told = s.made("practitioner", "reporting", s.her("/summaries", who), {**body, **act})
    return {"person": s[who], "summary": told["summary"]}, told["entries"][0]


def a_copy(s: Scene, who: str) -> Made:
    """A paper that was handed to her; nothing of it is anybody's words."""
    there = [{"party": s[who], "part": "witnessed"}]
    body = {"audience": s[who], "scope": "plan", "form": "paper", "act": {"contributors": there}}
    told = s.made("practitioner", "reporting", s.her("/copies/given", who), body)
    return {"person": s[who]}, told["entries"][0]


HERS = "/persons/{person}"
ASSESSMENT = f"{HERS}/assessments/{{assessment}}"
MANDATE = "/audit-mandates/{mandate}"
TEAM = ("practitioner", "person")
HOUSE = ("administrator", "second")
STREAMS = (
    Stream("directory", HERS, her_relations, *TEAM),
    Stream("directory", "/organisation", the_house, *HOUSE, of_facts=True),
    Stream("directory", "/parties/{party}", a_party, *HOUSE, of_facts=True),
    Stream("directory", MANDATE, a_mandate, *HOUSE, of_facts=True),
    Stream("assessment", ASSESSMENT, an_assessment, *TEAM),
    Stream("assessment", f"{HERS}/resources", her_resources, *TEAM),
    Stream("assessment", "/catalogues/{catalogue}", a_catalogue, *HOUSE),
    Stream("network", f"{HERS}/network", her_network, *TEAM),
    Stream("plans", f"{HERS}/plans/{{plan}}", a_plan, *TEAM),
    Stream("reporting", f"{HERS}/summaries/{{summary}}", a_summary, *TEAM),
    Stream("reporting", f"{HERS}/copies", a_copy, *TEAM),
)
for stream in STREAMS:
    for resource in BODIES:
        told(stream, resource)
