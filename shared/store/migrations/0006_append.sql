-- Writing and reading streams in one round trip.

-- Appends the rows of several commands (t tenant, s stream, v version, p person or subject,
-- c command, e envelope, b body), each command whole or not at all. Answers the commands that met
-- a version already taken; all the rest is committed. One's conflict does not harm another.
-- Rows go in by key, else two calls could wait for each other.
CREATE FUNCTION append_many(
  t uuid[], s uuid[], v bigint[], p uuid[], c uuid[], e json[], b bytea[],
  OUT conflicts uuid[], OUT xid xid8) LANGUAGE plpgsql AS $$
DECLARE
  bad uuid[] := '{}';
  part uuid[];
  miss uuid[];
BEGIN
  PERFORM set_config('app.tenants', t::text, true);
  LOOP
    BEGIN
      WITH q AS (
        SELECT * FROM unnest(t, s, v, p, c, e, b) q (qt, qs, qv, qp, qc, qe, qb)
        WHERE NOT qc = ANY (bad)),
      i AS (
        INSERT INTO events (tenant_id, stream_id, version, subject_id, command_id, envelope, body)
        SELECT qt, qs, qv, qp, qc, qe, qb FROM q ORDER BY qt, qs, qv, qc
        ON CONFLICT DO NOTHING RETURNING command_id),
      n AS (
        SELECT qc, count(*) want, coalesce(max(g.got), 0) got
        FROM q LEFT JOIN (SELECT command_id qc, count(*) got FROM i GROUP BY 1) g USING (qc)
        GROUP BY qc)
      SELECT coalesce(array_agg(qc) FILTER (WHERE got = 0), '{}'),
        coalesce(array_agg(qc) FILTER (WHERE got > 0 AND got < want), '{}')
      INTO miss, part FROM n;
      IF part <> '{}' THEN
        RAISE SQLSTATE 'ES001';
      END IF;
      conflicts := bad || miss;
      xid := pg_current_xact_id();
      RETURN;
    EXCEPTION WHEN SQLSTATE 'ES001' THEN
      bad := bad || part;
    END;
  END LOOP;
END $$;

-- The rows of a stream after a version, in order, for the tenant's own eyes; the envelope as the
-- bytes it was written in.
CREATE FUNCTION read_stream(t uuid, s uuid, after bigint, upto bigint)
RETURNS TABLE (version bigint, subject_id uuid, command_id uuid, envelope bytea, body bytea)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.tenant', t::text, true);
  RETURN QUERY
    SELECT version, subject_id, command_id, convert_to(envelope::text, 'UTF8'), body FROM events
    WHERE tenant_id = t AND stream_id = s AND version > after
      AND version <= coalesce(upto, 9223372036854775807)
    ORDER BY version;
END $$;

-- The rows that one command left in a stream: how a repeated or ambiguous command is settled.
CREATE FUNCTION read_command(t uuid, s uuid, c uuid)
RETURNS TABLE (version bigint, subject_id uuid, command_id uuid, envelope bytea, body bytea)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.tenant', t::text, true);
  RETURN QUERY
    SELECT version, subject_id, command_id, convert_to(envelope::text, 'UTF8'), body FROM events
    WHERE tenant_id = t AND stream_id = s AND command_id = c ORDER BY version;
END $$;

GRANT EXECUTE ON FUNCTION append_many(uuid[], uuid[], bigint[], uuid[], uuid[], json[], bytea[])
  TO {service}_combine;
GRANT EXECUTE ON FUNCTION read_stream(uuid, uuid, bigint, bigint), read_command(uuid, uuid, uuid)
  TO {service}_app;
