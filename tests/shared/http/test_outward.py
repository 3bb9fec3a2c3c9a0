from __future__ import annotations

import socket
import ssl
import threading
import time

import pytest

from shared.http import outward
from shared.http.guard import Guard, Unsafe
from shared.http.outward import Outward
from tests.shared.http.attacks import (
    ATTACKS,
    MALICE,
    OK,
    PAGE,
    answers_with,
    page,
    resolver,
    server,
)
from tests.support.certificates import Authority

LOOPBACK = ("127.0.0.0/8",)
FINE = answers_with(b"HTTP/1.1 204 No Content\r\n\r\n")


@pytest.fixture
def hurried(monkeypatch):
    """The same time-outs, in tenths of a second."""
    monkeypatch.setattr(outward, "TIME_OUT", 1.0)
    monkeypatch.setattr(outward, "BODY_TIME_OUT", 0.3)


def guard_of(attack, *, tests=()):
    host = attack.url.split("//")[-1].split("/")[0].split("@")[-1].split("%")[0].strip("[]")
    names = {"hooks.example", host, host.rsplit(":", 1)[0], "fe80::1%25eth0"}
    return Guard(tests, resolver({name: [attack.answers] for name in names}))


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: a.name)
def test_an_address_that_must_not_be_sent_to_is_refused_in_the_same_word(attack):
    with pytest.raises(Unsafe) as refused:
        guard_of(attack).check(attack.url)
    assert refused.value.code == "endpoint.not_allowed"
    assert refused.value.values == {}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: a.name)
def test_nothing_is_sent_there_either(attack):
    answer = Outward(guard_of(attack)).post(attack.url, {}, b"{}")
    assert (answer.status, answer.outcome) == (None, "not_allowed")


