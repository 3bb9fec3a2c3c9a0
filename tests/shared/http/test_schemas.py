from datetime import UTC, date, datetime
from uuid import UUID

import marshmallow as ma
import pytest
from marshmallow import validate

from shared.http.complaints import Complaint, troubles
from shared.http.fields import moment
from shared.http.schemas import ActSchema, Moment, Strict, Words
from shared.kernel import KNOWLEDGE, PARTS, ROLES, SETTINGS

PARTY = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b11"


def complaints(schema, sent):
    with pytest.raises(ma.ValidationError) as caught:
        schema().load(sent)
    return {t.name: t.code for t in troubles(caught.value.messages)}


def test_an_act_is_read_whole():
    act = ActSchema().load(
        {
            "author": PARTY,
            "setting": "meeting",
            "occurred_at": "2026-01-16",
            "contributors": [
                {"party": PARTY, "part": "agreed", "knowledge": ["experiential"], "role": "person"}
            ],
            "because_of": [PARTY],
            "site": PARTY,
            "programme": PARTY,
        }
    )
    assert act["author"] == UUID(PARTY)
    assert act["occurred_at"] == date(2026, 1, 16)
    assert act["contributors"][0]["knowledge"] == ["experiential"]
    assert ActSchema().load({}) == {}


def test_an_act_knows_the_words_of_the_domain():
    for word in SETTINGS:
        assert ActSchema().load({"setting": word})
    for role in ROLES:
        for part in PARTS:
            one = {"party": PARTY, "part": part, "role": role, "knowledge": list(KNOWLEDGE)}
            assert ActSchema().load({"contributors": [one]})


def test_nobody_attests_for_another_in_a_request():
    one = {"party": PARTY, "part": "agreed", "attestation": "own"}
    assert complaints(ActSchema, {"contributors": [one]}) == {
        "contributors.0.attestation": "field.unknown"
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-01-16", date(2026, 1, 16)),
        ("2026-01-16T20:00Z", datetime(2026, 1, 16, 20, tzinfo=UTC)),
        ("2026-01-16t20:00:00.5z", datetime(2026, 1, 16, 20, 0, 0, 500_000, tzinfo=UTC)),
        ("2026-01-16T20:00:00-05:00", datetime.fromisoformat("2026-01-16T20:00:00-05:00")),
        ("20260116", None),
        ("2026-W03-5", None),
        ("2026-01-16 20:00:00Z", None),
        ("2026-01-16T25:00:00Z", None),
        ("2026-01-16T20:00:00+24:00", None),
        ("2026-01-16\n", None),
        ("1899-12-31", None),
        ("2200-01-01", None),
    ],
)
def test_a_moment_is_a_day_or_an_instant_with_its_offset(text, found):
    assert moment(text) == found
    assert type(moment(text)) is type(found)


def test_a_moment_is_told_as_it_was_kept():
    class When(Strict):
        at = Moment()

    told = When().dump({"at": datetime(2026, 1, 16, 20, tzinfo=UTC)})
    assert told == {"at": "2026-01-16T20:00:00+00:00"}
    assert When().dump({"at": date(2026, 1, 16)}) == {"at": "2026-01-16"}
    assert When().dump({"at": None}) == {"at": None}


def test_words_keep_their_inside_and_lose_their_edges():
    class Said(Strict):
        words = Words()

    assert Said().load({"words": "  nourrir  le loup\nblanc \n"}) == {
        "words": "nourrir  le loup\nblanc"
    }


def test_every_check_of_marshmallow_complains_in_a_code_of_ours():
    class Everything(Strict):
        short = ma.fields.String(validate=validate.Length(2))
        long = ma.fields.String(validate=validate.Length(max=2))
        exact = ma.fields.String(validate=validate.Length(equal=2))
        low = ma.fields.Integer(validate=validate.Range(2))
        high = ma.fields.Integer(validate=validate.Range(max=2))
        form = ma.fields.String(validate=validate.Regexp("a+"))
        not_this = ma.fields.String(validate=validate.NoneOf(["x"]))
        own = ma.fields.String(validate=lambda value: value == "x" and wrong())
        email = ma.fields.Email()
        number = ma.fields.Float()
        day = ma.fields.Date()
        at = ma.fields.AwareDateTime()

    def wrong():
        raise ma.ValidationError("an English sentence of somebody's")

    sent = {"short": "x", "long": "xxx", "exact": "x", "low": 1, "high": 3, "form": "b"}
    sent |= {"not_this": "x", "own": "x", "email": "x", "number": "x", "day": "x", "at": "x"}
    assert complaints(Everything, sent) == {
        "short": "length.too_small",
        "long": "length.too_large",
        "exact": "length.wrong",
        "low": "number.too_small",
        "high": "number.too_large",
        "form": "value.wrong_form",
        "not_this": "value.invalid",
        "own": "value.invalid",
        "email": "value.invalid",
        "number": "value.not_a_number",
        "day": "day.invalid",
        "at": "moment.invalid",
    }


def test_a_complaint_keeps_its_values_when_it_is_filled():
    told = Complaint("length.too_large", max=3).format(input="x")
    assert (told, dict(told.values)) == ("length.too_large", {"max": 3, "input": "x"})
