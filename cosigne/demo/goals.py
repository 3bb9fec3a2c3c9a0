"""How the events of a plan are told: themes, goals grown from stars and strengths, steps, reviews."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cosigne.demo.memory import Life
from cosigne.demo.portraits import Tell, as_names, send
from cosigne.demo.teller import Event, Teller
from cosigne.people import Person, find, id_of

HANDLES = frozenset({"goal", "key", "perspective", "grown_from", "responsible", "because_of"})


def plan(person: Person, life: Life) -> str:
    return f"/plans/v1/persons/{person.id}/plans/{life.plan}"


def goal(person: Person, life: Life, event: Event) -> str:
    return f"{plan(person, life)}/goals/{life.ids[event['data']['goal']]}"


def fields(event: Event) -> dict[str, Any]:
    return {k: v for k, v in event["data"].items() if k not in HANDLES}


def opened(teller: Teller, event: Event, person: Person, life: Life) -> None:
    path = f"/plans/v1/persons/{person.id}/plans"
    answer = send(teller, event, person, home=None, path=path, body=fields(event))
    life.plan = answer["id"]
    teller.confirm(event, life, answer, plan(person, life))


def about_themes(place: str) -> Tell:
    def tell(teller: Teller, event: Event, person: Person, life: Life) -> None:
        home = plan(person, life)
        told = fields(event)
        because = (f"rating:{told['theme']}",)
        send(teller, event, person, home=home, path=f"{home}/{place}", body=told, because=because)

    return tell


def proposed(teller: Teller, event: Event, person: Person, life: Life) -> None:
    """What it grew from is named, and is also what it happened because of."""
    home, key = plan(person, life), event["data"]["key"]
    life.ids[key] = str(id_of("goal", f"{person.key}/{key}"))
    sources = as_names(event["data"].get("grown_from"))
    body = {
        **fields(event),
        "goal": life.ids[key],
        "grown_from": [source(name, person, life) for name in sources],
    }
    send(
        teller, event, person, home=home, path=f"{home}/goals", body=body,
        names=(f"proposed:{key}",), because=sources,
    )  # fmt: skip


def source(name: str, person: Person, life: Life) -> str:
    """`star:travail` as it is; a strength, an aspiration or a tie by the id it has here."""
    kind, _, rest = name.partition(":")
    if kind == "star":
        return name
    if kind == "tie":
        return f"tie:{id_of('tie', f'{person.key}/{rest}')}"
    return f"{kind}:{life.ids[name]}"


def agreed(teller: Teller, event: Event, person: Person, life: Life) -> None:
    """One agrees to the words one has read: the version is named."""
    home, key = plan(person, life), event["data"]["goal"]
    send(
        teller, event, person, home=home, path=f"{goal(person, life, event)}/agreements", body={},
        names=(key, f"agreed:{key}"), because=(f"proposed:{key}",), match=True,
    )  # fmt: skip


def of_goal(place: str) -> Tell:
    def tell(teller: Teller, event: Event, person: Person, life: Life) -> None:
        path = f"{goal(person, life, event)}/{place}"
        because = (f"agreed:{event['data']['goal']}", f"proposed:{event['data']['goal']}")
        home = plan(person, life)
        send(teller, event, person, home=home, path=path, body=fields(event), because=because[:1])

    return tell


def action_added(teller: Teller, event: Event, person: Person, life: Life) -> None:
    told, home = event["data"], plan(person, life)
    name = f"action:{told['words']}"
    life.ids[name] = str(id_of("action", f"{person.key}/{told['words']}"))
    body = {
        **fields(event),
        "action": life.ids[name],
        "responsible": str(find(told["responsible"]).id),
    }
    send(
        teller, event, person, home=home, path=f"{goal(person, life, event)}/actions", body=body,
        names=(name,), because=(f"agreed:{told['goal']}",),
    )  # fmt: skip


def action_done(teller: Teller, event: Event, person: Person, life: Life) -> None:
    home, name = plan(person, life), f"action:{event['data']['words']}"
    path = f"{home}/actions/{life.ids[name]}/completions"
    send(teller, event, person, home=home, path=path, body={}, because=(name,))


GOALS: Mapping[str, Tell] = {
    "plan_opened": opened,
    "theme_considered": about_themes("themes-considered"),
    "theme_declined": about_themes("themes-declined"),
    "theme_reconsidered": about_themes("themes-reconsidered"),
    "goal_proposed": proposed,
    "goal_agreed": agreed,
    "goal_declined": of_goal("declines"),
    "goal_paused": of_goal("pauses"),
    "goal_resumed": of_goal("resumptions"),
    "goal_set_aside": of_goal("settings-aside"),
    "goal_achieved": of_goal("achievements"),
    "progress_rated": of_goal("progress"),
    "action_added": action_added,
    "action_done": action_done,
}
