-- The sealed log: one order for all who follow, gapless positions per tenant, leaves to prove by.

CREATE TABLE log (
  gpos bigint NOT NULL,
  tenant_id uuid NOT NULL,
  position bigint NOT NULL,
  xid xid8 NOT NULL,
  seq bigint NOT NULL,
  body_sha bytea NOT NULL,
  leaf bytea NOT NULL,
  lane smallint NOT NULL,  -- last: elsewhere it would be padded to eight bytes
  PRIMARY KEY (tenant_id, position)
);
-- gpos is the library's notification id; the leaf's index in the tenant's tree is position - 1
CREATE UNIQUE INDEX log_gpos ON log (gpos);

-- only for windows larger than a batch; ord is the gpos the row will get, so it never comes twice
-- and no scan passes over dead rows of an earlier window
CREATE TABLE seal_queue (ord bigint PRIMARY KEY, xid xid8 NOT NULL, seq bigint NOT NULL);

-- which server this is: system and database, then timeline
CREATE FUNCTION anchor() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT concat_ws('/', system_identifier,
    (SELECT oid FROM pg_database WHERE datname = current_database()),
    left(pg_walfile_name(pg_current_wal_lsn()), 8))
  FROM pg_control_system()
$$;

-- What holds for long, and the row whose lock says who seals.
CREATE TABLE seal_lineage (
  one bool PRIMARY KEY DEFAULT true CHECK (one),
  era int NOT NULL DEFAULT 1,
  anchor text NOT NULL DEFAULT anchor(),
  floor_seq bigint NOT NULL DEFAULT 0
);

-- How far sealing has come, a row a call; only the last counts. All that was visible in `prev` is
-- sealed. `sealed_at` is the time just before `prev` was taken: whatever committed before it stands
-- in the log. `target` is a window still being sealed.
-- Not one row that is updated: while somebody's long transaction holds up vacuum, each look would
-- pass over all its dead versions. The end of an index is always near.
CREATE TABLE seal_tick (
  tick bigint PRIMARY KEY,
  gpos bigint NOT NULL,
  prev pg_snapshot NOT NULL,
  target pg_snapshot,
  sealed_at timestamptz NOT NULL,
  target_at timestamptz
);

CREATE VIEW seal WITH (security_invoker = true) AS
  SELECT era, anchor, floor_seq, tick, gpos, prev, target, sealed_at, target_at
  FROM seal_lineage CROSS JOIN (SELECT * FROM seal_tick ORDER BY tick DESC LIMIT 1) last;

ALTER TABLE log ENABLE ROW LEVEL SECURITY;
ALTER TABLE log FORCE ROW LEVEL SECURITY;
ALTER TABLE seal_queue ENABLE ROW LEVEL SECURITY;
ALTER TABLE seal_queue FORCE ROW LEVEL SECURITY;
ALTER TABLE seal_lineage ENABLE ROW LEVEL SECURITY;
ALTER TABLE seal_lineage FORCE ROW LEVEL SECURITY;
ALTER TABLE seal_tick ENABLE ROW LEVEL SECURITY;
ALTER TABLE seal_tick FORCE ROW LEVEL SECURITY;

CREATE POLICY own ON log FOR SELECT TO {service}_app
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
CREATE POLICY followed ON log FOR SELECT
  TO {service}_sealer, {service}_reader, {service}_relay, {service}_eraser, {service}_owner
  USING (true);
CREATE POLICY sealed ON log FOR INSERT TO {service}_sealer, {service}_owner WITH CHECK (true);
CREATE POLICY queued ON seal_queue TO {service}_sealer, {service}_owner
  USING (true) WITH CHECK (true);
CREATE POLICY known ON seal_lineage FOR SELECT
  TO {service}_app, {service}_sealer, {service}_reader, {service}_relay, {service}_owner
  USING (true);
CREATE POLICY known ON seal_tick FOR SELECT
  TO {service}_app, {service}_sealer, {service}_reader, {service}_relay, {service}_owner
  USING (true);
CREATE POLICY locked ON seal_lineage FOR UPDATE TO {service}_sealer, {service}_owner
  USING (true) WITH CHECK (true);
CREATE POLICY begun ON seal_lineage FOR INSERT TO {service}_owner WITH CHECK (true);
CREATE POLICY ticked ON seal_tick FOR INSERT TO {service}_sealer, {service}_owner
  WITH CHECK (true);
CREATE POLICY passed ON seal_tick FOR DELETE TO {service}_sealer USING (true);

GRANT SELECT ON log TO {service}_app, {service}_reader, {service}_relay;
GRANT SELECT (xid, seq) ON log TO {service}_eraser;
GRANT SELECT, INSERT ON log TO {service}_sealer;
GRANT SELECT, INSERT, DELETE ON seal_queue TO {service}_sealer;
GRANT SELECT ON seal, seal_lineage, seal_tick
  TO {service}_app, {service}_sealer, {service}_reader, {service}_relay;
GRANT INSERT, DELETE ON seal_tick TO {service}_sealer;
GRANT UPDATE (one) ON seal_lineage TO {service}_sealer;  -- what locking the row asks for
GRANT EXECUTE ON FUNCTION anchor() TO {service}_sealer;

INSERT INTO seal_lineage DEFAULT VALUES;
INSERT INTO seal_tick (tick, gpos, prev, sealed_at) VALUES (0, 0, '1:1:', clock_timestamp());
