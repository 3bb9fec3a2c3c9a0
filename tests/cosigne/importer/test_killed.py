"""An import killed halfway and run again ends as one that nothing happened to."""

from __future__ import annotations

import signal
from collections import Counter

import pytest

from shared.store.source import SealedLog
from tests.cosigne.importer.conftest import ready
from tests.support.spreadsheets import PERSONS, answers, people, write

PERSONS_TOLD = 40
READS = ".record_read"


def log(house, service):
    """The envelopes of an organisation's sealed events, in order."""
    source = SealedLog(service, house.installation.settings.conninfo(service, "relay"))
    head, after, found = house.installation.sealed_head(service), 0, []
    while after < head and (page := source.page(after, 5000).events):
        found += [one for one in page if one.tenant_id == house.tenant]
        after = page[-1].gpos
    source.close()
    return found


def recorded(importing):
    """What is in the log of each service: facts as (who, what it says, when), without their ids."""
    house, names = importing.house, importing.names
    who = {names.id("person", f"D-{n:05}"): n for n in range(1, PERSONS_TOLD + 1)}
    told = []
    for service in ("directory", "assessment"):
        ledger = house.installation.front.services[service].ledger
        streams = dict.fromkeys(one.stream_id for one in log(house, service))
        for stream in streams:
            facts = ledger.facts(house.tenant, stream)
            told += [said(fact, who) for fact in facts if fact.act.subject in who]
    return Counter(told)


def said(fact, who):
    act = fact.act
    about = {n: getattr(fact, n, None) for n in ("name", "born", "theme", "value", "comment")}
    attested = act.attestation_of(act.subject)
    day = act.occurred.date() if act.precision == "day" else None
    return who[act.subject], fact.TOPIC, day, act.setting, attested, *about.values()


def without_reads(counted):
    return Counter({key: n for key, n in counted.items() if not key[1].endswith(READS)})


@pytest.mark.parametrize(
    "lines", [3000, pytest.param(20_000, marks=pytest.mark.slow)], ids=lambda n: f"{n} lines"
)
def test_killed_halfway_and_run_again_it_ends_as_one_clean_run(
    importing, other_house, files, tmp_path, lines
):
    write(files / "personnes.csv", PERSONS, people(PERSONS_TOLD))
    planted = answers(files / "reponses.csv", PERSONS_TOLD, lines)
    assert len(planted) == lines // 100

    with importing.started(files) as process:
        for line in process.stdout:
            done, _, rest = line.strip().partition(" / ")
            if rest and int(done) > lines // 2:
                process.send_signal(signal.SIGKILL)
                break
        assert process.wait() == -signal.SIGKILL
    house = importing.house
    before = sum(one.envelope.count(b"assessment.theme_rated") for one in log(house, "assessment"))
    assert lines // 4 < before < lines - len(planted), "it was not killed halfway"

    again = importing.run(files)
    assert again.returncode == 1, again.stderr  # lines were set aside
    clean = ready(other_house, tmp_path)
    assert clean.run(files).returncode == 1

    expected = [("reponses.csv", fault.line, fault.column) for fault in planted]
    for one in (importing, clean):
        assert [place[:3] for place in one.set_aside()] == expected
        ratings = [t for t in log(one.house, "assessment") if b"theme_rated" in t.envelope]
        assert len(ratings) == lines - len(planted)
    assert importing.told() == clean.told()
    assert without_reads(recorded(importing)) == without_reads(recorded(clean))
    assert f"{lines - len(planted)} noted" in again.stdout
    assert not importing.faults.with_name(f"{importing.faults.name}.progress").exists()
