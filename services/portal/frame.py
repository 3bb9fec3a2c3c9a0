"""What every page stands in: who is there, in which language, the organisation, and the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from flask import Response, g, make_response, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Apis, Asking
from services.portal.cookies import Cookie
from services.portal.house import House, Houses
from services.portal.house_looks import HouseLooks
from services.portal.navigation import person_places
from services.portal.provider import Granted, SignIns
from services.portal.subject import Subject, around_each
from services.portal.veil import Veil
from services.portal.visitor import Visitor
from shared.http.language import asked_locale, nearest
from shared.http.messages import Sentences
from shared.kernel import NotFound

LANGUAGE, LOOK = "cosigne-language", "cosigne-look"
LOOKS = ("light", "dark", "contrast")
TO_MEND = 422
Said = tuple[str, Mapping[str, object]]


class SignInWanted(Exception):
    """Nobody is signed in, and the page is somebody's."""


@dataclass
class Frame:
    """Given to every page when it is made; holds nothing of any request."""

    apis: Apis
    sign_ins: SignIns
    sentences: Sentences
    houses: Houses
    signed_in: Cookie
    signing_in: Cookie
    said: Cookie
    poster: Cookie
    url: str
    away: str  # where the quick way out leads
    veil: Veil  # over what an address would say of her
    version: str = ""  # of what is static, so that a browser may keep it
    looks: HouseLooks = field(default_factory=HouseLooks)

    # --- who asks -----------------------------------------------------------------------------

    def visitor(self) -> Visitor:
        if "visitor" not in g:
            g.visitor = Visitor.read(self.signed_in.read(request))
        visitor: Visitor = g.visitor
        return visitor

    def someone(self) -> Visitor:
        """Whoever is signed in. Raises SignInWanted when nobody is."""
        visitor = self.visitor()
        if not visitor.signed_in:
            raise SignInWanted
        return visitor

    def ask(self) -> Asking:
        return self.apis.asked_by(self.someone().token, self.locale())

    def subject(self, person: UUID) -> Subject:
        """Whose page it is: the visitor's own, or of someone who let the visitor in."""
        visitor = self.someone()
        if str(person) == visitor.party and visitor.is_person:
            return Subject(str(person), visitor.name, hers=True)
        if "around" not in g:
            g.around = self.ask().get("directory/me/persons")["persons"]
        told = around_each(g.around).get(str(person))
        if told is None:
            raise NotFound("route.unknown")
        relations = tuple(one["relation"] for one in told)
        return Subject(str(person), told[0]["name"], hers=False, relations=relations)

    def relations(self, subject: Subject) -> Mapping[str, Any]:
        """How others stand to her, as far as this visitor may know; asked once a page."""
        if "relations" not in g:
            ask = self.ask()
            g.relations = ask.maybe(lambda: ask.get(f"directory/persons/{subject.id}"), {})
        told: Mapping[str, Any] = g.relations
        return told

    def names_around(self, subject: Subject) -> dict[str, str]:
        """Those whose names this visitor may read, by their party."""
        return {one["id"]: one["name"] for one in self.relations(subject).get("named", ())}

    # --- in which words -----------------------------------------------------------------------

    def locale(self) -> str:
        """What the visitor chose, else what the browser asks for; French as the house writes it."""
        if "locale" not in g:
            told = nearest(request.cookies.get(LANGUAGE, "")) or asked_locale()
            g.locale = self.house().locale if told == "fr" else told
        locale: str = g.locale
        return locale

    def say(self, code: str, **values: object) -> str:
        return self.speaker()(code, **values)

    def speaker(self) -> Callable[..., str]:
        """Says sentences for this request: a page says a hundred, in one language, many again and again."""
        locale, sentences = self.locale(), self.sentences
        known = self.house().words(locale)

        @cache
        def plain(code: str) -> str:
            return sentences.say(code, locale, known)

        def say(code: str, **values: object) -> str:
            if not values:
                return plain(code)
            told = {name: as_text(value) for name, value in values.items()}
            return sentences.say(code, locale, {**known, **told})

        return say

    def house(self) -> House:
        """The organisation of whoever is signed in, or was last on this device; else the poster's."""
        if "house" not in g:
            visitor = self.visitor()
            if visitor.organisation:
                g.house = self.houses.of(visitor.organisation, visitor.token)
            else:
                g.house = self.houses.behind(self.poster.read(request).get("place", "")).unnamed()
        house: House = g.house
        return house

    def come_by(self, place: str) -> House:
        """Whose poster leads here, if anyone's; before sign-in the whole page says whom they call."""
        house = self.houses.behind(place)
        if house.help_lines and not self.visitor().organisation:
            g.house = house.unnamed()
        return house

    # --- what is answered ---------------------------------------------------------------------

    def page(self, template: str, *, status: int = 200, **values: Any) -> Response:
        """A page, whole, in the visitor's language."""
        said = self.said.read(request).get("said", [])
        subject = values.get("subject")
        if isinstance(subject, Subject):
            values.setdefault("subject_places", person_places(subject.id, hers=subject.hers))
        values.setdefault("key", str(uuid4()))
        values.setdefault("to_mend", status == TO_MEND)  # said first in the title
        text = render_template(
            template,
            said=[self.say(code, **told) for code, told in said],
            **values,
        )
        response = make_response(text, status)
        if said:
            self.said.clear(response)
        return response

    def done(self, to: str, code: str = "", **values: object) -> AnyResponse:
        """On to a page after something was kept, which is said there."""
        response = redirect(to, 303)
        if code:
            self.said.write(response, {"said": [[code, values]]})
        return response

    def kept(self, visitor: Visitor, response: AnyResponse) -> AnyResponse:
        self.signed_in.write(response, visitor.kept())
        return response

    def visitor_of(self, granted: Granted) -> Visitor:
        """Who signed in, as the directory knows them. Raises Problem."""
        me = self.apis.asked_by(granted.token, "fr").get("directory/me")
        return Visitor(
            token=granted.token,
            until=granted.until,
            session=granted.session,
            party=me["party"],
            organisation=me["organisation"],
            name=me["name"],
            roles=tuple(me["roles"]),
        )


def as_text(value: object) -> object:
    """What a macro told is escaped already: as text again it is escaped once, where it stands."""
    return value.unescape() if isinstance(value, Markup) else value
