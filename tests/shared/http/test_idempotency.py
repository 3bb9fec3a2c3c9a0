import hashlib
from uuid import UUID, uuid4

import pytest
from flask import g

from shared.http.idempotency import Idempotency
from shared.http.identity import SignedIn
from shared.kernel import Invalid
from tests.support.things import RATINGS

HERE, ELSEWHERE, PERSON, OTHER = (uuid4() for _ in range(4))


def own_key(tenant, subject):
    return hashlib.sha256(tenant.bytes + subject.bytes).digest()


IDEMPOTENCY = Idempotency(own_key)


@pytest.fixture
def asked(app):
    """What a request is named and digested as."""

    def ask(
        key="k", path=RATINGS, method="POST", body=None, who="someone", tenant=HERE, subject=PERSON
    ):
        headers = {} if key is None else {"Idempotency-Key": key}
        with app.test_request_context(path, method=method, json=body or {"a": 1}, headers=headers):
            g.signed_in = SignedIn(who, "issuer", tenant)
            return IDEMPOTENCY.command(tenant), IDEMPOTENCY.digest(tenant, subject)

    return ask


def test_the_same_request_sent_again_is_the_same_command(asked):
    assert asked() == asked()


def test_spaces_and_the_order_of_fields_do_not_make_another_request(app):
    told = set()
    for raw in (b'{"a":1,"b":[2]}', b' { "b" : [2], "a" : 1 } '):
        headers = {"Idempotency-Key": "k", "Content-Type": "application/json"}
        with app.test_request_context(RATINGS, method="POST", data=raw, headers=headers):
            told.add(IDEMPOTENCY.digest(HERE, PERSON))
    assert len(told) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"body": {"a": 2}},
        {"path": RATINGS.replace("0197", "0198")},
        {"who": "someone else"},
    ],
)
def test_another_request_under_a_used_key_is_the_same_command_with_another_digest(asked, other):
    command, digest = asked()
    again, changed = asked(**other)
    assert again == command
    assert changed != digest


@pytest.mark.parametrize(
    "other",
    [{"key": "l"}, {"tenant": ELSEWHERE}, {"path": f"{RATINGS}/x", "method": "GET"}],
)
def test_another_key_organisation_or_route_is_another_command(asked, other):
    assert asked(**other)[0] != asked()[0]


def test_two_people_who_send_the_same_words_have_different_digests(asked):
    assert asked()[1] != asked(subject=OTHER)[1]


def test_without_a_key_each_request_is_a_command_of_its_own(asked):
    (first, none), (second, _) = asked(key=None), asked(key=None)
    assert first != second
    assert (first.version, second.version) == (7, 7)
    assert none is None


def test_without_a_key_one_request_stays_one_command(app):
    with app.test_request_context(RATINGS, method="POST", json={}):
        assert IDEMPOTENCY.command(HERE) == IDEMPOTENCY.command(ELSEWHERE)
        assert IDEMPOTENCY.stream(HERE, "goal", 1) == IDEMPOTENCY.stream(HERE, "goal", 1)
        assert IDEMPOTENCY.stream(HERE, "goal", 1) != IDEMPOTENCY.stream(HERE, "goal", 2)


@pytest.mark.parametrize("key", ["", " ", "é", "a\tb", "x" * 201, " a", "a "])
def test_a_key_that_cannot_be_kept_is_refused(app, key):
    environ = {"HTTP_IDEMPOTENCY_KEY": key}
    with (
        app.test_request_context(RATINGS, method="POST", json={}, environ_overrides=environ),
        pytest.raises(Invalid, match=r"idempotency\.invalid_key"),
    ):
        IDEMPOTENCY.command(HERE)


@pytest.mark.parametrize("key", ["a", "x" * 200, "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b11", "a b"])
def test_any_visible_key_will_do(asked, key):
    command, digest = asked(key=key)
    assert isinstance(command, UUID)
    assert len(digest) == 64


def test_two_people_or_two_places_with_one_key_open_streams_of_their_own(app):
    def opened(path=RATINGS, who="someone"):
        headers = {"Idempotency-Key": "1"}
        with app.test_request_context(path, method="POST", headers=headers):
            g.signed_in = SignedIn(who, "issuer", HERE)
            return IDEMPOTENCY.stream(HERE, "goal")

    assert opened() == opened()
    others = {opened(), opened(who="someone else"), opened(RATINGS.replace("0197", "0198"))}
    assert len(others) == 3
