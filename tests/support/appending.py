"""Rows to append where the facts do not matter: envelopes with what the store looks at."""

from uuid import UUID, uuid4

import orjson

from shared.store.appending import Appending
from shared.store.stored import Stored


def row(
    tenant: UUID,
    stream: UUID,
    version: int,
    *,
    command: UUID | None = None,
    subject: UUID | None = None,
    kind: str = "assessment.theme_rated",
    body: bytes = b"sealed",
    **more: object,
) -> Stored:
    said = {"id": str(uuid4()), "type": kind, "stream": str(stream), "version": version}
    envelope = orjson.dumps(said | {k: str(v) for k, v in more.items()})
    return Stored(
        originator_id=stream,
        originator_version=version,
        topic=kind,
        state=body,
        tenant_id=tenant,
        subject_id=subject or tenant,
        command_id=command or uuid4(),
        envelope=envelope,
    )


def one(tenant: UUID, stream: UUID, version: int, **more: object) -> Appending:
    return Appending.of([row(tenant, stream, version, **more)])


def several(tenant: UUID, *places: tuple[UUID, int], command: UUID | None = None) -> Appending:
    """One command over several streams."""
    command = command or uuid4()
    return Appending.of([row(tenant, s, v, command=command) for s, v in places])
