from uuid import UUID

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from shared.contracts.schema import closed, schema_of
from shared.contracts.shape import Many, Maybe, Record, Scalar, Shape, body_of
from shared.store.codec import decode, encode
from tests.support import sample
from tests.support.registry import every_fact

FACTS = {**every_fact(), sample.EverythingSaid.TOPIC: sample.EverythingSaid}
SCALARS = {
    "str": sample.texts,
    "int": sample.whole,
    "float": sample.numbers,
    "bool": st.booleans(),
    "UUID": st.uuids(),
    "datetime": sample.local,
    "date": st.dates(),
}


def values(shape: Shape) -> st.SearchStrategy:
    match shape:
        case Scalar(kind=kind):
            return SCALARS[kind.__name__]
        case Maybe(of=of):
            return st.none() | values(of)
        case Many(of=of):
            return sample.several(values(of), 2)
        case Record(kind=kind, parts=parts):
            return st.builds(kind, **{p.name: values(p.shape) for p in parts})


@pytest.mark.parametrize("kind", [pytest.param(k, id=t) for t, k in FACTS.items()])
@given(data=st.data())
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_a_fact_says_is_kept_and_fits_its_closed_contract(kind, data):
    said = data.draw(st.fixed_dictionaries({p.name: values(p.shape) for p in body_of(kind).parts}))
    act = data.draw(sample.acts)
    fact = kind(UUID(int=1), 1, act.at, act, **said)
    body = encode(fact)
    check = Draft202012Validator(
        closed(schema_of(kind)), format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    check.validate(orjson.loads(body))
    assert decode(kind, kind.class_version, body)[1] == said


@pytest.mark.parametrize(
    "wrong",
    [{"colour": "blue"}, {"home": {"name": "ici", "colour": "blue"}}, {"places": [{"nom": "x"}]}],
)
def test_a_producer_may_say_nothing_beyond_its_contract_and_a_consumer_passes_over_it(wrong):
    body = {
        "words": "",
        "count": 1,
        "share": 1,
        "sure": True,
        "party": str(UUID(int=1)),
        "when": "2026-01-17T00:00:00+00:00",
        "day": "2026-01-17",
        "parties": [],
        "places": [],
        "home": {"name": "ici"},
    }
    schema = schema_of(sample.EverythingSaid)
    assert Draft202012Validator(schema).is_valid(body)
    assert not Draft202012Validator(closed(schema)).is_valid({**body, **wrong})
    if "places" not in wrong:
        assert Draft202012Validator(schema).is_valid({**body, **wrong})


@pytest.mark.parametrize("kind", [pytest.param(k, id=t) for t, k in FACTS.items()])
def test_a_contract_is_itself_a_valid_schema(kind):
    Draft202012Validator.check_schema(schema_of(kind))
