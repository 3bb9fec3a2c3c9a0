-- The same rows and columns. LATERAL and OFFSET 0 leave one plan only: walk the log in its order and
-- look each event up. The planner takes xid and seq for independent, expects a handful of rows, and
-- would otherwise hash and sort all that is left of the log to answer one page of it.
CREATE OR REPLACE VIEW published WITH (security_invoker = true) AS
  SELECT l.gpos, s.era, l.tenant_id, l.position, l.lane, e.stream_id, e.version, e.subject_id,
    e.command_id, e.envelope, e.body, l.body_sha, l.leaf, l.xid
  FROM seal s CROSS JOIN log l CROSS JOIN LATERAL (
    SELECT stream_id, version, subject_id, command_id, envelope, body FROM events
     WHERE xid = l.xid AND seq = l.seq OFFSET 0) e;
