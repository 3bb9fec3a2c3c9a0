"""The example in JavaScript beside the delivery service, where Node is there."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import threading
from pathlib import Path

import httpx
import pytest

from tests.support.installation import eventually

EXAMPLE = Path(__file__).parents[3] / "clients" / "javascript" / "listen.mjs"
NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="Node is needed")


class Process:
    """The example as it runs, and what it has said."""

    def __init__(self, partner, place, **more):
        url = f"{partner.house.installation.url}/delivery"
        self.process = subprocess.Popen(
            [NODE, str(EXAMPLE), url, partner.subscription, str(place), "0"],
            env={"PATH": os.environ["PATH"], "COSIGNE_TOKEN": token_of(partner), **more},
            stdout=subprocess.PIPE,
            text=True,
        )
        self.said = []
        self.thread = threading.Thread(target=self.listen, daemon=True)
        self.thread.start()
        eventually(lambda: self.said)
        self.url = self.said.pop(0).removeprefix("listening on ")

    def listen(self):
        for line in self.process.stdout:
            self.said.append(line.strip())

    def taken(self):
        told = [line.split() for line in self.said]
        return [(int(one[0]), one[1]) for one in told if one[0].isdecimal()]

    def repair(self):
        self.process.send_signal(signal.SIGHUP)

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
        self.thread.join()
        self.process.stdout.close()


def token_of(partner):
    return partner.someone.client.headers["Authorization"].removeprefix("Bearer ")


@pytest.fixture
def start(partner, tmp_path):
    started = []

    def one(**more):
        started.append(Process(partner, tmp_path / "place.json", **more))
        return started[-1]

    yield one
    for process in started:
        process.stop()


def sent_to(partner, url):
    path = f"/delivery/v1/subscriptions/{partner.subscription}/endpoint"
    assert partner.someone.client.put(path, json={"url": url}).status_code == 201
    partner.house.installation.settled()


def of_the_feed(partner):
    return [(int(e["sequence"]), e["id"]) for e in partner.events(limit=500)]


def test_it_takes_in_each_event_once_in_order_though_some_webhooks_were_lost(
    house, partner, hers, start, tmp_path
):
    partner.grant()
    process = start(LOSE="5")
    sent_to(partner, process.url)
    partner.consented()
    hers.agreed()
    for _ in range(20):
        partner.turn("tests")
    eventually(lambda: (s := partner.seen())["to_send"] == 0 and s["head"] >= 22, 30)
    told = of_the_feed(partner)
    process.repair()
    eventually(lambda: process.taken() == told)
    assert sum("on purpose" in line for line in process.said) >= 4
    assert any(line.startswith("gap") for line in process.said)
    kept = json.loads((tmp_path / "place.json").read_text())
    assert (kept["sequence"], kept["event"]) == told[-1]
    process.stop()
    # started again, it goes on where it was
    again = start()
    sent_to(partner, again.url)
    partner.turn("tests")
    eventually(lambda: again.taken() == of_the_feed(partner)[len(told) :] != [])


def test_it_believes_either_signature_and_nothing_else(partner, receiver, start):
    partner.grant(url=receiver.url)
    partner.turn("tests")
    one = eventually(lambda: receiver.received and receiver.received[0])
    signatures = one.headers["webhook-signature"].split()
    assert [s.partition(",")[0] for s in signatures] == ["v1", "v1a"]
    process = start()
    url = process.url
    names = ("webhook-id", "webhook-timestamp", "webhook-signature")
    headers = {name: one.headers[name] for name in names}
    for signature in signatures:
        told = {**headers, "webhook-signature": signature}
        assert httpx.post(url, content=one.body, headers=told).status_code == 204
        changed = one.body.replace(b"delivery.test", b"delivery.tent")
        assert httpx.post(url, content=changed, headers=told).status_code == 400
    for wrong in (
        {},
        {**headers, "webhook-signature": "v1,AAAA v1a,AAAA v2,x v1"},
        {**headers, "webhook-timestamp": str(int(headers["webhook-timestamp"]) - 301)},
    ):
        assert httpx.post(url, content=one.body, headers=wrong).status_code == 400
    assert len(process.taken()) == 1


def test_its_token_may_stand_in_a_file_and_be_replaced_there(partner, start, tmp_path):
    partner.grant()
    file = tmp_path / "token"
    file.write_text(f"{token_of(partner)}\n")
    process = start(COSIGNE_TOKEN="", COSIGNE_TOKEN_FILE=str(file))
    file.write_text("not a token")
    partner.consented()
    partner.turn("tests")
    file.write_text(token_of(partner))
    process.repair()
    eventually(lambda: process.taken() == of_the_feed(partner) != [])


def test_two_ways_to_give_its_token_are_one_too_many(partner, tmp_path):
    both = {"COSIGNE_TOKEN": "one", "COSIGNE_TOKEN_FILE": str(tmp_path / "another")}
    url = f"{partner.house.installation.url}/delivery"
    ended = subprocess.run(
        [NODE, str(EXAMPLE), url, partner.subscription, str(tmp_path / "place.json"), "0"],
        env={"PATH": os.environ["PATH"], **both},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert ended.returncode != 0
    assert "are both given: keep one" in ended.stderr
