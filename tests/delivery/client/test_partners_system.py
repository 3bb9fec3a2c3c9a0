"""The client and the delivery service that it was made for."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from cosigne_partner import (
    Feed,
    FileCheckpoint,
    Inbox,
    PostgresCheckpoint,
    Refused,
    StartAgain,
    Verifier,
)
from cosigne_partner.listening import Listening
from services.directory.domain.events import PersonErased
from shared.postgres.pool import connect
from tests.delivery.partner import parsed
from tests.support.installation import eventually, relations

CLIENT = Path(__file__).parents[3] / "clients" / "python" / "cosigne-partner"


def feed_of(partner):
    token = partner.someone.client.headers["Authorization"].removeprefix("Bearer ")
    return Feed(f"{partner.house.installation.url}/delivery", partner.subscription, token)


@pytest.fixture
def theirs(server):
    """A database of the partner's own."""
    name = f"partner_{uuid4().hex[:12]}"
    with connect(server.admin_conninfo) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    return lambda: psycopg.connect(make_conninfo(server.admin_conninfo, dbname=name))


@contextmanager
def listening(inbox, verifier, lose=None):
    """The endpoint that comes with the client; where it listens."""
    with Listening(inbox, verifier, lose).server(0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_partner_that_lost_one_webhook_in_twenty_is_complete_after_its_repair(
    house, partner, hers, theirs, capsys
):
    place = PostgresCheckpoint(theirs, "quai")
    place.make_table()
    with theirs() as own:
        own.execute("CREATE TABLE seen (sequence bigint, id text, subject text)")
    gaps = []

    def handle(event, connection):
        row = (event.sequence, event.id, event.subject)
        connection.execute("INSERT INTO seen VALUES (%s, %s, %s)", row)

    partner.settled()
    partner.grant(payload="full")
    feed = feed_of(partner)
    inbox = Inbox(feed, place, handle, on_gap=gaps.append)
    with listening(inbox, Verifier(feed.secrets), lose=20) as url:
        path = f"/delivery/v1/subscriptions/{partner.subscription}/endpoint"
        assert house.administrator.client.put(path, json={"url": url}).status_code == 201
        house.installation.settled()
        partner.consented()
        partner.consented(house.neighbour)
        for number in range(6):
            hers.agreed(f"Un pas de plus, le {number + 1}.")
        for _ in range(92):
            partner.turn("tests")
        eventually(lambda: (s := partner.seen())["to_send"] == 0 and s["head"] == 100, 60)
    lost = capsys.readouterr().out.count("on purpose")
    assert lost == 5  # the webhooks said to have arrived, and were not taken in
    assert gaps
    inbox.repair()
    with theirs() as own:
        seen = own.execute("SELECT sequence, id, subject FROM seen ORDER BY ctid").fetchall()
    told = partner.events(limit=500)
    assert seen == [(int(e["sequence"]), e["id"], e.get("subject")) for e in told]
    assert [sequence for sequence, *_ in seen] == list(range(1, 101))
    assert all(parsed(e)["id"] == e["id"] for e in told)


def test_webhook_and_feed_give_the_same_ids_and_sequences_without_a_hole(
    house, partner, hers, receiver
):
    partner.settled()
    partner.grant(url=receiver.url).consented()
    for number in range(5):
        hers.agreed(f"Un pas de plus, le {number + 1}.")
        partner.turn("tests")
    eventually(lambda: (s := partner.seen())["to_send"] == 0 and s["head"] == 11)
    feed = feed_of(partner)
    verifier = Verifier(feed.secrets)
    by_webhook = [verifier.verify(one.headers, one.body) for one in receiver.received]
    by_feed = feed.after(None).events
    assert sorted(by_webhook, key=lambda e: e.sequence) == list(by_feed)
    assert [e.sequence for e in by_feed] == list(range(1, 12))
    assert feed.event(by_feed[-1].id).id == by_feed[-1].id


def test_two_processes_of_a_partner_share_one_inbox_and_take_each_event_once(partner, theirs):
    partner.grant()
    for _ in range(30):
        partner.turn("tests")
    partner.waits_for(30)
    place = PostgresCheckpoint(theirs, "quai")
    place.make_table()
    with theirs() as own:
        own.execute("CREATE TABLE seen (sequence bigint)")

    def handle(event, connection):
        connection.execute("INSERT INTO seen VALUES (%s)", (event.sequence,))

    inboxes = [Inbox(feed_of(partner), place, handle) for _ in range(2)]
    threads = [threading.Thread(target=inbox.repair) for inbox in inboxes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with theirs() as own:
        seen = own.execute("SELECT sequence FROM seen ORDER BY ctid").fetchall()
    assert [n for (n,) in seen] == list(range(1, 31))


def test_what_it_wrote_and_its_place_are_kept_together_or_not_at_all(partner, theirs):
    partner.grant()
    for _ in range(3):
        partner.turn("tests")
    partner.waits_for(3)
    place = PostgresCheckpoint(theirs, "quai")
    place.make_table()
    with theirs() as own:
        own.execute("CREATE TABLE seen (sequence bigint)")

    def handle(event, connection):
        connection.execute("INSERT INTO seen VALUES (%s)", (event.sequence,))
        if event.sequence == 2 and not stopped:
            stopped.append(1)
            raise RuntimeError

    stopped = []
    inbox = Inbox(feed_of(partner), place, handle)
    with pytest.raises(RuntimeError):
        inbox.repair()
    assert place.place().sequence == 1
    assert inbox.repair() == 2
    with theirs() as own:
        assert own.execute("SELECT sequence FROM seen").fetchall() == [(1,), (2,), (3,)]


def test_one_whose_place_is_too_old_starts_again_and_goes_on(house, partner, hers, tmp_path):
    partner.grant().consented()
    hers.agreed()
    partner.settled()
    last = len(partner.waits_for(2))
    with connect(house.installation.settings.conninfo("delivery", "reader")) as reader:
        reader.execute(
            "DELETE FROM delivery WHERE tenant_id = %s AND sequence = 1", (house.tenant,)
        )
        reader.execute(
            "UPDATE subscription_head SET removed = 1 WHERE tenant_id = %s", (house.tenant,)
        )
    seen = []
    inbox = Inbox(feed_of(partner), FileCheckpoint(tmp_path / "place"), lambda e, _: seen.append(e))
    with pytest.raises(StartAgain):
        inbox.repair()
    inbox.start_again()
    assert {e.type for e in seen} >= {"org.cosigne.plans.goal_agreed.v1"}
    assert inbox.checkpoint.place().sequence == last
    partner.turn("tests")
    assert inbox.repair(wait=20) == 1
    assert seen[-1].sequence == last + 1


def test_no_is_told_with_its_reason(partner, house):
    partner.grant()
    partner.turn("pauses")
    with pytest.raises(Refused) as refused:
        feed_of(partner).after(None)
    assert refused.value.code == "subscription.paused"
    assert "paused" in refused.value.detail


def test_it_is_installed_by_itself_with_nothing_else(tmp_path):
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    how = ["--no-deps", "--no-build-isolation", "--no-index", "--target", str(tmp_path / "there")]
    copied = tmp_path / "source"
    subprocess.run(["cp", "-r", str(CLIENT), str(copied)], check=True)
    subprocess.run([*pip, *how, str(copied)], check=True, cwd=tmp_path)
    # without what is installed here: only the language, and the package
    command = [sys.executable, "-S", "-m", "cosigne_partner", "--help"]
    done = subprocess.run(
        command, cwd=tmp_path / "there", capture_output=True, text=True, check=True
    )
    assert "listen" in done.stdout
    assert (tmp_path / "there" / "cosigne_partner" / "py.typed").exists()


def test_what_stands_comes_in_pages_and_what_was_taken_in_is_acknowledged(
    house, partner, hers, tmp_path
):
    partner.settled()
    partner.grant()
    for person in (house.person, house.neighbour):
        partner.consented(person)
    partner.turn("tests")
    partner.settled()
    last = partner.waits_for(3)[-1]
    feed = feed_of(partner)
    pages = list(feed.snapshot(limit=1))
    assert len(pages) > 1
    assert {cursor for _, cursor in pages} == {last["id"]}
    assert len({event.subject for events, _ in pages for event in events}) == 2
    feed.acknowledge(last["id"])
    assert partner.seen()["acknowledged"] == int(last["sequence"])


def test_whom_to_erase_is_told_and_that_it_was_done_is_acknowledged(house, partner, tmp_path):
    partner.settled()
    partner.grant().consented()
    [known] = partner.waits_for(1)
    # said in the directory's own log, as the worker says it when her day has come
    house.versions[hers := relations(house.person.id)] = 10_000
    house.tell(PersonErased, hers, house.person.id)
    done = []

    def handle(event, _):
        if event.erases:
            done.append(event.subject)
            feed.acknowledge_erasure(event)

    feed = feed_of(partner)
    inbox = Inbox(feed, FileCheckpoint(tmp_path / "place"), handle)
    eventually(lambda: inbox.repair() is not None and done)
    assert done == [known["subject"]]
    eventually(lambda: partner.asked("erasures").json()["erasures"] == [])


def test_a_token_is_not_carried_to_another_address(partner):
    partner.grant()
    heard = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self):
            heard.append(self.path)
            self.send_response(302)
            self.send_header("Location", "/stolen")
            self.end_headers()

        def log_message(self, *_):
            """Nothing to see."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        feed = Feed(f"http://127.0.0.1:{server.server_port}", partner.subscription, "a token")
        with pytest.raises(Refused):
            feed.after(None)
        server.shutdown()
    assert len(heard) == 1
