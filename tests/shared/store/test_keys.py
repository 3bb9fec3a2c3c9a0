import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import errors

from shared.store.key_files import KeyFiles, KeyTrouble, LostKey
from shared.store.key_leases import Leases
from shared.store.key_table import KeyTable
from shared.store.keys import Erased, KeyRef, UnknownKey


@pytest.fixture
def tenant():
    return uuid4()


@pytest.fixture
def person():
    return uuid4()


def test_a_key_is_made_once_and_found_again_by_another_process(keys, new_process, tenant, person):
    made = keys.sealing_key(tenant, person)
    other = new_process()
    assert other.sealing_key(tenant, person) == made
    assert other.opening_key(tenant, person, made.version) == made


def test_every_person_has_a_key_of_her_own_in_every_organisation(keys, tenant, person):
    secrets = {
        keys.sealing_key(t, s).secret
        for t, s in ((tenant, person), (tenant, uuid4()), (uuid4(), person), (tenant, tenant))
    }
    assert len(secrets) == 4


def test_processes_that_make_a_key_at_the_same_moment_end_with_the_same_one(
    new_process, tenant, person
):
    together = threading.Barrier(8)

    def make(process: KeyTable) -> bytes:
        together.wait()
        return process.sealing_key(tenant, person).secret

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(make, [new_process() for _ in range(8)]))) == 1


def test_a_destroyed_key_opens_nothing_and_never_comes_back(keys, new_process, tenant, person):
    version = keys.sealing_key(tenant, person).version
    keys.destroy(tenant, person)
    for process in (keys, new_process()):
        assert process.opening_key(tenant, person, version) is None
        with pytest.raises(Erased):
            process.sealing_key(tenant, person)
        with pytest.raises(Erased):
            process.digest_key(tenant, person)


def test_a_key_destroyed_before_it_was_made_is_never_made(keys, new_process, tenant, person):
    keys.destroy(tenant, person)
    with pytest.raises(Erased):
        new_process().sealing_key(tenant, person)


def test_destroying_races_with_making_and_wins(keys, new_process, tenant):
    def race(person):
        together = threading.Barrier(2)

        def make() -> None:
            together.wait()
            with suppress(Erased):
                new_process().sealing_key(tenant, person)

        def destroy() -> None:
            together.wait()
            new_process().destroy(tenant, person)

        with ThreadPoolExecutor(2) as threads:
            for done in [threads.submit(make), threads.submit(destroy)]:
                done.result()
        with pytest.raises(Erased):
            new_process().sealing_key(tenant, person)

    for _ in range(10):
        race(uuid4())


def test_destroying_one_persons_key_leaves_the_others(keys, tenant, person):
    other = keys.sealing_key(tenant, uuid4())
    elsewhere = uuid4()
    abroad = keys.sealing_key(elsewhere, person)
    keys.destroy(tenant, person)
    keys.forget(elsewhere, person)
    assert keys.sealing_key(elsewhere, person) == abroad
    assert other.secret != abroad.secret


def test_a_closed_key_still_opens_and_seals_nothing_new(keys, new_process, tenant, person):
    made = keys.sealing_key(tenant, person)
    keys.close(tenant, person)
    keys.close(tenant, person)
    assert new_process().opening_key(tenant, person, made.version) == made
    with pytest.raises(Erased):
        keys.sealing_key(tenant, person)


def test_a_person_of_whom_nothing_was_said_yet_can_be_closed(keys, tenant, person):
    keys.close(tenant, person)
    with pytest.raises(Erased):
        keys.sealing_key(tenant, person)


def test_a_key_that_was_never_made_is_wrong_not_erased(keys, tenant, person):
    keys.sealing_key(tenant, person)
    for ref in ((tenant, person, 2), (tenant, uuid4(), 1), (uuid4(), person, 1)):
        with pytest.raises(UnknownKey):
            keys.opening_key(*ref)


