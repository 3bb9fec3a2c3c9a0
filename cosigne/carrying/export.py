"""Writes all that an organisation has recorded into a folder, one page of the log at a time."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid5

from cosigne.carrying.folder import (
    README,
    Line,
    Manifest,
    Part,
    file_of,
    make_folder,
    told_by,
)
from cosigne.embedded.private import private
from services.reporting.domain.events import ExportMade
from shared.contracts.schema import path_of
from shared.http.desk import OPERATORS
from shared.http.idempotency import Idempotency
from shared.http.service import Plan, keys_of
from shared.kernel import Act, Contributor, Refused
from shared.ledger import Ledger
from shared.postgres.pool import Pool
from shared.settings import Settings
from shared.store.factory import SealedFactory
from shared.store.key_table import KeyTable
from shared.store.opening import Row, opened
from shared.store.portable import Carried, highest, read_log

SCOPE = "tout ce que l’organisation a enregistré / all that the organisation has recorded"
OPERATOR = uuid5(OPERATORS, "operator:command line")
RELEASE = "0.1.0"
Progress = Callable[[str, int, int], None]

PATIENCE = 5.0  # seconds


@contextmanager
def ledgers(
    settings: Settings, plans: Mapping[str, Plan], keys: KeyTable
) -> Iterator[dict[str, Ledger]]:
    """Each service's, with its pools open."""
    with ExitStack() as stack:
        found: dict[str, Ledger] = {}
        for name, plan in plans.items():
            factory = SealedFactory.of(settings, name, keys)
            stack.callback(factory.close)
            factory.open()
            found[name] = plan.ledger(factory)
        yield found


def export(
    settings: Settings,
    plans: Mapping[str, Plan],
    organisation: tuple[UUID, str],
    folder: Path,
    purpose: str,
    progress: Progress,
) -> Manifest:
    """Recorded before the first line is written: whoever takes a copy leaves a trace with it."""
    tenant, name = organisation
    make_folder(folder)
    manifest = Manifest(str(tenant), name, datetime.now(UTC).isoformat(), RELEASE)
    erased: set[UUID] = set()
    with keys_of(settings) as keys, ledgers(settings, plans, keys) as found:
        pools = {service: pool_of(ledger) for service, ledger in found.items()}
        if not highest(pools["directory"], tenant):
            raise Refused("export.unknown", organisation=tenant)
        before = highest(pools["reporting"], tenant)
        found["reporting"].record([made(tenant, purpose)])
        wait_for_more(pools["reporting"], tenant, before)
        for service, pool in pools.items():
            manifest.services[service] = write(
                pool, tenant, folder, service, keys, erased, progress
            )
    manifest.erased = sorted(map(str, erased))
    copy_contracts(manifest, folder)
    private(folder / "README.md").write_text(README.format(name=name), "utf-8")
    manifest.write(folder)  # last: without it, it is no export
    return manifest


def wait_for_more(pool: Pool, tenant: UUID, before: int) -> None:
    """Until the trace itself is sealed and in the copy; a sealer that stands still stops no copy."""
    until = time.monotonic() + PATIENCE
    while highest(pool, tenant) <= before and time.monotonic() < until:
        time.sleep(0.02)


def pool_of(ledger: Ledger) -> Pool:
    factory = ledger.factory
    if not isinstance(factory, SealedFactory):
        raise TypeError(f"{factory!r} has no pools")
    return factory.app


def write(
    pool: Pool,
    tenant: UUID,
    folder: Path,
    service: str,
    keys: KeyTable,
    erased: set[UUID],
    progress: Progress,
) -> Part:
    part, digest = Part(file_of(service)), hashlib.sha256()
    whole = highest(pool, tenant)
    with private(folder / part.file).open("wb") as opened_file:
        for event in read_log(pool, tenant):
            if event.position > whole:
                break
            line = line_of(tenant, event, keys)
            count(part, line)
            if line.body is None and event.body:
                erased.add(event.subject_id)  # sealed still, and the key is gone
            text = line.written()
            digest.update(text)
            opened_file.write(text)
            if part.events % 1000 == 0 or part.events == whole:
                progress(service, part.events, whole)
    part.sha256 = digest.hexdigest()
    return part


def line_of(tenant: UUID, event: Carried, keys: KeyTable) -> Line:
    row = Row(tenant, event.stream_id, event.version, event.subject_id, event.envelope, event.body)
    body = opened(keys, row, told_by(event.envelope))
    return Line(event.position, event.leaf, event.body_sha, event.envelope, body)


def count(part: Part, line: Line) -> None:
    told = told_by(line.envelope)
    name = f"{told['type']}.v{told['v']}"
    part.events += 1
    part.unreadable += line.body is None
    part.facts[name] = part.facts.get(name, 0) + 1


def copy_contracts(manifest: Manifest, folder: Path) -> None:
    """The JSON Schema of every kind of body in it."""
    place = folder / "contracts"
    place.mkdir(mode=0o700)
    for part in manifest.services.values():
        for name in part.facts:
            topic, _, version = name.rpartition(".v")
            kept = path_of(topic, int(version))
            if kept.exists():
                shutil.copyfile(kept, private(place / f"{name}.json"))


def made(tenant: UUID, purpose: str) -> ExportMade:
    now, fresh = datetime.now(UTC), Idempotency.fresh
    act = Act(
        tenant=tenant,
        subject=tenant,
        actor=OPERATOR,
        author=OPERATOR,
        at=now,
        occurred=now,
        command=fresh(),
        contributors=(
            Contributor(party=OPERATOR, role="administrator", part="wrote", attestation="own"),
        ),
    )
    return ExportMade(fresh(), 1, now, act, SCOPE, purpose)
