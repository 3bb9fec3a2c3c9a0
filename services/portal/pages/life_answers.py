"""What she answers to a theme: from the form to what the service is asked, and back into the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from services.portal.forms import Form
from services.portal.pictures.sitting import Portrait, Theme

CHOICES = ("not_concerned", "rather_not_say")
VISIBILITIES = ("just_me", "my_team", "chosen")
EXACT = "exact"
# beside the answer, in the form: as the rest of the portrait is shown
AS_THE_REST = "rest"


class Sent(NamedTuple):
    path: str
    body: Mapping[str, Any]


class Amiss(Exception):
    """What has to be mended, field by field, before anything is sent; each a code."""

    def __init__(self, **errors: str) -> None:
        super().__init__(errors)
        self.errors = errors


def asked_of(form: Form, theme: Theme) -> Sequence[Sent]:
    """The commands a filled form stands for. Raises Amiss.

    Words without a figure are kept too: as the first words of the conversation on the theme.
    """
    shown = shown_as(form, theme)
    chosen, comment, value = form["answer"], form["comment"], value_of(form)
    words = Sent("threads", {"theme": theme.name, "words": comment, **shown})
    if chosen in CHOICES:
        skip = Sent("skips", {"theme": theme.name, "choice": chosen, **shown})
        return [words, skip] if comment else [skip]
    if value is None and comment:
        return [words]
    if value is None:
        raise Amiss(answer="life.choose_first")
    body = {"theme": theme.name, "value": value, **shown}
    return [Sent("ratings", {**body, "comment": comment} if comment else body)]


def value_of(form: Form) -> int | None:
    """The step she chose or the figure she wrote: two that differ are not one answer."""
    chosen, written = form["answer"], form["exact"]
    exact = whole(written)
    if chosen.lstrip("-").isdecimal():
        if written and exact != int(chosen):
            raise Amiss(answer="life.two_answers")
        return int(chosen)
    if (chosen == EXACT and exact is None) or (written and exact is None):
        raise Amiss(answer="life.write_figure")
    return exact


def by_the_answer(form: Form) -> Form:
    """A step or a figure, it is one answer: what is amiss with its value is said there."""
    if form["form"] or "value" not in form.errors:
        return form
    errors = {"answer" if name == "value" else name: told for name, told in form.errors.items()}
    return form.amiss(errors, form.sentence)


def whole(written: str) -> int | None:
    try:
        return int(written)
    except ValueError:
        return None


def shown_as(form: Form, theme: Theme) -> Mapping[str, Any]:
    """Who sees it, where she says so; set by hand before, it goes back to following the rest."""
    show = form["show"]
    if show == AS_THE_REST:
        return {"visibility": "chosen"} if theme.said.get("visibility") else {}
    if show not in VISIBILITIES:
        return {}
    if show != "chosen":
        return {"visibility": show}
    audience = form.all("audience")
    if not audience:
        raise Amiss(audience="life.choose_people")
    return {"visibility": "chosen", "audience": audience}


def filled(form: Form, theme: Theme, portrait: Portrait) -> Mapping[str, Any]:
    """What stands in the form: what was sent, else her answer as it is. Nothing beforehand."""
    if form.given:
        names = ("answer", "exact", "comment", "show")
        return {**{name: form[name] for name in names}, "audience": form.all("audience")}
    answer = theme.standing or {}
    value, choice = answer.get("value"), answer.get("choice")
    at_a_step = portrait.step(value) is not None
    return {
        "answer": choice or ("" if value is None else str(value) if at_a_step else EXACT),
        "exact": "" if value is None or at_a_step else str(value),
        "comment": answer.get("comment") or "",
        "show": standing(theme),
        "audience": theme.said.get("audience", ()),
    }


def standing(theme: Theme) -> str:
    """Who sees her answer: as she set it, else as the rest; what is sensitive starts with her."""
    by_hand = theme.said.get("visibility")
    if by_hand is None:
        return "just_me" if theme.sensitive and not theme.answer else AS_THE_REST
    if by_hand == "chosen" and not theme.said.get("audience"):
        return AS_THE_REST
    return str(by_hand)


def who_reads(theme: Theme, portrait: Portrait, *, team: bool) -> str:
    """Who reads what she writes there, as it stands: a sentence of `who_reads`."""
    stands = standing(theme)
    if stands == AS_THE_REST:
        return "chosen" if portrait.shown else "just_me"
    if stands == "my_team":
        return "team" if team else "just_me"
    return stands