def test_many_keys_are_fetched_together_and_then_nothing_is_asked(new_process, keys, tenant):
    refs = [KeyRef(t, uuid4(), 1) for t in (tenant, tenant, uuid4())]
    made = [keys.sealing_key(r.tenant, r.subject) for r in refs]
    keys.destroy(refs[0].tenant, refs[0].subject)
    fresh = new_process()
    fresh.fetch([*refs, *refs, KeyRef(tenant, uuid4(), 1)])
    asked = fresh._ask
    fresh._ask = None
    assert [fresh.opening_key(*r) for r in refs] == [None, *made[1:]]
    fresh._ask = asked


def test_what_another_process_destroyed_is_known_after_the_lease(new_process, tenant, person):
    process = new_process()
    key = process.sealing_key(tenant, person)
    process.opening_key(tenant, person, key.version)
    later = Clock()
    process._sealing._clock = process._opening._clock = later
    new_process().destroy(tenant, person)
    later.seconds = 1e9
    assert process.opening_key(tenant, person, key.version) is None
    with pytest.raises(Erased):
        process.sealing_key(tenant, person)


def test_the_key_for_digests_is_stable_and_tells_nothing_of_the_data_key(
    keys, new_process, tenant, person
):
    digest = keys.digest_key(tenant, person)
    assert digest == new_process().digest_key(tenant, person)
    assert digest != keys.sealing_key(tenant, person).secret
    assert digest != keys.digest_key(tenant, uuid4())


def test_a_key_is_never_printed(keys, tenant, person):
    key = keys.sealing_key(tenant, person)
    assert str(key.secret) not in repr(key)


# ── the table ────────────────────────────────────────────────────────────────────────────────


def rows(pool, tenant, statement, *values):
    with pool.connection() as connection, connection.transaction():
        if tenant:
            connection.execute("SELECT set_config('app.tenant', %s, true)", (str(tenant),))
        done = connection.execute(statement, values)
        return done.fetchall() if done.description else done.rowcount


def test_the_table_holds_no_key_in_clear(keys, keys_pool, tenant, person):
    secret = keys.sealing_key(tenant, person).secret
    ((wrapped,),) = rows(keys_pool, tenant, "SELECT wrapped FROM data_key")
    assert secret not in wrapped


def test_without_a_tenant_or_with_another_no_row_is_seen(keys, keys_pool, tenant, person):
    keys.sealing_key(tenant, person)
    everything = "SELECT * FROM data_key"
    assert len(rows(keys_pool, tenant, everything)) == 1
    assert rows(keys_pool, uuid4(), everything) == []
    assert rows(keys_pool, None, everything) == []


def test_no_row_can_be_written_for_another_organisation(keys_pool, tenant, person):
    insert = "INSERT INTO data_key (tenant_id, subject_id, version, wrapped) VALUES (%s, %s, 1, '')"
    with pytest.raises(errors.InsufficientPrivilege):
        rows(keys_pool, tenant, insert, uuid4(), person)


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE data_key SET wrapped = 'x', destroyed_at = NULL",
        "UPDATE data_key SET closed_at = NULL, destroyed_at = NULL, wrapped = 'x'",
        "UPDATE data_key SET destroyed_at = now() + interval '1 day'",
    ],
)
def test_a_tombstone_is_never_moved(keys, keys_pool, tenant, person, attempt):
    keys.destroy(tenant, person)
    with pytest.raises(errors.RaiseException, match="stands"):
        rows(keys_pool, tenant, attempt)


@pytest.mark.parametrize("attempt", ["DELETE FROM data_key", "TRUNCATE data_key"])
def test_a_row_is_never_removed_not_even_by_the_owner(server, keys_database, keys, attempt):
    keys.destroy(uuid4(), uuid4())
    with (
        psycopg.connect(server.conninfo(keys_database)) as admin,
        pytest.raises(errors.RaiseException, match="stands"),
    ):
        admin.execute(attempt)


