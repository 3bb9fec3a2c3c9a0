"""Entries that have pages alone: in her whole trail, all others would be read and passed over."""

from __future__ import annotations

from shared.store.views import Index

# asked for in these very words: else their indexes could not be used
DECIDED = "decision"
LOOKED = "split_part(type, '.', 2) IN ('record_read', 'summary_opened', 'record_sent')"
ALONE = (
    Index(("tenant_id", "subject_id", "occurred_at", "source", "position"), where=DECIDED),
    Index(("tenant_id", "subject_id", "recorded_at", "source", "position"), where=LOOKED),
)