@pytest.mark.parametrize(
    ("url", "address", "authority"),
    [
        ("https://hooks.example/in?a=1", "93.184.215.14", "hooks.example"),
        ("https://hooks.example:8443/", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", None),
        ("https://HOOKS.example./", "93.184.215.14", "hooks.example"),
    ],
)
def test_a_public_address_over_https_may_be_sent_to(url, address, authority):
    target = Guard((), resolver({"hooks.example": [(address,)]})).check(url)
    assert (target.address, target.host) == (address, "hooks.example")
    assert target.authority == (authority or "hooks.example:8443")


def test_what_tests_may_reach_is_said_and_nothing_else_is_let_through_by_it():
    guard = Guard(LOOPBACK, resolver({"a.example": [("127.0.0.1",)], "b.example": [("10.0.0.7",)]}))
    assert guard.check("http://a.example:8080/").address == "127.0.0.1"
    with pytest.raises(Unsafe):
        guard.check("http://b.example:8080/")
    with pytest.raises(Unsafe):
        Guard(LOOPBACK, resolver({"c.example": [("127.0.0.1", "10.0.0.7")]})).check(
            "http://c.example/"
        )


@pytest.mark.parametrize("malice", MALICE, ids=lambda m: m.name)
def test_a_server_that_means_no_good_holds_nobody_up(malice, hurried):
    with server(malice.behaves) as (port, heard):
        sender = Outward(Guard(LOOPBACK))
        began = time.monotonic()
        answer = sender.post(f"http://127.0.0.1:{port}/", {"webhook-id": "1"}, b"{}")
        took = time.monotonic() - began
        sender.close()
    assert (answer.status, answer.outcome) == (malice.status, malice.outcome)
    assert took < 5
    # what is told to go elsewhere goes nowhere
    assert len(heard) == 1


def test_a_name_that_changes_its_answer_is_sent_to_where_it_was_looked_at_or_nowhere():
    asked = []
    stub = resolver({"hooks.example": [("127.0.0.1",), ("10.0.0.7",)]}, asked)
    with server(answers_with(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")) as (
        port,
        heard,
    ):
        sender, url = Outward(Guard(LOOPBACK, stub)), f"http://hooks.example:{port}/"
        first = sender.post(url, {}, b"{}")
        assert (first.status, asked) == (204, ["hooks.example"])
        second = sender.post(url, {}, b"{}")
        assert (second.status, second.outcome) == (None, "not_allowed")
        assert len(heard) == 1
    assert f"\r\nHost: hooks.example:{port}\r\n".encode() in heard[0]


def test_a_connection_is_used_again_and_leads_where_the_guard_allowed():
    asked = []
    stub = resolver({"hooks.example": [("127.0.0.1",), ("10.0.0.7",)]}, asked)

    def keeps_on(connection):
        for _ in range(2):
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            connection.recv(65536)

    with server(keeps_on) as (port, heard):
        sender, url = Outward(Guard(LOOPBACK, stub)), f"http://hooks.example:{port}/"
        assert [sender.post(url, {}, b"{}").status for _ in range(2)] == [200, 200]
        sender.close()
        assert (len(heard), asked) == (1, ["hooks.example"])


def test_a_connection_that_was_closed_meanwhile_is_opened_anew():
    with server(answers_with(OK + b"Content-Length: 0\r\n\r\n")) as (port, heard):
        sender, url = Outward(Guard(LOOPBACK)), f"http://127.0.0.1:{port}/"
        assert sender.post(url, {}, b"{}").status == 200
        time.sleep(0.05)
        assert sender.post(url, {}, b"{}").status == 200
        sender.close()
        assert len(heard) == 2


def test_how_long_to_wait_is_told_and_nothing_else_of_the_answer_is_kept():
    told = b"HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 6\r\n\r\nsecret"
    with server(answers_with(told)) as (port, _):
        answer = Outward(Guard(LOOPBACK)).post(f"http://127.0.0.1:{port}/", {}, b"{}")
    assert (answer.status, answer.retry_after) == (429, "7")
    assert "secret" not in repr(answer)


def test_a_name_server_that_does_not_answer_holds_nobody_up(hurried, monkeypatch):
    asked = threading.Event()

    def resolve(*_, **__):
        asked.wait(10)
        raise OSError

    guard = Guard(LOOPBACK, resolve)
    began = time.monotonic()
    answer = Outward(guard).post("https://hooks.example/", {}, b"{}")
    assert (answer.status, answer.outcome) == (None, "too_slow")
    monkeypatch.setattr("shared.http.guard.RESOLVED_IN", 0.3)
    # at a desk it is refused, in the same word as everything else
    with pytest.raises(Unsafe):
        guard.check("https://hooks.example/")
    assert time.monotonic() - began < 3
    asked.set()


def test_connections_to_where_nothing_is_sent_any_more_are_closed(monkeypatch):
    closed = threading.Event()

    def keeps_open(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        if connection.recv(65536) == b"":
            closed.set()

    with server(keeps_open) as (port, _), server(keeps_open) as (other, _):
        sender = Outward(Guard(LOOPBACK))
        assert sender.post(f"http://127.0.0.1:{port}/", {}, b"{}").status == 200
        time.sleep(0.1)
        assert not closed.is_set()
        monkeypatch.setattr(outward, "KEPT_OPEN", 0.1)
        monkeypatch.setattr(outward, "SWEPT_EVERY", 0.0)
        assert sender.post(f"http://127.0.0.1:{other}/", {}, b"{}").status == 200
        assert closed.wait(5)
        sender.close()


@pytest.mark.parametrize(("asked_by", "status"), [("hooks.example", 204), ("other.example", None)])
def test_the_certificate_must_be_that_of_the_name_wherever_the_name_leads(
    tmp_path, asked_by, status
):
    authority = Authority.made(tmp_path)
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(authority.issue("hooks.example", tmp_path / "hooks.pem"))
    named = []
    ours.sni_callback = lambda _, name, __: named.append(name)

    trusting = ssl.create_default_context(cafile=authority.file)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve():
            connection, _ = listening.accept()
            try:
                with ours.wrap_socket(connection, server_side=True) as secure:
                    secure.recv(65536)
                    secure.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
            except OSError:
                connection.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        stub = resolver({asked_by: [("127.0.0.1",)]})
        sender = Outward(Guard(LOOPBACK, stub), trusting)
        answer = sender.post(f"https://{asked_by}:{listening.getsockname()[1]}/", {}, b"{}")
        sender.close()
        thread.join(5)
    assert (answer.status, named) == (status, [asked_by])


def test_the_page_says_what_is_tried():
    assert PAGE.read_text("utf-8") == page(), "run python -m tests.shared.http.attacks"
