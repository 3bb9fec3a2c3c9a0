-- Sealing by the difference of two snapshots. The sealer's role calls seal(n) in autocommit:
-- no leader and no lease, the row lock decides; a call that died half-way left nothing.
-- enable_seqscan: a plan made while the tables were small is kept, and must not become a scan of
-- millions before somebody analyses them. jit: before 18 that costs a plan so much on paper that
-- it would be compiled each time, for a tenth of a second.

CREATE FUNCTION seal_rows(g bigint, xs xid8[], qs bigint[]) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET jit = off AS $$
DECLARE
  k int;
BEGIN
  -- both MATERIALIZED: else the head of the tenant is looked up once an event
  WITH b AS MATERIALIZED (
    SELECT tenant_id, o, x, q,
      (get_byte(sha256(uuid_send(tenant_id) || uuid_send(subject_id)), 0) & 63)::smallint lane,
      sha256('\x00'::bytea || int4send(octet_length(envelope::text))
        || convert_to(envelope::text, 'UTF8') || sha256(body)) leaf,
      sha256(body) body_sha
    FROM unnest(xs, qs) WITH ORDINALITY u (x, q, o) JOIN events e ON e.xid = x AND e.seq = q),
  h AS MATERIALIZED (
    SELECT tenant_id, coalesce((SELECT position FROM log l WHERE l.tenant_id = t.tenant_id
      ORDER BY position DESC LIMIT 1), 0) p
    FROM (SELECT DISTINCT tenant_id FROM b) t)
  INSERT INTO log (gpos, tenant_id, position, lane, xid, seq, body_sha, leaf)
    SELECT g + o, tenant_id, p + row_number() OVER (PARTITION BY tenant_id ORDER BY o),
      lane, x, q, body_sha, leaf
    FROM b JOIN h USING (tenant_id) ORDER BY o;
  GET DIAGNOSTICS k = ROW_COUNT;
  IF k <> cardinality(qs) THEN
    RAISE 'sealer lost rows: % of %', k, cardinality(qs);
  END IF;
END $$;

-- Whether a call to seal() would find work. Takes no lock and no xid: an idle sealer that locked
-- the row each time would write and flush for nothing.
CREATE FUNCTION seal_due() RETURNS boolean LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET jit = off AS $$
DECLARE
  c seal;
  xip xid8[];
BEGIN
  SELECT * INTO c FROM seal;
  IF NOT FOUND OR c.target IS NOT NULL OR c.anchor <> anchor()
      OR clock_timestamp() - c.sealed_at >= interval '1 second' THEN
    RETURN true;
  END IF;
  xip := ARRAY(SELECT pg_snapshot_xip(c.prev));
  RETURN EXISTS (SELECT FROM events
      WHERE xid >= pg_snapshot_xmax(c.prev) AND seq > c.floor_seq)
    OR EXISTS (SELECT FROM events WHERE xid = ANY (xip) AND seq > c.floor_seq);
END $$;

-- Seals at most n events. Answers how many; -1: another sealer is at it.
CREATE FUNCTION seal(n int) RETURNS int LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET jit = off AS $$
DECLARE
  c seal;
  k int := 0;
  xs xid8[];
  qs bigint[];
  lo xid8;
  hi xid8;
  xip xid8[];
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE 'seal() needs a snapshot newer than its lock: read committed only';
  END IF;
  IF NOT seal_due() THEN
    RETURN 0;
  END IF;
  -- 1 lock; later statements have newer snapshots. Never fold this into the sealing statement
  PERFORM FROM seal_lineage FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN
    RETURN -1;
  END IF;
  SELECT * INTO c FROM seal;
  IF c.anchor <> anchor() THEN
    RAISE 'sealed as %, this is %: reanchor() or resume()', c.anchor, anchor()
      USING ERRCODE = 'ES002';
  END IF;
  IF c.target IS NULL THEN  -- 2 open a window
    c.target_at := clock_timestamp();
    c.target := pg_current_snapshot();
    lo := pg_snapshot_xmax(c.prev);
    hi := pg_snapshot_xmax(c.target);
    xip := ARRAY(SELECT pg_snapshot_xip(c.prev));
    SELECT array_agg(xid ORDER BY seq), array_agg(seq ORDER BY seq), count(*) INTO xs, qs, k
    FROM (
      SELECT xid, seq FROM events WHERE xid >= lo AND xid < hi
        AND pg_visible_in_snapshot(xid, c.target) AND seq > c.floor_seq
      UNION ALL
      SELECT xid, seq FROM events WHERE xid = ANY (xip)
        AND pg_visible_in_snapshot(xid, c.target) AND seq > c.floor_seq) w;
    IF k > n THEN
      INSERT INTO seal_queue
        SELECT c.gpos + o, x, q FROM unnest(xs, qs) WITH ORDINALITY u (x, q, o);
    ELSE
      c.prev := c.target;
      c.sealed_at := c.target_at;
      c.target := NULL;
    END IF;
  END IF;
  IF c.target IS NOT NULL THEN  -- 3 a big window goes in pieces, always by seq
    WITH d AS (
      DELETE FROM seal_queue WHERE ord > c.gpos AND ord <= c.gpos + n RETURNING *)
    SELECT array_agg(xid ORDER BY ord), array_agg(seq ORDER BY ord), count(*) INTO xs, qs, k
    FROM d;
    IF NOT EXISTS (SELECT FROM seal_queue WHERE ord > c.gpos + k) THEN
      c.prev := c.target;
      c.sealed_at := c.target_at;
      c.target := NULL;
    END IF;
  END IF;
  IF k > 0 THEN
    PERFORM seal_rows(c.gpos, xs, qs);
  END IF;
  INSERT INTO seal_tick (tick, gpos, prev, target, sealed_at, target_at)
    VALUES (c.tick + 1, c.gpos + k, c.prev, c.target, c.sealed_at, c.target_at);
  IF c.tick % 1000 = 0 THEN  -- a range of its own, so that nothing deleted before is passed over
    DELETE FROM seal_tick WHERE tick >= c.tick - 2000 AND tick < c.tick - 1000;
  END IF;
  RETURN k;
END $$;

GRANT EXECUTE ON FUNCTION seal_rows(bigint, xid8[], bigint[]), seal_due(), seal(int)
  TO {service}_sealer;
