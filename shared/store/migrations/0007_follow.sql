-- What followers of a sealed log read, and what they keep about how far they are.

CREATE VIEW published WITH (security_invoker = true) AS
  SELECT l.gpos, s.era, l.tenant_id, l.position, l.lane, e.stream_id, e.version, e.subject_id,
    e.command_id, e.envelope, e.body, l.body_sha, l.leaf, l.xid
  FROM log l JOIN events e USING (xid, seq) CROSS JOIN seal s;
CREATE VIEW published_head WITH (security_invoker = true) AS
  SELECT gpos, era, sealed_at FROM seal;
GRANT SELECT ON published, published_head TO {service}_app, {service}_reader, {service}_relay;
GRANT SELECT ON published_head TO {service}_sealer;

-- Whether what a command appended under this xid is sealed: read your writes.
CREATE FUNCTION is_sealed(x xid8) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT pg_visible_in_snapshot(x, prev) FROM seal
$$;
GRANT EXECUTE ON FUNCTION is_sealed(xid8) TO {service}_app, {service}_reader;

-- One row per lane, moved in the follower's transaction. Lane -1: a follower of the whole log.
CREATE TABLE lane_cursor (
  consumer text NOT NULL,
  source text NOT NULL,
  era int NOT NULL,
  lane smallint NOT NULL CHECK (lane BETWEEN -1 AND 63),
  gpos bigint NOT NULL,
  PRIMARY KEY (consumer, source, era, lane)
) WITH (fillfactor = 50);

-- A poison event parks its person's sequence for that consumer, and all later ones of it.
CREATE TABLE parked (
  consumer text NOT NULL,
  source text NOT NULL,
  tenant_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  era int NOT NULL DEFAULT 1,
  gpos bigint NOT NULL,
  reason text NOT NULL,
  parked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  tries int NOT NULL DEFAULT 1,
  PRIMARY KEY (consumer, source, tenant_id, subject_id)
);

-- How fresh a consumer is: all that its source sealed before `sealed_at` has been applied.
CREATE TABLE caught_up (
  consumer text NOT NULL,
  source text NOT NULL,
  era int NOT NULL,
  gpos bigint NOT NULL,
  sealed_at timestamptz NOT NULL,
  PRIMARY KEY (consumer, source)
) WITH (fillfactor = 50);

-- A folded state, encrypted like the bodies it was folded from; a cache, never the truth.
CREATE TABLE snapshots (
  tenant_id uuid NOT NULL,
  stream_id uuid NOT NULL,
  version bigint NOT NULL CHECK (version > 0),
  subject_id uuid NOT NULL,
  topic text NOT NULL,
  state bytea NOT NULL,
  taken_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, stream_id, version)
);

ALTER TABLE lane_cursor ENABLE ROW LEVEL SECURITY;
ALTER TABLE lane_cursor FORCE ROW LEVEL SECURITY;
ALTER TABLE parked ENABLE ROW LEVEL SECURITY;
ALTER TABLE parked FORCE ROW LEVEL SECURITY;
ALTER TABLE caught_up ENABLE ROW LEVEL SECURITY;
ALTER TABLE caught_up FORCE ROW LEVEL SECURITY;
ALTER TABLE snapshots ENABLE ROW LEVEL SECURITY;
ALTER TABLE snapshots FORCE ROW LEVEL SECURITY;

CREATE POLICY moved ON lane_cursor TO {service}_reader, {service}_owner
  USING (true) WITH CHECK (true);
CREATE POLICY known ON lane_cursor FOR SELECT TO {service}_app USING (true);
CREATE POLICY moved ON caught_up TO {service}_reader, {service}_owner
  USING (true) WITH CHECK (true);
CREATE POLICY known ON caught_up FOR SELECT TO {service}_app USING (true);
CREATE POLICY moved ON parked TO {service}_reader, {service}_owner
  USING (true) WITH CHECK (true);
CREATE POLICY own ON parked FOR SELECT TO {service}_app
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
CREATE POLICY own ON snapshots TO {service}_app
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  WITH CHECK (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
CREATE POLICY purged ON snapshots TO {service}_eraser, {service}_owner USING (true);

GRANT SELECT, INSERT, UPDATE, DELETE ON lane_cursor, parked, caught_up TO {service}_reader;
GRANT SELECT ON lane_cursor, parked, caught_up TO {service}_app;
GRANT SELECT, INSERT ON snapshots TO {service}_app;
GRANT SELECT (tenant_id, stream_id, version, subject_id), DELETE ON snapshots
  TO {service}_eraser;

-- For migrations and views to come: a table of tenants' data, seen by the app one tenant at a
-- time and written by {service}_reader (views) across tenants. The caller grants what it needs.
CREATE FUNCTION keep_apart(which regclass) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  mine text := 'tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid';
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', which);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', which);
  EXECUTE format('CREATE POLICY own ON %s TO {service}_app USING (%s) WITH CHECK (%s)',
    which, mine, mine);
  EXECUTE format('CREATE POLICY followed ON %s TO {service}_reader, {service}_owner '
    'USING (true) WITH CHECK (true)', which);
END $$;
