-- Events and log stand: no update, delete or truncate, whoever asks.
-- One exception: the words of a sealed event go (body becomes NULL) once a later sealed event of
-- the same stream, words_withdrawn or entry_misfiled, names it in its envelope (`entry`).

CREATE FUNCTION is_taken_back(gone events) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM log WHERE xid = gone.xid AND seq = gone.seq)
    AND EXISTS (
      SELECT FROM events naming JOIN log USING (xid, seq)
      WHERE naming.tenant_id = gone.tenant_id AND naming.stream_id = gone.stream_id
        AND naming.version > gone.version
        AND naming.envelope ->> 'entry' = gone.envelope ->> 'id'
        AND split_part(naming.envelope ->> 'type', '.', 2) IN
          ('words_withdrawn', 'entry_misfiled'))
$$;

CREATE FUNCTION events_stand() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.body IS NULL AND NEW.envelope::text = OLD.envelope::text
        AND to_jsonb(NEW) - 'body' = to_jsonb(OLD) - 'body' THEN
      IF OLD.body IS NULL THEN
        RETURN NULL;  -- gone already: asking twice is harmless
      ELSIF is_taken_back(OLD) THEN
        RETURN NEW;
      END IF;
    END IF;
  END IF;
  RAISE EXCEPTION '% stand, no % here', TG_TABLE_NAME, TG_OP USING ERRCODE = 'ES003';
END $$;

CREATE FUNCTION it_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% stand, no % here', TG_TABLE_NAME, TG_OP USING ERRCODE = 'ES003';
END $$;

CREATE TRIGGER stand BEFORE UPDATE ON events
  FOR EACH ROW EXECUTE FUNCTION events_stand();
CREATE TRIGGER stand_all BEFORE DELETE OR TRUNCATE ON events
  FOR EACH STATEMENT EXECUTE FUNCTION it_stands();
CREATE TRIGGER stand BEFORE UPDATE OR DELETE OR TRUNCATE ON log
  FOR EACH STATEMENT EXECUTE FUNCTION it_stands();
CREATE TRIGGER stand BEFORE DELETE OR TRUNCATE ON seal_lineage
  FOR EACH STATEMENT EXECUTE FUNCTION it_stands();
CREATE TRIGGER stand BEFORE UPDATE OR TRUNCATE ON seal_tick
  FOR EACH STATEMENT EXECUTE FUNCTION it_stands();

-- What the eraser calls, given where the naming event stands. Answers how many bodies went.
CREATE FUNCTION make_unreadable(t uuid, s uuid, naming_version bigint) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
  done int;
BEGIN
  UPDATE events gone SET body = NULL
  FROM events naming
  WHERE naming.tenant_id = t AND naming.stream_id = s AND naming.version = naming_version
    AND gone.tenant_id = t AND gone.stream_id = s AND gone.version < naming_version
    AND gone.envelope ->> 'id' = naming.envelope ->> 'entry';
  GET DIAGNOSTICS done = ROW_COUNT;
  RETURN done;
END $$;

GRANT EXECUTE ON FUNCTION make_unreadable(uuid, uuid, bigint) TO {service}_eraser;
