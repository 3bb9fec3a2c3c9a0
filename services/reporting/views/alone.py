"""Entries that are told apart: decisions, looks, what belongs to one of her tabs."""

from __future__ import annotations

from collections.abc import Mapping

from shared.store.views import Index

# in her whole trail, all others would be read and passed over
# asked for in these very words: else their indexes could not be used
DECIDED = "decision"
LOOKED = "split_part(type, '.', 2) IN ('record_read', 'summary_opened', 'record_sent')"
ALONE = (
    Index(("tenant_id", "subject_id", "occurred_at", "source", "position"), where=DECIDED),
    Index(("tenant_id", "subject_id", "recorded_at", "source", "position"), where=LOOKED),
)
# her strengths and aspirations stand in one stream, with what was said of them since
NAMED = (
    "EXISTS (SELECT FROM trail t WHERE t.tenant_id = trail.tenant_id "
    "AND t.subject_id = trail.subject_id AND t.stream = trail.stream "
    "AND t.type IN ('assessment.strength_named', 'assessment.aspiration_named'))"
)
TABS: Mapping[str, str] = {
    "quality_of_life": f"source = 'assessment' AND NOT {NAMED}",
    "strengths": f"source = 'assessment' AND {NAMED}",
    "network": "source = 'network'",
    "plan": "source = 'plans'",
}