def test_a_key_cannot_be_swapped_for_another_persons(keys, new_process, keys_pool, tenant):
    one, other = uuid4(), uuid4()
    keys.sealing_key(tenant, one)
    steal = (
        "INSERT INTO data_key (tenant_id, subject_id, version, wrapped) "
        "SELECT tenant_id, %s, 1, wrapped FROM data_key WHERE subject_id = %s"
    )
    rows(keys_pool, tenant, steal, other, one)
    with pytest.raises(KeyTrouble):
        new_process().opening_key(tenant, other, 1)


# ── the master keys ──────────────────────────────────────────────────────────────────────────


def test_only_the_owner_may_enter_the_folder_and_read_a_master_key(tmp_path, tenant, person):
    KeyFiles(tmp_path / "masters").wrap(tenant, person, 1, b"k" * 32, first=True)
    (file,) = (tmp_path / "masters").iterdir()
    assert file.name == f"{tenant}.key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "masters").stat().st_mode & 0o777 == 0o700


def test_a_master_key_open_to_others_is_refused_with_the_way_on(tmp_path, tenant, person):
    files = KeyFiles(tmp_path / "masters")
    wrapped = files.wrap(tenant, person, 1, b"k" * 32, first=True)
    (tmp_path / "masters" / f"{tenant}.key").chmod(0o644)
    with pytest.raises(KeyTrouble, match=r"keys\.open_to_others"):
        files.unwrap(tenant, person, 1, wrapped)
    (tmp_path / "masters").chmod(0o755)
    with pytest.raises(KeyTrouble, match=r"keys\.open_to_others"):
        KeyFiles(tmp_path / "masters")


def test_a_missing_master_key_is_said_and_never_made_anew_on_reading(tmp_path, tenant, person):
    files = KeyFiles(tmp_path / "masters")
    wrapped = files.wrap(tenant, person, 1, b"k" * 32, first=True)
    (tmp_path / "masters" / f"{tenant}.key").unlink()
    with pytest.raises(KeyTrouble, match=r"keys\.missing"):
        files.unwrap(tenant, person, 1, wrapped)
    assert list((tmp_path / "masters").iterdir()) == []


def test_a_lost_master_key_is_not_quietly_replaced_by_a_new_one(keys_pool, tmp_path, tenant):
    KeyTable(keys_pool, KeyFiles(tmp_path / "right")).sealing_key(tenant, uuid4())
    with pytest.raises(KeyTrouble, match=r"keys\.missing"):
        KeyTable(keys_pool, KeyFiles(tmp_path / "empty")).sealing_key(tenant, uuid4())


@pytest.mark.parametrize("content", ["", "zz", "ab"])
def test_a_spoiled_master_key_is_said(tmp_path, tenant, person, content):
    files = KeyFiles(tmp_path / "masters")
    wrapped = files.wrap(tenant, person, 1, b"k" * 32, first=True)
    (tmp_path / "masters" / f"{tenant}.key").write_text(content)
    with pytest.raises(KeyTrouble, match=r"keys\.spoiled"):
        files.unwrap(tenant, person, 1, wrapped)


def test_the_wrong_folder_of_keys_is_said(tmp_path, tenant, person):
    right, wrong = KeyFiles(tmp_path / "right"), KeyFiles(tmp_path / "wrong")
    wrapped = right.wrap(tenant, person, 1, b"k" * 32, first=True)
    wrong.wrap(tenant, person, 1, b"k" * 32, first=True)
    with pytest.raises(KeyTrouble, match=r"keys\.foreign"):
        wrong.unwrap(tenant, person, 1, wrapped)


def test_processes_that_make_a_master_key_together_agree(tmp_path, tenant, person):
    together = threading.Barrier(8)

    def wrap(_: int) -> bytes:
        files = KeyFiles(tmp_path / "masters")
        together.wait()
        return files.wrap(tenant, person, 1, b"k" * 32, first=True)

    with ThreadPoolExecutor(8) as threads:
        wrapped = list(threads.map(wrap, range(8)))
    reader = KeyFiles(tmp_path / "masters")
    assert {reader.unwrap(tenant, person, 1, w) for w in wrapped} == {b"k" * 32}
    assert len(list((tmp_path / "masters").iterdir())) == 1


