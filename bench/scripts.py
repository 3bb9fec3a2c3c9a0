"""What pgbench runs: the same event, stored by each variant's own statement."""

from __future__ import annotations

import json

TENANTS = 50
MANY_TENANTS = 10_000
ENVELOPE = json.dumps(
    {
        "actor": "019a1c5e-0000-7000-8000-000000000001",
        "author": "019a1c5e-0000-7000-8000-000000000001",
        "codec": "json-gcmsiv",
        "command": "019a1c5e-0000-7000-8000-000000000002",
        "contributors": [
            {
                "attestation": "own",
                "knowledge": ["experiential"],
                "part": "wrote",
                "party": "019a1c5e-0000-7000-8000-000000000001",
                "role": "person",
            }
        ],
        "id": "019a1c5e-0000-7000-8000-000000000003",
        "key": "subject.1",
        "occurred_at": "2026-01-16T20:00:00.000000Z",
        "precision": "instant",
        "recorded_at": "2026-01-16T20:00:00.000000Z",
        "setting": "alone",
        "type": "assessment.theme_rated",
        "v": 1,
    },
    separators=(",", ":"),
)
BODY = "\\x" + "5a" * 160
TENANT = "('00000000-0000-7000-8000-' || lpad((:t)::text, 12, '0'))::uuid"
ROW = f"{TENANT}, gen_random_uuid(), 1, gen_random_uuid(), gen_random_uuid(), '{ENVELOPE}'::json, '{BODY}'::bytea"


def pick(tenants: int) -> str:
    return f"\\set t random(1, {tenants})\n" if tenants > 1 else "\\set t 1\n"


def bare(tenants: int = TENANTS) -> str:
    return f"{pick(tenants)}INSERT INTO bare VALUES ({ROW});\n"


def ours(tenants: int = TENANTS, events: int = 1) -> str:
    """Our append in one statement, with row-level security and triggers as they are."""
    many = f", generate_series(1, {events})" if events > 1 else ""
    return (
        f"{pick(tenants)}INSERT INTO events "
        "(tenant_id, stream_id, version, subject_id, command_id, envelope, body) "
        f"SELECT {ROW} FROM set_config('app.tenant', {TENANT}::text, true){many};\n"
    )


def message_db(tenants: int = TENANTS) -> str:
    """message-db's own function, one stream an event, as the others."""
    words = ENVELOPE.replace("'", "''")
    return (
        f"{pick(tenants)}SELECT message_store.write_message(gen_random_uuid()::text, "
        f"(:t)::text || '-' || gen_random_uuid()::text, 'ThemeRated', '{{\"b\":\"{BODY[2:]}\"}}'::jsonb, "
        f"'{words}'::jsonb, -1);\n"
    )
