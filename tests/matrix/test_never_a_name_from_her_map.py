"""Who is on her map, and what she says of them: found by those she shows it to, and nowhere else.

Names and words are planted in every field of the map, and looked for in what every operation of
every service answers to everyone, in what is logged, and in every table of every database.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import uuid4

import pytest

from shared.postgres.pool import connect
from tests.matrix.aiming import tried
from tests.matrix.calls import once
from tests.matrix.quiet import Quiet, around, begun, rated, spared
from tests.matrix.scene import made_scene
from tests.matrix.test_her_answer_stands import OTHERS, entries_for
from tests.support.operations import every_operation

pytestmark = pytest.mark.xdist_group("matrix-each-alone")
READS = [o for o in every_operation() if not o.changes]
WRITES = [o for o in every_operation() if o.service == "network" and o.changes]
TEAM, NEAR = "practitioner", "relative"
VERSION = re.compile(r"_v[0-9]+$")
TABLES = """
SELECT table_schema, table_name FROM information_schema.tables
 WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
"""
# views of her own record, under row-level security, forgotten with her: nowhere else in clear
HER_RECORD = {("reporting", "trail"), ("reporting", "things")}


class Heard(logging.Handler):
    """Everything that is logged, however unimportant."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.lines = []

    def emit(self, record):
        self.lines.append(f"{record.getMessage()} {record.exc_text} {record.__dict__}")


@dataclass
class Mapped(Quiet):
    """The words of her map by whose they are to read."""

    words: dict[str, list[str]] = field(default_factory=dict)
    ties: dict[str, str] = field(default_factory=dict)
    heard: Heard = field(default_factory=Heard)

    def put(self, which):
        word = f"mot{once(which)}x"
        self.words.setdefault(which, []).append(word)
        return word

    def every(self, *but):
        return [w for which, words in self.words.items() if which not in but for w in words]


@pytest.fixture(scope="module")
def mapped(installation) -> Iterator[Mapped]:
    made = Mapped(made_scene(installation))
    root = logging.getLogger()
    root.addHandler(made.heard)
    level = root.level
    root.setLevel(logging.DEBUG)
    for step in (begun, rated, around, spared):
        step(made)
    draw(made)
    made.scene.settled()
    yield made
    root.removeHandler(made.heard)
    root.setLevel(level)
    made.scene.leave()


def draw(made):
    """Three people and a service, of whom she shows all but one to her team and to a relative."""
    s = made.scene
    for which, kind in (("shown", "person"), ("kept", "person"), ("by_hand", "person"),
                        ("service", "service")):  # fmt: skip
        tie = made.ties[which] = str(uuid4())
        name = {
            "tie": tie,
            "name": made.put(f"{which}_name"),
            "relation": made.put(f"{which}_name"),
        }
        told = s.made(
            "person", "network", s.her("/network/ties"), {**name, "kind": kind, "circle": 1}
        )
        made.entries["network"] = told["entries"][0]
    s.ids["tie"], s.ids["spare_tie"] = made.ties["kept"], made.ties["by_hand"]
    body = {"visibility": "just_me"}
    s.made("person", "network", s.her(f"/network/ties/{made.ties['by_hand']}/visibility"), body)
    share = {"audience": [s[TEAM], s[NEAR]], "except_ties": [made.ties["kept"]]}
    s.made("person", "network", s.her("/network/sharings"), share)
    for which, tie in made.ties.items():
        say(made, which, s.her(f"/network/ties/{tie}"))
    shown, kept = made.ties["shown"], made.ties["kept"]
    s.made("person", "network", s.her("/network/lines"), {"one": shown, "other": kept})
    goal = {"words": "Voir du monde", "grown_from": [f"tie:{tie}" for tie in made.ties.values()]}
    s.made("person", "plans", s.her(f"/plans/{s['plan']}/goals"), goal)


def say(made, which, path):
    def tell(place, **body):
        made.scene.made("person", "network", f"{path}/{place}", body)

    word = lambda: made.put(f"{which}_said")  # noqa: E731
    tell("ratings", quality=word(), closeness=word())
    tell("support", received=["emotional"], words=word())
    tell("contact", often=word(), means=[word()], words=word())
    tell("threads", words=word())
    tell("endings", reason=word())
    tell("resumptions")


def read(mapped, operation, who):
    aims = entries_for(operation, mapped)[:1]
    client = mapped.scene.client(who)
    return "".join(
        answer.text for aim in aims for answer in tried(operation, mapped.scene, who, client, **aim)
    )


def may_read(who):
    """The kinds of words that someone may find."""
    return {
        TEAM: ("shown_name", "shown_said", "service_name"),
        NEAR: ("shown_name", "service_name"),
    }.get(who, ())


@pytest.mark.parametrize("operation", [pytest.param(o, id=str(o)) for o in READS])
def test_no_read_tells_of_anyone_to_whom_she_does_not_show_them(operation, mapped):
    for who in OTHERS:
        text = read(mapped, operation, who)
        assert [w for w in mapped.every(*may_read(who)) if w in text] == [], who


def test_she_reads_all_of_it_herself(mapped):
    s = mapped.scene
    places = (f"/network/v1{s.her('/network')}", f"/reporting/v1{s.her('/trail')}?limit=200")
    text = "".join(s.client("person").get(place).text for place in places)
    assert [w for w in mapped.every() if w not in text] == []


@pytest.mark.parametrize("who", [TEAM, NEAR])
def test_those_she_chose_do_read_what_she_shows(who, mapped):
    text = "".join(read(mapped, operation, who) for operation in READS)
    for which in may_read(who):
        assert [w for w in mapped.words[which] if w not in text] == [], which


@pytest.mark.parametrize("operation", [pytest.param(o, id=str(o)) for o in WRITES])
def test_no_answer_to_what_others_write_tells_of_anyone_she_keeps(operation, mapped):
    s = mapped.scene
    for who in OTHERS:
        for answer in tried(operation, s, who, s.client(who), entry=mapped.entries["network"]):
            found = [w for w in mapped.every(*may_read(who)) if w in answer.text]
            assert found == [], (who, answer.text)


def test_nothing_that_is_logged_names_anyone(mapped):
    assert mapped.heard.lines
    assert [line for line in mapped.heard.lines if any(w in line for w in mapped.every())] == []


def test_no_table_but_those_of_her_own_record_holds_a_name_in_clear(mapped, installation, server):
    mapped.scene.settled()
    found, searched = set(), 0
    for service, url in installation.settings.databases.items():
        with connect(server.conninfo(url.rsplit("/", 1)[-1])) as admin:
            for schema, table in admin.execute(TABLES).fetchall():
                rows = admin.execute(f'SELECT one::text FROM "{schema}"."{table}" one').fetchall()
                searched += len(rows)
                if any(w in row[0] for row in rows for w in mapped.every()):
                    found.add((service, VERSION.sub("", table)))
    assert searched > 100
    assert found == HER_RECORD
