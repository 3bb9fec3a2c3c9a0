from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from services.delivery.domain import commands as c
from services.delivery.domain import events as e
from services.delivery.domain.names import generations
from services.delivery.domain.subscription import Subscription
from shared.kernel import Act, Invalid, Refused

AT = datetime(2030, 3, 1, 15, 0, tzinfo=UTC)
PARTNER = uuid4()
ASKED = {
    "partner": PARTNER,
    "name": "Logement du Quai",
    "types": ("plans.goal_agreed", "plans.plan_opened"),
    "purpose": "Préparer l’entrée.",
    "until": date(2030, 6, 30),
}


class Life:
    """`life.when(Command, …)` decides, keeps what happened and answers it."""

    def __init__(self) -> None:
        self.state = Subscription(uuid4())
        self.tenant = uuid4()

    def when(self, command, **said):
        act = Act(
            tenant=self.tenant, subject=self.tenant, actor=PARTNER, author=PARTNER, at=AT,
            occurred=AT, command=uuid4(),
        )  # fmt: skip
        facts = list(self.state.decide(command(act=act, stream=self.state.id, **said)))
        for fact in facts:
            self.state = self.state.follow(fact)
        assert self.state.version == max(
            [self.state.version, *(f.originator_version for f in facts)]
        )
        return facts


@pytest.fixture
def life():
    made = Life()
    made.when(c.GrantSubscription, **ASKED)
    return made


def test_a_partner_is_granted_some_kinds_of_event_for_a_purpose_until_a_day():
    made = Life()
    [granted, endpoint] = made.when(c.GrantSubscription, **ASKED, url="https://a.example/")
    assert (granted.partner, granted.purpose, granted.payload) == (
        PARTNER,
        ASKED["purpose"],
        "thin",
    )
    assert granted.types == ("plans.plan_opened", "plans.goal_agreed")
    assert (endpoint.originator_version, made.state.url) == (2, "https://a.example/")
    assert made.state.runs(date(2030, 6, 30))
    assert not made.state.runs(date(2030, 7, 1))


def test_the_same_grant_again_is_none_and_another_under_its_id_is_refused(life):
    assert life.when(c.GrantSubscription, **ASKED) == []
    with pytest.raises(Refused, match="granted_already"):
        life.when(c.GrantSubscription, **{**ASKED, "payload": "full"})


@pytest.mark.parametrize(
    ("otherwise", "code"),
    [
        ({"types": ()}, "length.too_small"),
        ({"types": ("plans.theme_declined",)}, "value.not_in_list"),
        ({"types": ("network.tie_added",)}, "value.not_in_list"),
        ({"until": date(2030, 2, 28)}, "subscription.until_past"),
    ],
)
def test_what_is_not_offered_or_over_already_is_not_granted(otherwise, code):
    with pytest.raises(Invalid) as refused:
        Life().when(c.GrantSubscription, **{**ASKED, **otherwise})
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("command", "back"),
    [(c.PauseSubscription, c.ResumeSubscription), (None, c.EnableSubscription)],
)
def test_what_stops_it_is_said_once_and_so_is_what_lets_it_go_on(life, command, back):
    if command is None:
        assert len(life.when(c.DisableSubscription, reason="gone")) == 1
        assert life.when(c.DisableSubscription, reason="failing") == []
        assert life.state.disabled == "gone"
    else:
        assert len(life.when(command)) == 1
        assert life.when(command) == []
        assert life.state.paused
    assert len(life.when(back)) == 1
    assert life.when(back) == []
    assert not life.state.paused
    assert life.state.disabled is None


def test_a_new_secret_counts_beside_the_one_before_for_a_while(life):
    until = AT + timedelta(hours=24)
    [rotated] = life.when(c.RotateSecret, overlap=until)
    assert (rotated.generation, life.state.generation) == (2, 2)
    assert life.state.overlaps == {1: until}


def test_rotated_twice_each_secret_counts_for_as_long_as_was_promised(life):
    long, short = AT + timedelta(hours=24), AT + timedelta(hours=1)
    life.when(c.RotateSecret, overlap=long)
    life.when(c.RotateSecret, overlap=short)
    assert life.state.overlaps == {1: long, 2: short}
    assert generations(3, life.state.overlaps, AT) == (3, 2, 1)
    assert generations(3, life.state.overlaps, short) == (3, 1)
    assert generations(3, life.state.overlaps, long) == (3,)
    # without an overlap there is a reason to sign with nothing that was known before
    life.when(c.RotateSecret, overlap=AT)
    assert life.state.overlaps == {}


def test_a_replay_stays_within_the_log(life):
    [asked] = life.when(c.AskReplay, head=12, first=3)
    assert (asked.first, asked.last, asked.failed) == (3, 12, False)
    [asked] = life.when(c.AskReplay, head=12, first=1, last=99, failed=True)
    assert (asked.last, asked.failed) == (12, True)
    with pytest.raises(Invalid, match=r"replay\.nothing"):
        life.when(c.AskReplay, head=12, first=13)


def test_each_test_is_one_of_its_own_and_changes_nothing_else(life):
    before = life.state
    assert [type(f) for f in life.when(c.AskTrial)] == [e.TrialAsked]
    assert len(life.when(c.AskTrial)) == 1
    assert (life.state.url, life.state.paused) == (before.url, before.paused)


def test_once_it_has_ended_nothing_more_is_asked_of_it_but_that_erasures_are_acknowledged(life):
    assert len(life.when(c.EndSubscription)) == 1
    assert life.when(c.EndSubscription) == []
    for command in (c.PauseSubscription, c.AskTrial, c.EnableSubscription):
        with pytest.raises(Refused, match=r"subscription\.ended"):
            life.when(command)
    erased = uuid4()
    assert len(life.when(c.AcknowledgeErasure, erasure=erased)) == 1
    assert life.when(c.AcknowledgeErasure, erasure=erased) == []


def test_an_endpoint_is_set_taken_away_and_not_set_twice(life):
    assert len(life.when(c.SetEndpoint, url="https://a.example/")) == 1
    assert life.when(c.SetEndpoint, url="https://a.example/") == []
    assert len(life.when(c.SetEndpoint)) == 1
    assert life.state.url is None


def test_a_command_nobody_knows_is_no_command(life):
    with pytest.raises(TypeError):
        life.state.decide(object())
