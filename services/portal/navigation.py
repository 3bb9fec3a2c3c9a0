"""Where one can go: hers for a person, by role for those who work here."""

from __future__ import annotations

from dataclasses import dataclass

from services.portal.visitor import Visitor

# the four tabs, then what is about all of them
TABS = ("life", "network", "strengths", "plan")
ABOUT = {"together": "together", "summary": "summary", "history": "history", "rights": "rights"}
OTHERS = {"together": "together", "summary_others": "summary", "history": "history"}


@dataclass(frozen=True)
class Place:
    """An entry of the menu; its words are `place.<name>`."""

    name: str
    url: str


def places_of(visitor: Visitor) -> dict[str, list[Place]]:
    """For whoever is signed in: the tabs of a person, and the rest of the menu."""
    if not visitor.signed_in:
        return {"tabs": [], "more": []}
    if visitor.is_person:
        return person_places(visitor.party)
    more = [Place("my_persons", "/")]
    roles = {
        "office": ("/office", ("administrator",)),
        "questionnaires": ("/questionnaires", ("administrator", "manager")),
        "counts": ("/counts", ("manager",)),
        "mandates": ("/mandates", ("auditor",)),
        "privacy": ("/privacy", ("privacy_officer",)),
    }
    more += [Place(name, url) for name, (url, of) in roles.items() if visitor.has(*of)]
    return {"tabs": [], "more": more}


def person_places(person: str, *, hers: bool = True) -> dict[str, list[Place]]:
    """The pages of one person's record: all to her, and to others those that are not hers alone."""
    about = ABOUT if hers else OTHERS
    return {
        "tabs": [Place(tab, f"/persons/{person}/{tab}") for tab in TABS],
        "more": [Place(name, f"/persons/{person}/{path}") for name, path in about.items()],
    }
