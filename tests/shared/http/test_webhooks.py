from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from shared.http.webhooks import Keys, shown_public_key, shown_secret, signed_headers

NEW, OLD = Keys(b"n" * 32, b"N" * 32), Keys(b"o" * 32, b"O" * 32)
BODY = '{"id":"1","words":"où ça ?"}'.encode()


def now():
    return datetime.now(UTC)


def by_ed25519(headers, body, public):
    """As a partner would verify `v1a`: any of the signatures, over id, time and body."""
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public.removeprefix("whpk_")))
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    for told in headers["webhook-signature"].split(" "):
        version, _, signature = told.partition(",")
        if version == "v1a":
            try:
                key.verify(base64.b64decode(signature), content)
            except InvalidSignature:
                continue
            return True
    return False


def test_the_official_library_and_an_ed25519_verifier_both_say_it_is_ours():
    headers = signed_headers([NEW], "msg-1", now(), BODY)
    assert Webhook(shown_secret(NEW)).verify(BODY, headers) == {"id": "1", "words": "où ça ?"}
    assert by_ed25519(headers, BODY, shown_public_key(NEW))


def test_while_two_secrets_count_either_verifies():
    headers = signed_headers([NEW, OLD], "msg-1", now(), BODY)
    assert len(headers["webhook-signature"].split(" ")) == 4
    for keys in (NEW, OLD):
        Webhook(shown_secret(keys)).verify(BODY, headers)
        assert by_ed25519(headers, BODY, shown_public_key(keys))


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda h, b: (h, b + b" "),
        lambda h, b: ({**h, "webhook-id": "msg-2"}, b),
        lambda h, b: ({**h, "webhook-timestamp": str(int(h["webhook-timestamp"]) + 1)}, b),
    ],
    ids=["body", "id", "time"],
)
def test_body_id_and_time_are_all_signed(spoilt):
    headers, body = spoilt(signed_headers([NEW], "msg-1", now(), BODY), BODY)
    with pytest.raises(WebhookVerificationError):
        Webhook(shown_secret(NEW)).verify(body, headers)
    assert not by_ed25519(headers, body, shown_public_key(NEW))


def test_an_old_one_sent_again_by_somebody_else_is_refused():
    headers = signed_headers([NEW], "msg-1", now() - timedelta(minutes=6), BODY)
    with pytest.raises(WebhookVerificationError):
        Webhook(shown_secret(NEW)).verify(BODY, headers)


def test_another_secret_does_not_verify():
    headers = signed_headers([OLD], "msg-1", now(), BODY)
    with pytest.raises(WebhookVerificationError):
        Webhook(shown_secret(NEW)).verify(BODY, headers)
    assert not by_ed25519(headers, BODY, shown_public_key(NEW))
