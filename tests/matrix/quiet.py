"""A person who has filled in everything and shown nothing, with words that are found again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tests.matrix.aiming import THEME, aimed, matched
from tests.matrix.calls import Untold, once
from tests.matrix.calls_plans import opened
from tests.matrix.scene import FAR, Scene, made_scene
from tests.support.installation import Installation
from tests.support.operations import Operation, every_operation

HELD_BACK = 40  # words planted, at least
VALUE = 37  # what she answers; no other figure of the scene is the same
CLAIMED = 61


@dataclass
class Quiet:
    """The scene, the words planted in it by service, and what could not be planted, and why."""

    scene: Scene
    planted: dict[str, str] = field(default_factory=dict)  # word -> the operation it was sent to
    refused: dict[str, str] = field(default_factory=dict)  # operation -> code
    entries: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return self.scene.her(f"/assessments/{self.scene['assessment']}")

    def word(self, where: str) -> str:
        word = f"mot{len(self.planted):03d}{once('x')}x"
        self.planted[word] = where
        return word

    def found(self, text: str) -> Mapping[str, str]:
        """Her words that a text tells, and where she had said them."""
        return {word: where for word, where in self.planted.items() if word in text}

    def entry(self, operation: Operation) -> str:
        """An entry of hers in the stream that an operation is about."""
        if operation.service == "reporting":
            return self.entries["plans"]
        return self.entries["strength" if "/resources/" in operation.path else operation.service]

    def answer(self) -> Any:
        """Her answer to the theme, as she reads it."""
        told = self.scene.read("person", "assessment", self.path)
        themes = {t["theme"]: t for t in told["themes"]}
        shown = themes.get(THEME, {})
        return {name: shown.get(name) for name in ("answer", "visibility", "audience")}


def made_quiet(installation: Installation) -> Quiet:
    quiet = Quiet(made_scene(installation))
    for step in (begun, rated, around, spared, planted):
        step(quiet)
        quiet.scene.settled()
    return quiet


def begun(quiet: Quiet) -> None:
    """The practitioner begins the portrait for her: the hardest case."""
    s = quiet.scene
    body = {"catalogue": s["catalogue"], "act": s.noted()}
    told = s.made("practitioner", "assessment", s.her("/assessments"), body)
    s.ids["assessment"] = told["id"]
    quiet.entries["opening"] = told["entries"][0]


def rated(quiet: Quiet) -> None:
    s = quiet.scene
    own = {"theme": THEME, "value": VALUE, "comment": quiet.word("assessment ratings")}
    told = s.made("person", "assessment", f"{quiet.path}/ratings", own)
    quiet.entries["assessment"] = s.ids["entry"] = told["entries"][0]
    for theme, name in ((THEME, "pending"), ("sommeil", "claimed")):
        body = {"theme": theme, "value": CLAIMED, "act": s.noted()}
        told = s.made("practitioner", "assessment", f"{quiet.path}/ratings", body)
        quiet.entries[name] = told["entries"][0]


def around(quiet: Quiet) -> None:
    """Strengths, aspirations, ties, a plan with a goal and an action: all hers, none shown."""
    s = quiet.scene
    for which, body in (("strengths", {"kind": "personal"}), ("aspirations", {})):
        words = {"words": quiet.word(f"assessment {which}"), **body}
        told = s.made("person", "assessment", s.her(f"/resources/{which}"), words)
        s.ids[which.removesuffix("s")] = told["entries"][0]
    quiet.entries["strength"] = s["strength"]
    told = s.made("person", "network", s.her("/network/ties"), {"name": quiet.word("network ties")})
    s.ids["tie"] = told["ties"][0]["tie"]
    other = {"name": quiet.word("network ties")}
    s.ids["spare_tie"] = s.made("person", "network", s.her("/network/ties"), other)["ties"][1][
        "tie"
    ]
    quiet.entries["network"] = told["entries"][0]
    s.ids["plan"] = opened(s)
    path = s.her(f"/plans/{s['plan']}/goals")
    told = s.made("person", "plans", path, {"words": quiet.word("plans goals")})
    s.ids["goal"] = told["goal"]
    quiet.entries["plans"] = told["entries"][0]
    path = f"{path}/{told['goal']}"
    s.made("person", "plans", f"{path}/agreements", match=told["version"])
    body = {"words": quiet.word("plans actions"), "responsible": s["person"]}
    s.ids["action"] = s.made("person", "plans", f"{path}/actions", body)["action"]

    summarised(quiet)


def summarised(quiet: Quiet) -> None:
    """A summary that she shows to nobody of those who try."""
    s = quiet.scene
    parts = [{"words": quiet.word("reporting summaries")}]
    body = {"title": quiet.word("reporting summaries"), "parts": parts}
    s.ids["summary"] = s.made("person", "reporting", s.her("/summaries"), body)["summary"]
    path = s.her(f"/summaries/{s['summary']}/shares")
    body = {"means": "paper", "for_whom": quiet.word("reporting summaries")}
    s.ids["share"] = s.made("person", "reporting", path, body)["share"]


def spared(quiet: Quiet) -> None:
    """Things of hers that may be ended without changing who may see what."""
    s = quiet.scene
    s.ids["spare_relation"] = s.cared_for_by(s.stranger("staff", "practitioner"))
    body = {
        "audience": s.stranger("staff", "researcher"),
        "tabs": ["plan"],
        "purpose": "research",
        "until": FAR,
        "ethics": "CÉR 2026-114",
    }
    told = s.made("person", "directory", s.her("/consents"), body)
    s.ids["spare_consent"] = told["entries"][0]
    told = s.made("person", "directory", s.her("/restrictions"), {"audience": s.stranger()})
    s.ids["restriction"] = told["entries"][0]
    told = s.made("person", "directory", s.her("/rights"), {"right": "copy"})
    s.ids["request"] = told["entries"][0]
    s.ids["erasure"] = s["request"]  # hers, and no erasure: nothing of hers must go while they try
    told = s.made("person", "directory", s.her("/way-of-working"), {"first": "alone"})
    quiet.entries["directory"] = told["entries"][0]
    who = s.stranger("representative", "representative")
    body = {"party": who, "kind": "mandat", "scope": ["papers"], "until": FAR}
    told = s.made("officer", "directory", s.her("/representations"), body)
    s.ids["spare_representation"] = told["entries"][0]
    body = {"audience": [s.stranger()], "parts": ["quality_of_life"]}
    told = s.made("person", "assessment", f"{quiet.path}/sharings", body)
    s.ids["sharing"] = told["sharings"][0]["sharing"]
    s.ids["spare_access"] = s["access"]


# she does not take back in the middle what the rest is said in, nor show it
NOT_NOW = (
    "/achievements", "/closure", "/confirmations", "/declines", "/disagreements",
    "/dispute-answers", "/dispute-settlements", "/disputes", "/drops", "/endings", "/misfilings",
    "/pauses", "/setting-aside", "/settings-aside", "/shares", "/sharings", "/themes-declined",
    "/themes-reconsidered", "/withdrawals",
)  # fmt: skip
# fields of text that take any words; in others there is a name, a day, or what else is looked up
WORDS = ("words", "comment", "reason", "name", "relation", "what", "quality", "closeness", "often",
         "pace", "purpose", "title", "called", "for_whom")  # fmt: skip
NO_WORDS = ("due", "ends", "ethics", "key", "next_review", "occurred_at", "recourse", "right",
            "since", "starts", "statement", "theme", "until", "version", "country", "logic",
            "kind", "expires")  # fmt: skip


def plantings() -> Iterator[Operation]:
    for operation in every_operation():
        writes = operation.method == "post" and operation.about_her and free(operation)
        if writes and not operation.path.endswith(NOT_NOW):
            yield operation


def free(operation: Operation) -> list[str]:
    """The fields of an operation in which one may write anything."""
    found = [way[0] for way in operation.texts() if len(way) == 1]
    unknown = set(found) - {*WORDS, *NO_WORDS}
    if unknown:
        raise Untold(
            f"`{operation}`: are {unknown} for free words? Say so in tests/matrix/quiet.py"
        )
    return [name for name in found if name in WORDS]


def planted(quiet: Quiet) -> None:
    """She writes in every field there is for words, in every operation that takes them from her."""
    for operation in plantings():
        call = aimed(operation, quiet.scene, "person", entry=quiet.entry(operation))
        words = {name: quiet.word(str(operation)) for name in free(operation)}
        alone = {name: value for name, value in call.body.items() if name != "act"}
        said = replace(call, body={**alone, **words})
        answer = matched(operation, quiet.scene, quiet.scene.client("person"), said)
        if answer.status_code >= 300:
            quiet.refused[str(operation)] = answer.json()["code"]
            for word in words.values():
                del quiet.planted[word]


TEAM = ("practitioner", "stand_in")


def may_read(who: str, where: str) -> bool:
    """A plan is made with her team, and she let a relative see it; all else she has shown nobody.

    What she asks of the privacy officer, and agrees to with the house, the officer reads; how she
    wants to work, those read who work with her.
    """
    if where.endswith("/way-of-working"):
        return who in ("officer", "practitioner")
    if where.startswith("plans"):
        return who in (*TEAM, "relative")
    return who == "officer" and where.endswith(("/rights", "/consents"))