# ── what is remembered ───────────────────────────────────────────────────────────────────────


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_a_lease_ends():
    clock = Clock()
    leases = Leases(lease=60, clock=clock)
    leases.put("a", 1, leases.now())
    clock.seconds = 59.9
    assert leases.get("a") == 1
    clock.seconds = 60
    assert leases.get("a") is None


def test_a_lease_begins_when_the_key_was_asked_for():
    clock = Clock()
    leases = Leases(lease=60, clock=clock)
    asked = leases.now()
    clock.seconds = 50
    leases.put("a", 1, asked)
    clock.seconds = 61
    assert leases.get("a") is None


def test_no_lease_is_longer_than_a_minute():
    with pytest.raises(ValueError, match="minute"):
        Leases(lease=61)


def test_an_answer_older_than_a_destruction_is_not_remembered():
    leases = Leases()
    asked = leases.now()
    leases.drop(lambda name: name == "a")
    leases.put("a", 1, asked)
    assert leases.get("a") is None


def test_the_least_used_is_given_up_first():
    leases = Leases(most=2)
    for name in ("a", "b"):
        leases.put(name, 1, leases.now())
    leases.get("a")
    leases.put("c", 1, leases.now())
    assert [leases.get(n) for n in ("a", "b", "c")] == [1, None, 1]


@pytest.fixture
def three(keys_pool, tmp_path, person):
    """Three organisations' keys in a folder of the test's own: the folder, and whose they are."""
    folder, tenants = tmp_path / "masters", [uuid4() for _ in range(3)]
    made = KeyTable(keys_pool, KeyFiles(folder))
    for tenant in tenants:
        made.sealing_key(tenant, person)
    return folder, tenants


def spoil(file):
    file.write_text("no key")


@pytest.mark.parametrize(
    "lose", [Path.unlink, spoil, lambda file: file.chmod(0o644)], ids=["gone", "spoilt", "open"]
)
def test_one_lost_master_key_is_told_from_a_folder_that_is_away(keys_pool, three, person, lose):
    folder, (lost, *others) = three
    lose(folder / f"{lost}.key")
    fresh = KeyTable(keys_pool, KeyFiles(folder))
    with pytest.raises(LostKey):
        fresh.opening_key(lost, person, 1)
    with pytest.raises(LostKey):
        fresh.sealing_key(lost, uuid4())
    for other in others:
        (folder / f"{other}.key").unlink()
    with pytest.raises(KeyTrouble) as away:
        KeyTable(keys_pool, KeyFiles(folder)).opening_key(lost, person, 1)
    assert not isinstance(away.value, LostKey)


def test_a_folder_of_another_installation_is_no_proof_that_one_key_is_lost(
    keys_pool, three, person, tmp_path
):
    _, (tenant, *_) = three
    foreign = KeyTable(keys_pool, KeyFiles(tmp_path / "foreign"))
    for other in (uuid4(), tenant):  # the same name, another key
        (tmp_path / "foreign" / f"{other}.key").write_text("ab" * 32)
        (tmp_path / "foreign" / f"{other}.key").chmod(0o600)
    with pytest.raises(KeyTrouble, match=r"keys\.foreign") as away:
        foreign.opening_key(tenant, person, 1)
    assert not isinstance(away.value, LostKey)


def test_one_lost_master_key_keeps_no_other_from_being_fetched(keys_pool, three, person, caplog):
    folder, (lost, *others) = three
    (folder / f"{lost}.key").unlink()
    fresh = KeyTable(keys_pool, KeyFiles(folder))
    fresh.fetch([KeyRef(t, person, 1) for t in (lost, *others)])
    assert f"{lost}.key" in caplog.text, "whoever looks after it reads which file to put back"
    fresh._ask = None  # the others' are there, and nothing is asked any more
    assert all(fresh.opening_key(other, person, 1) for other in others)
