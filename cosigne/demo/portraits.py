"""How the events of portraits, strengths and relations are told: one function an event type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cosigne.demo.memory import Life
from cosigne.demo.teller import Event, Teller, recorded
from cosigne.people import Person, find, id_of

Tell = Callable[[Teller, Event, Person, Life], None]
KEPT = frozenset({"perspective", "catalogue", "key", "because_of", "themes", "n"})


def address(person: Person) -> str:
    return f"/assessment/v1/persons/{person.id}"


def portrait(person: Person, life: Life, event: Event) -> str:
    """The assessment an event belongs to: the last one begun with its questionnaire."""
    kind = event["data"].get("catalogue", "default")
    return f"{address(person)}/assessments/{life.assessments[kind]}"


def fields(event: Event) -> dict[str, Any]:
    return {k: v for k, v in event["data"].items() if k not in KEPT}


def send(
    teller: Teller,
    event: Event,
    person: Person,
    *,
    home: str | None,
    path: str,
    body: Mapping[str, Any],
    names: tuple[str, ...] = (),
    because: tuple[str, ...] = (),
    match: bool = False,
) -> Any:
    """One event as one request, then the confirmations of those who were not signed in.

    `home` is the address below which its entries are answered, if it is known already.
    """
    life = teller.life(person)
    reasons = life.because((*because, *as_names(event["data"].get("because_of"))))
    act = teller.act(event, person, **({"because_of": reasons} if reasons else {}))
    headers = {"If_Match": f'"{life.version}"'} if match else {}
    asked = {**body, "act": act}
    answer = teller.ask(recorded(event), find(event["actor"]), path, asked, **headers)
    key = event["data"].get("key")
    life.remember((*names, *((key,) if key else ())), answer, home or path)
    if home is not None:
        teller.confirm(event, life, answer, home)
    return answer


def opened(teller: Teller, event: Event, person: Person, life: Life) -> None:
    kind = event["data"].get("catalogue", "default")
    number = life.number(f"assessment/{kind}")
    life.assessments[kind] = str(id_of("assessment", f"{person.key}/{kind}/{number}"))
    body = {"id": life.assessments[kind], "catalogue": teller.catalogue(person, kind)}
    home = portrait(person, life, event)
    send(teller, event, person, home=home, path=f"{address(person)}/assessments", body=body)


def rated(teller: Teller, event: Event, person: Person, life: Life) -> None:
    home, theme = portrait(person, life, event), event["data"]["theme"]
    send(
        teller, event, person, home=home, path=f"{home}/ratings", body=fields(event),
        names=(f"rating:{theme}",),
    )  # fmt: skip


def rated_all(teller: Teller, event: Event, person: Person, life: Life) -> None:
    """One batch: every theme of the questionnaire with the same value."""
    home = portrait(person, life, event)
    items = [
        {"theme": theme, "value": event["data"]["value"]}
        for theme in teller.themes(person, "default")
    ]
    body = {"mode": "atomic", "items": items}
    answer = send(teller, event, person, home=home, path=f"{home}/ratings/batches", body=body)
    for item in answer["items"]:
        life.remember((f"rating:{item['theme']}",), item, home)


def below(place: str) -> Tell:
    """An event whose fields are the body of a resource below the assessment."""

    def tell(teller: Teller, event: Event, person: Person, life: Life) -> None:
        home = portrait(person, life, event)
        body = parties_in(fields(event))
        send(teller, event, person, home=home, path=f"{home}/{place}", body=body)

    return tell


def star_placed(teller: Teller, event: Event, person: Person, life: Life) -> None:
    """On a theme that was answered: the star comes from there."""
    home, theme = portrait(person, life, event), event["data"]["theme"]
    send(
        teller, event, person, home=home, path=f"{home}/stars", body=fields(event),
        names=(f"star:{theme}",), because=(f"rating:{theme}",),
    )  # fmt: skip


def judged(teller: Teller, event: Event, person: Person, life: Life) -> None:
    """What has changed: after the goal that grew from the theme, else by the last answer to it."""
    home, theme = portrait(person, life, event), event["data"]["theme"]
    send(
        teller, event, person, home=home, path=f"{home}/changes", body=fields(event),
        because=life.first(f"achieved:{theme}", f"rating:{theme}"),
    )  # fmt: skip


def met(teller: Teller, event: Event, person: Person, life: Life) -> None:
    home = portrait(person, life, event)
    body = parties_in({**fields(event), "themes": event["data"].get("themes", [])})
    send(teller, event, person, home=home, path=f"{home}/meetings", body=body)


def named(what: str) -> Tell:
    """A strength or an aspiration: remembered by its words, as goals name it so."""
    place = {"strength": "strengths", "aspiration": "aspirations"}[what]

    def tell(teller: Teller, event: Event, person: Person, life: Life) -> None:
        home = f"{address(person)}/resources"
        words = event["data"]["words"]
        names = (what, f"{what}:{words}")
        answer = send(
            teller, event, person, home=home, path=f"{home}/{place}", body=fields(event),
            names=names,
        )  # fmt: skip
        for name in names:
            life.ids[name] = answer["entries"][0]

    return tell


def as_names(told: Any) -> tuple[str, ...]:
    if told is None:
        return ()
    return (told,) if isinstance(told, str) else tuple(told)


def parties_in(body: Mapping[str, Any]) -> dict[str, Any]:
    """The cast's short names of people, as ids."""
    named_in = {**body}
    for field in ("with_party", "led_by"):
        if field in named_in:
            named_in[field] = str(find(named_in[field]).id)
    if "audience" in named_in:
        named_in["audience"] = [str(find(one).id) for one in named_in["audience"]]
    return named_in


PORTRAITS: Mapping[str, Tell] = {
    "assessment_opened": opened,
    "theme_rated": rated,
    "theme_rated_many": rated_all,
    "theme_skipped": below("skips"),
    "star_placed": star_placed,
    "view_noted": below("views"),
    "view_revised": below("views/revisions"),
    "theme_discussed": below("threads"),
    "discussion_put_off": below("threads/put-offs"),
    "together_wanted": below("together"),
    "assessment_shared": below("sharings"),
    "sharing_meeting_held": met,
    "change_judged": judged,
    "strength_named": named("strength"),
    "aspiration_named": named("aspiration"),
}
