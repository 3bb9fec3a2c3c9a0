-- Data keys, wrapped by their tenant's master key, which lives elsewhere.
-- The row of version 1 is the lock and the tombstone of a subject: it is never deleted, and a key
-- destroyed before it was ever made leaves one all the same.
CREATE TABLE data_key (
  tenant_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  version int NOT NULL CHECK (version > 0),
  wrapped bytea,
  made_at timestamptz NOT NULL DEFAULT now(),
  closed_at timestamptz,
  destroyed_at timestamptz,
  PRIMARY KEY (tenant_id, subject_id, version),
  CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL)),
  CHECK (destroyed_at IS NULL OR closed_at IS NOT NULL)
);
ALTER TABLE data_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE data_key FORCE ROW LEVEL SECURITY;
CREATE POLICY one ON data_key TO keys_app
  USING (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

CREATE FUNCTION data_key_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- closed, then destroyed, and never the other way
  IF TG_OP = 'UPDATE'
     AND to_jsonb(NEW) - '{wrapped,closed_at,destroyed_at}'::text[]
       = to_jsonb(OLD) - '{wrapped,closed_at,destroyed_at}'::text[]
     AND (NEW.wrapped IS NULL OR NEW.wrapped = OLD.wrapped)
     AND (OLD.closed_at IS NULL OR NEW.closed_at = OLD.closed_at)
     AND (OLD.destroyed_at IS NULL OR NEW.destroyed_at = OLD.destroyed_at) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a data key stands until it is destroyed: no % here', TG_OP;
END $$;
CREATE TRIGGER data_key_stands BEFORE UPDATE OR DELETE ON data_key
  FOR EACH ROW EXECUTE FUNCTION data_key_stands();
CREATE TRIGGER data_key_stands_all BEFORE TRUNCATE ON data_key
  FOR EACH STATEMENT EXECUTE FUNCTION data_key_stands();

GRANT SELECT, INSERT (tenant_id, subject_id, version, wrapped, closed_at, destroyed_at),
  UPDATE (wrapped, closed_at, destroyed_at) ON data_key TO keys_app;
