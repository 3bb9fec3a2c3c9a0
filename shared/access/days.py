"""What is in force at an instant, in SQL: days begin and end where the organisation is.

A consent until 6 April runs until midnight in Rimouski, whatever day it is already in Paris. A row
of a view knows no zone (it is folded from one subject's events): it keeps the day, and the zone is
put to it when it is asked.
"""

from __future__ import annotations

# the organisation's day at the instant asked for; row-level security leaves one organisation
TODAY = """coalesce(
  (SELECT (%(at)s::timestamptz AT TIME ZONE timezone)::date FROM known_organisations LIMIT 1),
  (%(at)s::timestamptz AT TIME ZONE 'UTC')::date)"""
# a relation that has begun and has not ended
RUNS = f"""(since <= %(at)s AND (until IS NULL OR until > %(at)s)
  AND (ended_at IS NULL OR ended_at > %(at)s) AND (last_day IS NULL OR last_day >= {TODAY}))"""
# a mandate goes by whole days, or until it is ended
MANDATED = (
    f"""(begins <= {TODAY} AND until >= {TODAY} AND (ended_at IS NULL OR ended_at > %(at)s))"""
)
# the instant at which a relation ends by itself, if one was said
ENDS = """coalesce(until, (last_day + 1)::timestamp AT TIME ZONE
  coalesce((SELECT timezone FROM known_organisations LIMIT 1), 'UTC'))"""
