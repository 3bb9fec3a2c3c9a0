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


def about_theme(place: str, name: str, *after: str) -> Tell:
    """A theme is talked of after it was answered, left out after that, taken up again after that."""

    def tell(teller: Teller, event: Event, person: Person, life: Life) -> None:
        home, theme = plan(person, life), event["data"]["theme"]
        because = life.first(*(f"{one}:{theme}" for one in after))
        send(
            teller, event, person, home=home, path=f"{home}/{place}", body=fields(event),
            names=(f"{name}:{theme}",), because=because,
        )  # fmt: skip

    return tell


def proposed(teller: Teller, event: Event, person: Person, life: Life) -> None:
    """What it grew from is named, and is also what it happened because of."""
    home, key = plan(person, life), event["data"]["key"]
    life.ids[key] = str(id_of("goal", f"{person.key}/{key}"))
    sources = as_names(event["data"].get("grown_from"))
    life.themes[key] = tuple(s.partition(":")[2] for s in sources if s.startswith("star:"))
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


def of_goal(place: str, name: str, *after: str) -> Tell:
    """What becomes of a goal, because of what became of it before."""

    def tell(teller: Teller, event: Event, person: Person, life: Life) -> None:
        home, key = plan(person, life), event["data"]["goal"]
        themes = life.themes.get(key, ())
        send(
            teller, event, person, home=home, path=f"{goal(person, life, event)}/{place}",
            body=fields(event), names=tuple(f"{name}:{one}" for one in (key, *themes)),
            because=life.first(*(f"{one}:{key}" for one in after)),
        )  # fmt: skip

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
    done = (f"done:{event['data']['goal']}",)
    send(teller, event, person, home=home, path=path, body={}, names=done, because=(name,))


GOALS: Mapping[str, Tell] = {
    "plan_opened": opened,
    "theme_considered": about_theme("themes-considered", "considered", "rating"),
    "theme_declined": about_theme("themes-declined", "declined", "considered", "rating"),
    "theme_reconsidered": about_theme("themes-reconsidered", "reconsidered", "declined"),
    "goal_proposed": proposed,
    "goal_agreed": agreed,
    "goal_declined": of_goal("declines", "declined", "proposed"),
    "goal_paused": of_goal("pauses", "paused", "agreed"),
    "goal_resumed": of_goal("resumptions", "resumed", "paused", "agreed"),
    "goal_set_aside": of_goal("settings-aside", "set-aside", "agreed"),
    "goal_achieved": of_goal("achievements", "achieved", "done", "resumed", "agreed"),
    "progress_rated": of_goal("progress", "progress", "agreed"),
    "action_added": action_added,
    "action_done": action_done,
}
