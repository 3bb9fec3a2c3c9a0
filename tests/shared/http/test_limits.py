import pytest

from shared.http.limits import CALLERS, Limits
from tests.support.things import RATINGS, thing_app


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def client(clock):
    return thing_app(limits=Limits(quota=3, window=10, now=clock)).test_client()


def ask(client, who="one"):
    return client.get(RATINGS, headers={"Authorization": f"Bearer {who}"} if who else {})


def test_every_answer_says_how_much_is_left(client, clock):
    told = [ask(client).headers["RateLimit"]]
    clock.now += 4.5
    told.append(ask(client).headers["RateLimit"])
    assert told == ['"caller";r=2;t=10', '"caller";r=1;t=6']
    assert ask(client).headers["RateLimit-Policy"] == '"caller";q=3;w=10'


def test_beyond_it_one_is_told_when_to_come_back(client, clock):
    assert [ask(client).status_code for _ in range(4)] == [200, 200, 200, 429]
    clock.now += 2
    refused = ask(client)
    assert (refused.json["code"], refused.headers["Retry-After"]) == ("requests.too_many", "8")
    assert refused.headers["RateLimit"] == '"caller";r=0;t=8'
    clock.now += 8
    assert ask(client).status_code == 200


def test_one_callers_haste_does_not_hold_up_another(client):
    for _ in range(5):
        ask(client)
    assert ask(client).status_code == 429
    assert ask(client, "two").status_code == 200


def test_what_needs_no_sign_in_is_not_counted(client):
    for _ in range(5):
        assert ask(client, None).status_code == 200
        assert client.get("/v1/health/live").status_code == 200
    assert "RateLimit" not in ask(client, None).headers


def test_what_is_remembered_of_callers_has_an_end(clock):
    limits = Limits(now=clock)
    for number in range(CALLERS + 5):
        limits.take(str(number))
    assert len(limits.seen) == CALLERS


def test_nothing_is_kept_of_what_a_caller_signs_in_with(clock):
    limits = Limits(now=clock)
    limits.take("Bearer " + "x" * 8000)
    limits.take("Bearer \udcff")
    assert [len(name) for name in limits.seen] == [32, 32]
    assert limits.take("Bearer " + "x" * 8000)[0] == limits.quota - 2
