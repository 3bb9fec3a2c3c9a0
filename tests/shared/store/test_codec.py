from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid4

import orjson
import pytest
from hypothesis import given

from shared.contracts.shape import Shapeless, body_of
from shared.kernel import Act, Fact
from shared.store.codec import Undecodable, Unstorable, decode, encode
from tests.support.sample import EverythingSaid, LinePut, Place, everything, lines

NOW = datetime(2026, 1, 17, tzinfo=UTC)
ME = uuid4()
ACT = Act(tenant=ME, subject=ME, actor=ME, author=ME, at=NOW, occurred=NOW, command=ME)
SAID = EverythingSaid(
    ME, 1, NOW, ACT, "des mots", 1, 0.5, True, ME, NOW, date(2026, 1, 17), (ME,), (), Place("ici")
)


def again(fact: Fact) -> Fact:
    _, fields = decode(type(fact), fact.class_version, encode(fact))
    return replace(fact, **fields)


@given(everything | lines)
def test_a_body_comes_back_the_same_to_the_type(fact):
    read = again(fact)
    assert read == fact
    for name, value in vars(fact).items():
        assert type(getattr(read, name)) is type(value), name


@given(everything)
def test_an_instant_keeps_the_offset_it_was_told_with(fact):
    assert again(fact).when.utcoffset() == fact.when.utcoffset()


@given(everything)
def test_there_is_one_way_to_write_a_body(fact):
    written = encode(fact)
    assert written == encode(again(fact))
    assert orjson.dumps(orjson.loads(written), option=orjson.OPT_SORT_KEYS) == written


def test_none_is_left_out_and_comes_back():
    assert "rank" not in orjson.loads(encode(SAID))
    assert again(SAID).rank is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("words", 3),
        ("words", None),
        ("words", "fin\0"),
        ("words", "\ud800"),
        ("count", True),
        ("count", 2**63),
        ("count", 1.0),
        ("share", float("nan")),
        ("share", float("inf")),
        ("share", True),
        ("sure", 1),
        ("party", "018f0000-0000-7000-8000-000000000001"),
        ("when", datetime(2026, 1, 17)),  # noqa: DTZ001 - the point
        ("when", date(2026, 1, 17)),
        ("day", datetime(2026, 1, 17, tzinfo=UTC)),
        ("parties", [ME]),
        ("parties", (ME, "x")),
        ("parties", {ME}),
        ("home", {"name": "ici"}),
        ("home", Place(3)),
        ("places", (Place("ici", "là"),)),
        ("rank", "first"),
    ],
)
def test_what_would_not_come_back_the_same_is_refused_by_name(field, value):
    with pytest.raises(Unstorable, match=r"sample\.everything_said"):
        encode(replace(SAID, **{field: value}))


def test_a_whole_number_may_stand_for_a_share():
    assert again(replace(SAID, share=1)).share == 1.0


def test_an_old_body_is_brought_up_to_date():
    json, fields = decode(LinePut, 1, b'{"line":"bonjour"}')
    assert fields == {"text": "bonjour", "language": "fr"} == json


def test_a_body_of_today_is_not_touched():
    assert decode(LinePut, 2, b'{"language":"en","text":"hi"}')[1] == {
        "text": "hi",
        "language": "en",
    }


def test_a_body_of_a_newer_release_is_refused_rather_than_guessed():
    with pytest.raises(Undecodable, match="newer release"):
        decode(LinePut, 3, b'{"text":"hi","language":"en"}')


def test_a_field_added_later_takes_its_default_in_bodies_written_before():
    body = orjson.loads(encode(SAID))
    del body["mood"]
    assert decode(EverythingSaid, 1, orjson.dumps(body))[1]["mood"] == "calm"


def test_a_field_that_this_release_does_not_know_is_let_be():
    body = {**orjson.loads(encode(SAID)), "colour": "blue"}
    assert "colour" not in decode(EverythingSaid, 1, orjson.dumps(body))[1]


@pytest.mark.parametrize(
    "wrong", [{"words": None}, {"count": "1"}, {"party": "x"}, {"when": "soon"}, {"home": {}}]
)
def test_a_body_that_does_not_fit_its_class_is_refused(wrong):
    body = {**orjson.loads(encode(SAID)), **wrong}
    with pytest.raises(Undecodable):
        decode(EverythingSaid, 1, orjson.dumps(body))


def test_a_missing_field_is_refused_by_name():
    body = orjson.loads(encode(SAID))
    del body["words"]
    with pytest.raises(Undecodable, match="words is missing"):
        decode(EverythingSaid, 1, orjson.dumps(body))


@dataclass
class Loose:
    name: str


@pytest.mark.parametrize(
    "hint",
    [
        dict[str, int],
        list[str],
        tuple[str, int],
        set[UUID],
        Any,
        bytes,
        timedelta,
        object,
        Loose,
        str | int,
        frozenset[str],
    ],
)
def test_a_field_of_another_type_is_refused_before_anything_is_written(hint):
    kind = type("Odd", (Fact,), {"TOPIC": "", "__annotations__": {"held": hint}})
    with pytest.raises(Shapeless, match=r"Odd\.held"):
        body_of(kind)


def test_an_optional_field_whose_default_is_not_none_keeps_its_none():
    @dataclass(frozen=True)
    class Ranked(Fact):
        TOPIC: ClassVar[str] = ""
        rank: int | None = 1

    assert encode(Ranked(ME, 1, NOW, ACT, None)) == b'{"rank":null}'
    assert again(Ranked(ME, 1, NOW, ACT, None)).rank is None
    assert decode(Ranked, 1, b"{}")[1] == {"rank": 1}


@pytest.mark.parametrize("body", [b"{", b'{"lines":1}', b"[]", b"7"])
def test_an_old_body_that_cannot_be_brought_up_to_date_is_refused(body):
    with pytest.raises(Undecodable):
        decode(LinePut, 1, body)
