-- Writing and reading streams in one round trip.

-- Appends the rows of several commands (t tenant, s stream, v version, p person or subject,
-- c command, e envelope, b body), each command whole or not at all. Answers the commands that met
-- a version already taken; all the rest is committed. One's conflict does not harm another.
-- Rows go in by key, else two calls could wait for each other.
CREATE FUNCTION append_many(
  t uuid[], s uuid[], v bigint[], p uuid[], c uuid[], e json[], b bytea[],
  OUT conflicts uuid[], OUT xid xid8) LANGUAGE plpgsql AS $$
DECLARE
  rows int := cardinality(c);
  stored int;
  part uuid[];
BEGIN
  PERFORM set_config('app.tenants', t::text, true);
  conflicts := '{}';
  IF rows = 1 OR rows = (SELECT count(DISTINCT one) FROM unnest(c) one) THEN
    -- a row each: none can be stored in part, so nothing will have to be taken back
    INSERT INTO events (tenant_id, stream_id, version, subject_id, command_id, envelope, body)
      SELECT * FROM unnest(t, s, v, p, c, e, b) q (qt, qs, qv, qp, qc, qe, qb)
      ORDER BY qt, qs, qv, qc ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS stored = ROW_COUNT;
    IF stored < rows THEN
      SELECT array_agg(qc) INTO conflicts
        FROM append_outcome(c, conflicts) WHERE got < want;
    END IF;
    xid := pg_current_xact_id();
    RETURN;
  END IF;
  LOOP
    BEGIN
      INSERT INTO events (tenant_id, stream_id, version, subject_id, command_id, envelope, body)
        SELECT * FROM unnest(t, s, v, p, c, e, b) q (qt, qs, qv, qp, qc, qe, qb)
        WHERE NOT qc = ANY (conflicts) ORDER BY qt, qs, qv, qc ON CONFLICT DO NOTHING;
      GET DIAGNOSTICS stored = ROW_COUNT;
      IF stored < rows THEN
        SELECT array_agg(qc) INTO part
          FROM append_outcome(c, conflicts) WHERE got > 0 AND got < want;
        IF part IS NOT NULL THEN
          RAISE SQLSTATE 'ES001';
        END IF;
        conflicts := conflicts || ARRAY(SELECT qc FROM append_outcome(c, conflicts) WHERE got = 0);
      END IF;
      xid := pg_current_xact_id();
      RETURN;
    EXCEPTION WHEN SQLSTATE 'ES001' THEN
      conflicts := conflicts || part;  -- taken back whole; again without it
    END;
  END LOOP;
END $$;

-- How many rows of each command were wanted, and how many this transaction has stored.
CREATE FUNCTION append_outcome(c uuid[], without uuid[])
RETURNS TABLE (qc uuid, want bigint, got bigint) LANGUAGE sql STABLE AS $$
  SELECT qc, count(*), (SELECT count(*) FROM events
    WHERE xid = pg_current_xact_id_if_assigned() AND command_id = qc)
  FROM unnest(c) qc WHERE NOT qc = ANY (without) GROUP BY qc
$$;

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

GRANT EXECUTE ON FUNCTION append_outcome(uuid[], uuid[]),
  append_many(uuid[], uuid[], bigint[], uuid[], uuid[], json[], bytea[])
  TO {service}_combine;
GRANT EXECUTE ON FUNCTION read_stream(uuid, uuid, bigint, bigint), read_command(uuid, uuid, uuid)
  TO {service}_app;
