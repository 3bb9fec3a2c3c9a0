-- The log of each subscription, and how far sending has come. No words stand here: what an event
-- may tell is asked of the views when it leaves.

-- How far each log goes. Its row is locked while a place is given, so that there is no hole.
CREATE TABLE subscription_head (
  tenant_id uuid NOT NULL,
  subscription uuid NOT NULL,
  last bigint NOT NULL DEFAULT 0,
  -- up to here rows were removed when they had been kept long enough
  removed bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, subscription)
) WITH (fillfactor = 50);

-- `whose`: the person whose events go one after the other; the organisation's own id for a test,
-- and for what was erased. `state`: 0 to be sent, 1 sent, 2 given up, 3 for the feed only.
CREATE TABLE delivery (
  tenant_id uuid NOT NULL,
  subscription uuid NOT NULL,
  sequence bigint NOT NULL,
  id uuid NOT NULL,
  whose uuid NOT NULL,
  entry uuid NOT NULL,
  source text NOT NULL,
  type text NOT NULL,
  at timestamptz NOT NULL,
  by_her boolean NOT NULL,
  gpos bigint NOT NULL,
  era int NOT NULL,
  lane smallint NOT NULL,
  state smallint NOT NULL CHECK (state BETWEEN 0 AND 3),
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, subscription, sequence)
);
CREATE UNIQUE INDEX delivery_id ON delivery (tenant_id, subscription, id);
CREATE INDEX delivery_whose ON delivery (tenant_id, whose);
CREATE INDEX delivery_time ON delivery (tenant_id, subscription, made_at);
CREATE INDEX delivery_waiting ON delivery (tenant_id, subscription, whose, sequence) WHERE state = 0;
CREATE INDEX delivery_missing ON delivery (tenant_id, subscription, sequence) WHERE state IN (0, 2);
CREATE INDEX delivery_old ON delivery (made_at);

-- Whose turn it is, and when: one row for each person of a subscription with something to be sent.
CREATE TABLE delivery_queue (
  tenant_id uuid NOT NULL,
  subscription uuid NOT NULL,
  whose uuid NOT NULL,
  due_at timestamptz NOT NULL,
  failures int NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, subscription, whose)
) WITH (fillfactor = 50);
CREATE INDEX delivery_queue_due ON delivery_queue (tenant_id, subscription, due_at);

-- Every attempt, with how long it took; what was sent and answered is not kept.
CREATE TABLE delivery_attempt (
  tenant_id uuid NOT NULL,
  subscription uuid NOT NULL,
  sequence bigint NOT NULL,
  at timestamptz NOT NULL,
  outcome text NOT NULL,
  status int,
  milliseconds int NOT NULL,
  PRIMARY KEY (tenant_id, subscription, at, sequence)
);

-- Up to where a partner that polls has acknowledged.
CREATE TABLE feed_acknowledged (
  tenant_id uuid NOT NULL,
  subscription uuid NOT NULL,
  sequence bigint NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, subscription)
) WITH (fillfactor = 50);

-- Whom a partner was told to erase, and whether it has said that it did.
CREATE TABLE erasure_told (
  tenant_id uuid NOT NULL,
  subscription uuid NOT NULL,
  id uuid NOT NULL,
  partner uuid NOT NULL,
  sequence bigint NOT NULL,
  told_at timestamptz NOT NULL,
  chased_at timestamptz NOT NULL,
  chased int NOT NULL DEFAULT 0,
  acknowledged_at timestamptz,
  PRIMARY KEY (tenant_id, subscription, id)
);
CREATE INDEX erasure_told_waiting ON erasure_told (chased_at) WHERE acknowledged_at IS NULL;

-- Of whom something was ever told, by the log or by a snapshot: who must hear that it has ended.
CREATE TABLE person_told (
  tenant_id uuid NOT NULL,
  subscription uuid NOT NULL,
  whose uuid NOT NULL,
  PRIMARY KEY (tenant_id, whose, subscription)
);

SELECT keep_apart('person_told');
SELECT keep_apart('subscription_head');
SELECT keep_apart('delivery');
SELECT keep_apart('delivery_queue');
SELECT keep_apart('delivery_attempt');
SELECT keep_apart('feed_acknowledged');
SELECT keep_apart('erasure_told');

GRANT SELECT, INSERT, UPDATE, DELETE ON
  person_told, subscription_head, delivery, delivery_queue, delivery_attempt, feed_acknowledged, erasure_told
  TO {service}_reader;
GRANT SELECT, INSERT ON person_told TO {service}_app;
GRANT SELECT ON subscription_head, erasure_told TO {service}_app;
GRANT SELECT, UPDATE ON delivery TO {service}_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON delivery_queue TO {service}_app;
GRANT SELECT, INSERT ON delivery_attempt TO {service}_app;
GRANT SELECT, INSERT, UPDATE ON feed_acknowledged TO {service}_app;
