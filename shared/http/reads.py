"""A look at someone's record, as the fact that is recorded before the answer leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID, uuid5

from shared.access.reads import read_fact
from shared.http.admission import Reader
from shared.kernel import Act, Fact

READS = UUID("5b2f6a0e-9c1d-4f0a-8a53-1f6f0a7f3c12")


def read_of(
    service: str, reader: Reader, command: UUID, at: datetime
) -> Callable[[str, str | None], Fact]:
    """Makes the fact of one look, alone in a stream of its own, so that no look waits for another."""
    now = at.astimezone(UTC)
    act = Act(
        tenant=reader.tenant,
        subject=reader.person or reader.tenant,
        actor=reader.party,
        author=reader.party,
        at=now,
        occurred=now,
        command=command,
        site=reader.standing.site,
        programme=reader.standing.programme,
    )
    kind, stands = read_fact(service), reader.standing
    stream = uuid5(READS, str(command))
    return lambda scope, purpose: kind(
        stream, 1, now, act, scope, stands.kind, stands.role, purpose
    )


def look_of(service: str, act: Act, command: UUID) -> Fact:
    """The look of someone who asked again for what was already so, and was answered how it is."""
    role = act.role_of(act.actor) or "other"
    seen = Act(
        tenant=act.tenant,
        subject=act.subject,
        actor=act.actor,
        author=act.actor,
        at=act.at,
        occurred=act.at,
        command=command,
        site=act.site,
        programme=act.programme,
    )
    stream = uuid5(READS, str(command))
    return read_fact(service)(stream, 1, act.at, seen, "record", role, role)
