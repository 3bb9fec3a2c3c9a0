"""A person with a life in every service is erased, and no word of hers is found anywhere.

The scan first proves, on the same tables and files, that it finds each word that was planted.
"""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from cosigne.embedded.postgres import Server
from cosigne.erasing.listed import ErasureList
from cosigne.erasing.one_service import OneService
from cosigne.erasing.scan import administered, scan_files, scan_tables
from cosigne.plans import plans
from services.directory.domain.erasure import STATEMENT
from shared.http.service import keys_of, sources_of
from shared.postgres.pool import connect
from shared.settings import KEYS, SERVICES
from shared.store.rebuild import Rebuild
from shared.store.told import Teller
from tests.matrix.scene import Scene, made_scene
from tests.support.installation import Installation, eventually, installed

WAITED = 90
pytestmark = pytest.mark.slow


@dataclass
class Life:
    """What she and others wrote of her, each word told once and found nowhere else."""

    scene: Scene
    words: dict[str, str] = field(default_factory=dict)
    taken_back: str = ""

    def says(self, what: str) -> str:
        """A sentence with a word that nobody else would write."""
        self.words[what] = f"zéphyr{uuid4().hex[:10]}"
        return f"Voilà {self.words[what]} et « {what} »."

    def made(self, who: str, service: str, path: str, body: Any = None, **more: Any) -> Any:
        return self.scene.made(who, service, self.scene.her(path, "zoe"), body or {}, **more)


def lived(scene: Scene) -> Life:
    life = Life(scene)
    zoe = scene.add("zoe")
    body = {"id": str(zoe.id), "name": life.says("name"), "sign_in_subject": zoe.subject}
    life.words["sign-in"] = zoe.subject
    scene.made("administrator", "directory", "/persons", body)
    scene.settled()
    cared = {"party": scene["practitioner"], "role": "practitioner", "site": scene["site"],
             "programme": scene["programme"], "words": life.says("care")}  # fmt: skip
    life.made("administrator", "directory", "/care-relations", cared)
    scene.settled()
    in_the_directory(life)
    in_the_portrait(life)
    in_the_network_and_plan(life)
    for service, path in (("assessment", "/assessments"), ("reporting", "/trail")):
        life.made("practitioner", service, path, method="GET")
    scene.settled()
    return life


def in_the_directory(life: Life) -> None:
    restriction = {"audience": life.scene["colleague"], "scope": ["network"]}
    life.made("zoe", "directory", "/restrictions", restriction | {"reason": life.says("reason")})
    life.made("zoe", "directory", "/rights", {"right": "copy", "words": life.says("request")})
    way = {"first": "alone", "pace": "lent", "words": life.says("way")}
    life.made("zoe", "directory", "/way-of-working", way)


def in_the_portrait(life: Life) -> None:
    catalogue = {"catalogue": life.scene["catalogue"]}
    one = life.made("zoe", "assessment", "/assessments", catalogue)["id"]
    path = f"/assessments/{one}"
    rated = {"theme": "travail", "value": 20, "comment": life.says("comment")}
    told = life.made("zoe", "assessment", f"{path}/ratings", rated)
    life.taken_back = life.says("taken back")
    rated = {"theme": "sommeil", "value": 30, "comment": life.taken_back}
    entry = life.made("zoe", "assessment", f"{path}/ratings", rated)["entries"][0]
    life.made("zoe", "assessment", f"{path}/entries/{entry}/withdrawals")
    sharing = {"audience": [life.scene["practitioner"]], "parts": ["quality_of_life"]}
    life.made("zoe", "assessment", f"{path}/sharings", sharing)
    view = {"theme": "travail", "value": 50, "words": life.says("his view")}
    life.made("practitioner", "assessment", f"{path}/views", view)
    dispute = {"reason": life.says("dispute")}
    entry = told["entries"][0]
    life.made("zoe", "assessment", f"{path}/entries/{entry}/disputes", dispute)
    named = {"words": life.says("strength"), "kind": "personal"}
    life.made("zoe", "assessment", "/resources/strengths", named)


def in_the_network_and_plan(life: Life) -> None:
    life.made("zoe", "network", "/network/ties", {"name": life.says("alter"), "relation": "frère"})
    plan = life.made("zoe", "plans", "/plans")["id"]
    goal = life.made("zoe", "plans", f"/plans/{plan}/goals", {"words": life.says("goal")})
    life.scene.settled()
    agreed = f"/plans/{plan}/goals/{goal['goal']}/agreements"
    life.made("zoe", "plans", agreed, match=goal["version"])
    of_goal = f"/plans/{plan}/goals/{goal['goal']}/actions"
    life.made("zoe", "plans", of_goal, {"words": life.says("action")})


@dataclass
class Where:
    """All places where a word of this installation could be."""

    installation: Installation
    log: pytest.LogCaptureFixture

    def found(self, words: dict[str, str]) -> dict[str, set[str]]:
        told: dict[str, set[str]] = {what: set() for what in words}
        by_word = {word: what for what, word in words.items()}
        settings = self.installation.settings
        with keys_of(settings) as keys:
            everywhere = scan_tables(settings, keys, list(by_word))
        everywhere += scan_files([self.installation.issuer_folder.parent], list(by_word))
        for found in everywhere:
            told[by_word[found.word]].add(found.where)
        for word, what in by_word.items():
            if word in self.log.text:
                told[what].add("log")
        return {what: places for what, places in told.items() if places}

    def in_the_servers_files(self, words: dict[str, str]) -> set[str]:
        folders: list[Path] = []
        for name in (*SERVICES, KEYS):
            with connect(administered(self.installation.settings, name)) as admin:
                admin.execute("CHECKPOINT")
                oid, data = admin.execute(
                    "SELECT oid, current_setting('data_directory') FROM pg_database "
                    "WHERE datname = current_database()"
                ).fetchone() or (0, "")
                folders.append(Path(data) / "base" / str(oid))
        return {f"{f.word} {f.where}" for f in scan_files(folders, list(words.values()))}


