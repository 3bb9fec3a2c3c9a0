"""The version before this one and this one side by side, under load: nothing is lost, all goes on.

Old processes serve while the database is brought up to date; new ones join them, take the load over,
and the old ones are asked to stop. COSIGNE_UPGRADE_FROM=<commit> tries another version than the last.
"""

import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bench.drill_checks import compared, unsealed
from bench.drill_life import Ledger, Load, Teller
from cosigne.demo.door import Door
from cosigne.embedded.ports import free_port
from cosigne.issuer.kept import Kept
from cosigne.issuer.tokens import mint_for
from cosigne.plans import plans
from cosigne.running.caught_up import wait_until_caught_up
from cosigne.running.readiness import answers
from shared.postgres.pool import connect
from shared.settings import KEYS, SERVICES, Settings, url_of
from tests.support.earlier import CODE, ROOT, Balancer, Version, git, previous, unpacked
from tests.support.postgres import HASTE, own_server, place

PATIENCE = 60.0  # seconds in which sending again must have cured what failed
A_WHILE, MANY = 3.0, 20
LONG = 300.0  # a busy machine is no fault of the version
pytestmark = pytest.mark.slow


def environment_of(server, folder, url):
    return {
        **{url_of(name): server.url(name) for name in (*SERVICES, KEYS)},
        "COSIGNE_DATA": str(folder / "data"),
        "COSIGNE_DATABASE_SECRET": "a secret of the tests",
        "COSIGNE_KEYS_FOLDER": str(folder / "keys"),
        "COSIGNE_OIDC_ISSUER": f"{url}/issuer",
        "COSIGNE_PORTAL_SECRET": "for the tests",
        "COSIGNE_URL": url,
        "COSIGNE_WEB_PROCESSES": "1",
    }


@dataclass
class Side:
    """Two versions over the same data, a load on them, and what was acknowledged in each phase."""

    folder: Path
    environment: dict[str, str]
    balancer: Balancer
    ledger: Ledger = field(default_factory=Ledger)
    answered: list[Counter[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.load = Load(lambda: Teller(self.door(), self.ledger, PATIENCE), self.ledger, tellers=3)
        self.ports: dict[Version, int] = {}

    def version(self, tree: Path) -> Version:
        found = Version(tree, self.environment, self.folder / f"{len(self.ports)}.log")
        assert found.where() == tree
        self.ports[found] = free_port()
        return found

    def door(self) -> Door:
        url = self.environment["COSIGNE_URL"]
        key = Kept(self.folder / "data" / "issuer").signing_key()
        return Door(url, lambda who: mint_for(key, who, issuer=f"{url}/issuer"))

    def joins(self, version: Version) -> None:
        """Its worker works, and its web answers that it can."""
        port = self.ports[version]
        version.start("work", "work")
        version.start("serve", "serve", "--bind", f"127.0.0.1:{port}")
        until = time.monotonic() + LONG
        waiting = [f"http://127.0.0.1:{port}/{name}/v1/health/ready" for name in plans()]
        while waiting := [url for url in waiting if not answers(url)]:
            assert time.monotonic() < until, version.log.read_text()[-3000:]
            time.sleep(0.1)

    def serve(self, *versions: Version) -> None:
        self.balancer.servers = [self.ports[one] for one in versions]

    def goes_on(self) -> None:
        """For a while, in which many things are acknowledged."""
        before = len(self.ledger.said)
        self.balancer.answered.clear()
        until = time.monotonic() + LONG
        time.sleep(A_WHILE)
        # whoever keeps a connection comes to another server only with the next one
        while len(self.ledger.said) < before + MANY or not self.everyone_answered():
            assert time.monotonic() < until, (len(self.ledger.said) - before, self.ledger.troubles)
            time.sleep(0.1)
        self.answered.append(Counter(self.balancer.answered))

    def everyone_answered(self) -> bool:
        return set(self.balancer.servers) <= set(self.balancer.answered)

    def end(self) -> None:
        self.load.stop()
        for version in reversed(self.ports):
            version.end()


@pytest.fixture
def commit() -> str:
    try:
        return previous()
    except LookupError as sentence:
        pytest.skip(str(sentence))


def test_an_upgrade_under_load_loses_nothing_and_goes_on(commit):
    with own_server(**HASTE) as (_, server), place() as folder, Balancer() as balancer:
        told = environment_of(server, folder, f"http://127.0.0.1:{balancer.port}")
        admin = {"COSIGNE_ADMIN_DATABASE_URL": server.admin_conninfo}
        side = Side(folder, told, balancer)
        old, new = side.version(unpacked(commit, folder / "old")), side.version(ROOT)
        try:
            old.run("-m", "cosigne", "migrate", **admin)
            side.serve(old)
            side.joins(old)
            with closing(side.door()) as door:
                Teller(door, Ledger()).set_the_scene()
            side.load.start()
            side.goes_on()
            new.run("-m", "cosigne", "migrate", **admin)
            side.goes_on()
            side.joins(new)
            side.serve(old, new)
            side.goes_on()
            side.serve(new)
            assert (old.stop("serve"), old.stop("work")) == (0, 0)
            side.goes_on()
            side.load.stop()
            settings = Settings.read({**told, **admin})
            wait_until_caught_up(settings, lambda _: None)
            told_twice = [x for x in Counter(events_of(settings)).values() if x > 1]
            lost, found = unsealed(settings, side.ledger.said), compared(settings)
        finally:
            side.end()

    assert side.ledger.troubles == [], "sending again did not cure it"
    assert (lost, told_twice) == ([], [])
    assert (found.which, found.different, found.parked) == ((), 0, 0)
    assert found.rows > 0
    alone, migrated, both, moved = (set(phase) for phase in side.answered)
    assert alone == migrated == {side.ports[old]}
    assert both == set(side.ports.values())
    assert side.ports[new] in moved


def events_of(settings: Settings) -> list[tuple[str, str]]:
    """Ids follow from the command: the same twice would be one carried out twice."""
    found = []
    for service in SERVICES:
        with connect(settings.conninfo(service, "reader")) as reader:
            rows = reader.execute("SELECT envelope ->> 'id' FROM events").fetchall()
        found += [(service, one) for (one,) in rows]
    return found


def test_what_sending_again_does_not_cure_is_told():
    nobody = Door(f"http://127.0.0.1:{free_port()}", lambda _: "")
    ledger = Ledger()
    load = Load(lambda: Teller(nobody, ledger, 0.3), ledger, tellers=1)
    load.start()
    time.sleep(1.5)
    load.stop()
    assert ledger.troubles
    assert ledger.cured
    assert ledger.said == []


def test_the_version_before_is_one_whose_product_is_another(commit):
    assert git("diff", "--name-only", commit, "--", *CODE)
