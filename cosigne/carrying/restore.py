"""Brings an exported organisation into an installation that does not know it: same order, same ids.

Envelopes come byte for byte and at their positions; bodies are sealed anew under keys made here, so
leaves are new. What could no longer be read stays so, and an erased person can never come back.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from uuid import UUID

import psycopg

from cosigne.carrying.export import ledgers, pool_of
from cosigne.carrying.folder import Line, Manifest, file_of, lines_of, require_whole, told_by
from shared.http.service import Plan, keys_of
from shared.kernel import Fact, Refused
from shared.postgres.pool import Pool
from shared.settings import Settings
from shared.store.cipher import seal
from shared.store.key_table import KeyTable
from shared.store.keys import Erased, KeyRef
from shared.store.opening import key_of
from shared.store.portable import Carried, highest, read_log, write_log

AT_ONCE = 500
PATIENCE = 60.0  # for the sealer, since the last event it gave a place
LOOK_EVERY = 0.1
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Restoring:
    folder: Path
    manifest: Manifest
    keys: KeyTable
    pools: Mapping[str, Pool]
    progress: Progress

    @property
    def tenant(self) -> UUID:
        return self.manifest.tenant

    def run(self) -> None:
        """Interrupted, it goes on where it was. Raises Refused for an organisation known here."""
        for service, part in self.manifest.services.items():
            self.require_beginning(service, highest(self.pools[service], self.tenant))
            require_known(part.facts)
        for subject in self.manifest.erased:
            self.keys.destroy(self.tenant, UUID(subject))
        for service in self.manifest.services:
            self.write(service)
            self.verify(service)

    def require_beginning(self, service: str, known: int) -> None:
        """Nothing is here yet, or the beginning of this very export."""
        here = read_log(self.pools[service], self.tenant)
        lines = lines_of(self.folder, self.manifest.services[service])
        for event, line in zip(here, lines, strict=False):
            if event.envelope != line.envelope:
                raise Refused("restore.known", name=self.manifest.name)
        if known > self.manifest.services[service].events:
            raise Refused("restore.known", name=self.manifest.name)

    def write(self, service: str) -> None:
        part, pool = self.manifest.services[service], self.pools[service]
        done = highest(pool, self.tenant)
        lines = islice(lines_of(self.folder, part), done, None)
        while batch := list(islice(lines, AT_ONCE)):
            try:
                write_log(pool, self.tenant, [self.sealed(line) for line in batch])
            except psycopg.errors.UniqueViolation as error:
                raise Refused("restore.under_way", name=self.manifest.name) from error
            done += len(batch)
            self.progress(service, done, part.events)

    def sealed(self, line: Line) -> Carried:
        told = told_by(line.envelope)
        if key_of(told).tenant != self.tenant:
            raise Refused("restore.altered", file=file_of(told["service"]), line=line.position)
        return Carried(
            line.position,
            UUID(told["stream"]),
            told["version"],
            UUID(told["subject"]),
            UUID(told["command"]),
            line.envelope,
            self.body(line, key_of(told)),
            b"",
            b"",
        )

    def body(self, line: Line, wanted: KeyRef) -> bytes | None:
        """Sealed anew; None of whoever was erased: her words may have been written before."""
        if line.body is None or str(wanted.subject) in self.manifest.erased:
            return None
        try:
            key = self.keys.sealing_key(wanted.tenant, wanted.subject)
        except Erased:  # here, since the export: what was destroyed stays so
            return None
        if key.version != wanted.version:
            raise Refused("restore.key_version", version=wanted.version)
        return seal(key, line.envelope, line.body)

    def verify(self, service: str) -> None:
        """Every envelope stands at its own position, once the sealer has given it one."""
        pool, part = self.pools[service], self.manifest.services[service]
        self.wait_for(pool, part.events)
        here = read_log(pool, self.tenant)
        for event, line in zip(here, lines_of(self.folder, part), strict=False):
            if (event.position, event.envelope) != (line.position, line.envelope):
                raise Refused("restore.other_order", service=service, position=line.position)

    def wait_for(self, pool: Pool, events: int) -> None:
        known, until = -1, time.monotonic() + PATIENCE
        while (found := highest(pool, self.tenant)) < events:
            if found > known:
                known, until = found, time.monotonic() + PATIENCE
            if time.monotonic() > until:
                raise Refused("restore.not_sealed")
            time.sleep(LOOK_EVERY)


def restore(
    settings: Settings, plans: Mapping[str, Plan], folder: Path, progress: Progress
) -> Manifest:
    """Raises Refused before anything is written where the files are not what was exported."""
    manifest = Manifest.read(folder)
    unknown = manifest.services.keys() - plans.keys()
    if unknown:
        raise Refused("restore.newer", names=sorted(unknown))
    require_whole(folder, manifest)
    with keys_of(settings) as keys, ledgers(settings, plans, keys) as found:
        pools = {service: pool_of(ledger) for service, ledger in found.items()}
        Restoring(folder, manifest, keys, pools, progress).run()
    return manifest


def require_known(facts: Mapping[str, int]) -> None:
    """Raises Refused for facts that a newer release wrote: this one could not tell them."""
    newer = list(newer_than_known(facts))
    if newer:
        raise Refused("restore.newer", names=newer)


def newer_than_known(facts: Mapping[str, int]) -> Iterator[str]:
    for name in facts:
        topic, _, version = name.rpartition(".v")
        kind = Fact.registry.get(topic)
        if kind is None or kind.class_version < int(version):
            yield name


__all__: Sequence[str] = ("Restoring", "restore")
