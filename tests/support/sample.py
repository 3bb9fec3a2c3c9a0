"""Facts of no service, with every kind of field, and hypothesis' idea of an act."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any, ClassVar
from uuid import UUID

from hypothesis import strategies as st

from shared.kernel import KNOWLEDGE, PARTS, ROLES, SETTINGS, Act, Contributor, Fact


@dataclass(frozen=True)
class Place:
    name: str
    at: UUID | None = None


@dataclass(frozen=True)
class EverythingSaid(Fact):
    TOPIC: ClassVar[str] = "sample.everything_said"
    words: str
    count: int
    share: float
    sure: bool
    party: UUID
    when: datetime
    day: date
    parties: tuple[UUID, ...]
    places: tuple[Place, ...]
    home: Place
    rank: int | None = None
    mood: str = "calm"
    until: date | None = None


@dataclass(frozen=True)
class LinePut(Fact):
    """Its first version called the text `line`."""

    TOPIC: ClassVar[str] = "sample.line_put"
    class_version: ClassVar[int] = 2
    text: str
    language: str

    @staticmethod
    def upcast_v1_v2(body: dict[str, Any]) -> None:
        body["text"] = body.pop("line")
        body["language"] = "fr"


@dataclass(frozen=True)
class LineAnswered(Fact):
    TOPIC: ClassVar[str] = "sample.line_answered"
    entry: UUID


@dataclass(frozen=True)
class PersonForgotten(Fact):
    """Outlives the person's key: sealed under the tenant's."""

    TOPIC: ClassVar[str] = "sample.person_forgotten"
    sealed_for: ClassVar[str] = "tenant"


instants = st.datetimes(datetime(1900, 1, 2), datetime(2200, 1, 1))  # noqa: DTZ001 - zones follow
offsets = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
utc = instants.map(lambda t: t.replace(tzinfo=UTC))
local = st.builds(lambda t, zone: t.replace(tzinfo=zone), instants, offsets)
days = st.builds(lambda t, zone: datetime.combine(t.date(), time(), zone), instants, offsets)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
whole = st.integers(-(2**63), 2**63 - 1)
numbers = st.floats(allow_nan=False, allow_infinity=False)
places = st.builds(Place, texts, st.none() | st.uuids())


def several(of: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=most).map(tuple)


contributors = st.builds(
    Contributor,
    party=st.uuids(),
    role=st.sampled_from(ROLES),
    part=st.sampled_from(PARTS),
    attestation=st.sampled_from(("own", "claimed", "confirmed", "disputed")),
    knowledge=several(st.sampled_from(KNOWLEDGE)),
)


def acts_at(precision: str, occurred: st.SearchStrategy[datetime]) -> st.SearchStrategy[Act]:
    return st.builds(
        Act,
        tenant=st.uuids(),
        subject=st.uuids(),
        actor=st.uuids(),
        author=st.uuids(),
        at=utc,
        occurred=occurred,
        precision=st.just(precision),
        command=st.uuids(),
        contributors=several(contributors),
        setting=st.sampled_from(SETTINGS),
        site=st.none() | st.uuids(),
        programme=st.none() | st.uuids(),
        because_of=several(st.uuids()),
        correlation=st.none() | st.uuids(),
        causation=st.none() | st.uuids(),
        traceparent=st.none() | st.just("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
        request=st.none() | st.binary(min_size=32, max_size=32).map(bytes.hex),
    )


acts = acts_at("instant", local) | acts_at("day", days)


def facts(kind: type[Fact], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    def build(act: Act, stream: UUID, version: int, said: dict[str, Any]) -> Fact:
        return kind(stream, version, act.at, act, **said)

    return st.builds(build, acts, st.uuids(), st.integers(1, 10**6), st.fixed_dictionaries(fields))


everything = facts(
    EverythingSaid,
    words=texts,
    count=whole,
    share=numbers,
    sure=st.booleans(),
    party=st.uuids(),
    when=local,
    day=st.dates(),
    parties=several(st.uuids()),
    places=several(places),
    home=places,
    rank=st.none() | whole,
    mood=texts,
    until=st.none() | st.dates(),
)
answered = facts(LineAnswered, entry=st.uuids())
lines = facts(LinePut, text=texts, language=st.sampled_from(("fr", "en")))
any_fact = everything | answered | lines