@pytest.fixture(scope="module")
def installation(
    server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """One of its own: every view is built anew here, and files are searched."""
    with installed(server, tmp_path_factory.mktemp("erased")) as made:
        yield made


@pytest.fixture(scope="module")
def scene(installation: Installation) -> Iterator[Scene]:
    made = made_scene(installation)
    yield made
    made.leave()


def ask_for_it(life: Life) -> None:
    """Asked eight days ago: by now the days to change her mind are over."""
    installation = life.scene.installation
    installation.clock.at = datetime.now(UTC) - timedelta(days=8)
    try:
        asked = {"right": "erasure", "statement": STATEMENT, "words": life.says("asked")}
        told = life.made("zoe", "directory", "/rights", asked)
        [request] = [r["id"] for r in told["rights"] if r["right"] == "erasure"]
        life.made(
            "officer", "directory", f"/rights/{request}/answers",
            {"outcome": "granted", "reason": life.says("answer")},
        )  # fmt: skip
    finally:
        installation.clock.at = None


def certified(scene: Scene) -> dict[str, Any] | None:
    listed = scene.read("officer", "directory", "/erasures")["erasures"]
    return listed[0] if listed and listed[0]["stage"] == "certified" else None


@contextmanager
def rebuilding(installation: Installation) -> Iterator[list[Rebuild]]:
    """Every view of every service, each ready to be built anew."""
    settings = installation.settings
    with keys_of(settings) as keys, ExitStack() as opened:
        made = []
        for plan in plans().values():
            sources = sources_of(settings, plan)
            for source in sources.values():
                opened.callback(source.close)
            owner, reader = (settings.conninfo(plan.name, r) for r in ("owner", "reader"))
            made += [
                Rebuild(plan.name, view, owner, reader, sources, Teller(keys))
                for view in plan.all_views
                if view.name != "subject_log"
            ]
        yield made


def leaves(installation: Installation) -> dict[str, int]:
    """Every leaf of every log, made again by the standard library from what is stored."""
    checked = {}
    for name in SERVICES:
        with connect(administered(installation.settings, name)) as admin:
            rows = admin.execute(
                "SELECT e.envelope::text, e.body, l.body_sha, l.leaf FROM log l "
                "JOIN events e USING (xid, seq)"
            ).fetchall()
        for envelope, body, body_sha, leaf in rows:
            if body is not None:
                assert sha256(body).digest() == body_sha
            told = b"\0" + len(envelope.encode()).to_bytes(4, "big") + envelope.encode()
            assert sha256(told + body_sha).digest() == leaf
        checked[name] = len(rows)
    return checked


def test_nothing_of_hers_is_left_anywhere(scene, caplog):
    caplog.set_level(logging.DEBUG, "cosigne")
    installation = scene.installation
    with rebuilding(installation) as views:
        life = lived(scene)
        # one version of each view to go back to, and one that a killed rebuild left half built
        for view in views:
            view.run(lambda *_: None)
        half_built(views)
        where = Where(installation, caplog)
        planted = dict(life.words)
        gone_already = {"taken back": planted.pop("taken back")}

        found = where.found(planted)
        assert set(found) == set(planted), "the scan does not see what is there"
        assert any("opened" in place for place in found["comment"])
        assert any(
            "people_v1" in place for place in found["name"]
        )  # an older version, to go back to
        assert where.in_the_servers_files({"name": planted["name"]})
        eventually(lambda: not where.found(gone_already), 10)
        before = leaves(installation)

        ask_for_it(life)
        told = eventually(lambda: certified(scene), WAITED)
        assert all(
            log["entries"]
            for log in told["logs"]
            if log["service"] not in ("reporting", "delivery")
        )
        scene.settled()
        words = dict(life.words)
        assert where.found(words) == {}

        for view in views:
            assert view.run(lambda *_: None).different == 0, view.view.name
        assert where.found(words) == {}
        for view in views:
            view.back()
        scene.settled()
        assert where.found(words) == {}
        after = leaves(installation)
        assert all(after[name] > before[name] for name in SERVICES)
        assert parked(installation) == 0

    compact(installation)
    assert where.in_the_servers_files(words) == set()
    listed = [w.person for w in ErasureList(installation.settings.list_of_erasures).all()]
    assert listed.count(scene.people["zoe"].id) == 1


def half_built(views: list[Rebuild]) -> None:
    """Killed once its tables were filled: nobody keeps them up to date."""

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    for view in views:
        with pytest.raises(KeyboardInterrupt):
            view.run(killed)


def parked(installation: Installation) -> int:
    total = 0
    for name in SERVICES:
        with connect(administered(installation.settings, name)) as admin:
            total += admin.execute("SELECT count(*) FROM parked").fetchone()[0]
    return total


def compact(installation: Installation) -> None:
    """Tables written anew, as `cosigne erase --compact` does in a quiet hour."""
    settings = installation.settings
    with keys_of(settings) as keys:
        for plan in plans().values():
            with (
                closing(OneService(settings, plan, keys)) as service,
                connect(settings.conninfo(plan.name, "owner")) as owner,
            ):
                service.views.vacuum(owner, full=True)
