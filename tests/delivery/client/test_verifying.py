from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta

import orjson
import pytest
from standardwebhooks import Webhook

from cosigne_partner import Secret, Strange, Unverified, Verifier
from shared.http.webhooks import Keys, shown_public_key, shown_secret, signed_headers
from tests.delivery.client.test_inbox import event

NOW = datetime.now(UTC)
KEYS, OTHER = Keys(b"k" * 32, b"s" * 32), Keys(b"o" * 32, b"t" * 32)
ONE = event(1)
BODY = orjson.dumps(ONE.raw)
HEADERS = signed_headers([KEYS], ONE.id, NOW, BODY)


def secret(keys, **only):
    both = {"v1": shown_secret(keys), "v1a": shown_public_key(keys)}
    return Secret(**{name: both[name] for name in only or both})


@pytest.mark.parametrize("which", [{"v1": 1}, {"v1a": 1}, {}], ids=["v1", "v1a", "both"])
def test_either_signature_is_enough(which):
    assert Verifier([secret(KEYS, **which)], clock=NOW.timestamp).verify(HEADERS, BODY) == ONE


def test_what_the_official_library_signs_is_believed_and_it_believes_ours():
    official, now = Webhook(shown_secret(KEYS)), datetime.now(UTC)  # it asks the clock of today
    ours = signed_headers([KEYS], ONE.id, now, BODY)
    headers = {**ours, "webhook-signature": official.sign(ONE.id, now, BODY.decode())}
    assert Verifier([secret(KEYS, v1=1)], clock=now.timestamp).verify(headers, BODY) == ONE
    assert official.verify(BODY, ours) == ONE.raw


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (HEADERS, BODY.replace(b"test", b"tent")),
        ({**HEADERS, "webhook-id": event(2).id}, BODY),
        ({**HEADERS, "webhook-timestamp": str(int(HEADERS["webhook-timestamp"]) + 1)}, BODY),
        ({**HEADERS, "webhook-signature": "v1,AAAA v1a,AAAA v2,x v1 v1,"}, BODY),
        ({}, BODY),
        (signed_headers([KEYS], ONE.id, NOW - timedelta(minutes=6), BODY), BODY),
        (signed_headers([KEYS], ONE.id, NOW + timedelta(minutes=6), BODY), BODY),
        (signed_headers([OTHER], ONE.id, NOW, BODY), BODY),
    ],
    ids=["body", "id", "time", "signature", "bare", "old", "early", "other"],
)
def test_what_is_changed_or_old_or_signed_by_another_is_not_believed(headers, body):
    with pytest.raises(Unverified):
        Verifier([secret(KEYS)], clock=NOW.timestamp).verify(headers, body)


def test_a_header_that_names_another_event_is_strange():
    headers = signed_headers([KEYS], event(2).id, NOW, BODY)
    with pytest.raises(Strange):
        Verifier([secret(KEYS)], clock=NOW.timestamp).verify(headers, BODY)


def test_during_a_rotation_both_count_and_a_new_secret_is_asked_for_once():
    asked = []

    def ask():
        asked.append(1)
        return [secret(OTHER), secret(KEYS)]

    verifier = Verifier(ask, clock=NOW.timestamp)
    assert verifier.verify(HEADERS, BODY) == ONE
    assert verifier.verify(signed_headers([OTHER, KEYS], ONE.id, NOW, BODY), BODY) == ONE
    for _ in range(5):
        with pytest.raises(Unverified):
            verifier.verify({**HEADERS, "webhook-signature": "v1,AAAA"}, BODY)
    assert len(asked) == 1


def test_without_the_library_for_v1a_only_v1_is_believed(monkeypatch):
    name = "cryptography.hazmat.primitives.asymmetric.ed25519"
    monkeypatch.setitem(sys.modules, name, None)
    assert Verifier([secret(KEYS)], clock=NOW.timestamp).verify(HEADERS, BODY) == ONE
    with pytest.raises(Unverified):
        Verifier([secret(KEYS, v1a=1)], clock=NOW.timestamp).verify(HEADERS, BODY)
