"""A small service with a field of every kind, and a route for every way to refuse."""

from pathlib import Path

import marshmallow as ma

from shared.http.app import service_app
from shared.http.blueprint import Blueprint
from shared.http.messages import Sentences
from shared.http.schemas import (
    Day,
    Flag,
    Id,
    Moment,
    Percent,
    Strict,
    Whole,
    Words,
    many,
    one_of,
    with_act,
)
from shared.kernel import Denied, Invalid, NotFound, Refused, Stale

SHARED = Path(__file__).parents[2] / "shared" / "messages"
PERSON = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b11"
RATINGS = f"/v1/persons/{PERSON}/ratings"


class ThingSchema(Strict):
    """One field of every kind there is."""

    theme = Words(required=True, longest=80)
    value = Percent(required=True)
    comment = Words(allow_none=True)
    count = Whole(least=1, most=9)
    done = Flag()
    goal = Id()
    when = Moment()
    until = Day()
    visibility = one_of(("just_me", "chosen", "my_team"))
    tags = many(Words(longest=10), 3)
    texts = ma.fields.Dict(keys=ma.fields.String(), values=Words(longest=10))
    act = with_act()


class AskedSchema(Strict):
    limit = ma.fields.Integer(validate=ma.validate.Range(1, 100))
    since = Day()


class AwayError(Exception):
    """A database that does not answer."""


def routes() -> Blueprint:
    blueprint = Blueprint("ratings", __name__, url_prefix="/v1/persons/<uuid:person>/ratings")
    refusals = {
        "refused": Refused("version.busy"),
        "invalid": Invalid("value.not_in_list", field="audience.kind", allowed=("a", "b")),
        "header": Invalid("idempotency.invalid_key", field="Idempotency-Key"),
        "missing": NotFound("person.unknown"),
        "denied": Denied("action.not_yours"),
        "stale": Stale("version.stale", current=7),
        "unsaid": Refused("nobody.wrote_this"),
        "away": AwayError("host=10.1.2.3 password=secret"),
        "broken": RuntimeError("the secret is 1234"),
    }

    @blueprint.post("")
    @blueprint.arguments(ThingSchema, example={"theme": "logement", "value": 70})
    @blueprint.response(201, ThingSchema, example={"theme": "logement", "value": 70})
    def keep(body, person):
        """Keep an answer"""
        if body["theme"] == "not mine":
            raise Denied("answer.own_sign_in", field="act.author")
        return body

    @blueprint.get("")
    @blueprint.arguments(AskedSchema, location="query")
    @blueprint.response(200, AskedSchema, example={"limit": 3})
    def listed(query, person):
        """The answers"""
        return query

    @blueprint.get("/<string:how>")
    @blueprint.response(200, AskedSchema, example={"limit": 3})
    def refuse(person, how):
        """Refuse in every way"""
        if how in refusals:
            raise refusals[how]
        return {"limit": len(how)}

    return blueprint


def thing_app(**more):
    return service_app(
        "assessment",
        "Assessment",
        [routes()],
        sentences=Sentences(SHARED),
        servers=[{"url": "http://127.0.0.1/assessment"}],
        issuer="http://127.0.0.1/issuer",
        unavailable=(AwayError,),
        **more,
    )
