-- Stored xids are believed on one server lineage only. Elsewhere seal() refuses until one of these.
-- `fence` is the highest gpos ever published, from a store outside this server (0: none was).

CREATE FUNCTION check_fence(fence bigint, known bigint) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF known < fence THEN
    RAISE 'published up to %, this server knows %: refill from Kafka or copies, or new_era()',
      fence, known USING ERRCODE = 'ES002';
  END IF;
END $$;

-- After a failover or point-in-time recovery, before the first seal(): xids went on from there.
CREATE FUNCTION resume(fence bigint) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  c seal;
BEGIN
  PERFORM FROM seal_lineage FOR UPDATE;
  SELECT * INTO c FROM seal;
  IF split_part(c.anchor, '/', 1) <> split_part(anchor(), '/', 1)
      OR split_part(c.anchor, '/', 2) <> split_part(anchor(), '/', 2) THEN
    RAISE 'sealed as %, this is %: another server, so reanchor()', c.anchor, anchor()
      USING ERRCODE = 'ES002';
  END IF;
  PERFORM check_fence(fence, c.gpos);
  UPDATE seal_lineage SET anchor = anchor();
END $$;

-- After a dump and restore, or a logical copy: xids started over. What was not sealed is sealed
-- now by seq; from here on only rows with a higher seq are looked for. Answers how many it sealed.
CREATE FUNCTION reanchor(fence bigint) RETURNS int LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  c seal;
  xs xid8[];
  qs bigint[];
  k int;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE 'reanchor() needs a snapshot newer than its lock: read committed only';
  END IF;
  LOCK TABLE events IN SHARE MODE;  -- no writer under way, whose seq would fall below the floor
  PERFORM FROM seal_lineage FOR UPDATE;
  SELECT * INTO c FROM seal;
  PERFORM check_fence(fence, c.gpos);
  IF c.gpos <> (SELECT coalesce(max(gpos), 0) FROM log)
      OR c.gpos <> (SELECT count(*) FROM log JOIN events USING (xid, seq) WHERE gpos > 0) THEN
    RAISE 'this copy is not whole: sealed up to %, and not all of it is here', c.gpos
      USING ERRCODE = 'ES002';
  END IF;
  DELETE FROM seal_queue;
  SELECT array_agg(e.xid ORDER BY e.seq), array_agg(e.seq ORDER BY e.seq), count(*)
    INTO xs, qs, k
  FROM events e LEFT JOIN log l USING (xid, seq) WHERE l.seq IS NULL;
  IF k > 0 THEN
    PERFORM seal_rows(c.gpos, xs, qs);
  END IF;
  PERFORM setval(pg_get_serial_sequence('events', 'seq'),
    greatest((SELECT max(seq) FROM events), (SELECT last_value FROM events_seq_seq)));
  UPDATE seal_lineage SET anchor = anchor(),
    floor_seq = coalesce((SELECT max(seq) FROM events), 0);
  INSERT INTO seal_tick (tick, gpos, prev, sealed_at)
    VALUES (c.tick + 1, c.gpos + k, pg_current_snapshot(), clock_timestamp());
  RETURN k;
END $$;

-- What was published beyond this server's knowledge is lost here: say so to all who follow.
-- They begin again from 0 in the new era; checkpoints of the old one are not continued.
CREATE FUNCTION new_era() RETURNS int LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  answer int;
BEGIN
  UPDATE seal_lineage SET era = era + 1 RETURNING era INTO answer;
  RETURN answer;
END $$;

GRANT EXECUTE ON FUNCTION resume(bigint), reanchor(bigint), check_fence(bigint, bigint)
  TO {service}_sealer;
