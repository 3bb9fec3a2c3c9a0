-- Which version of each view readers see, and which is being built beside it.
CREATE TABLE view_version (
    name text PRIMARY KEY,
    active int NOT NULL,
    building int,
    previous int
);
ALTER TABLE view_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE view_version FORCE ROW LEVEL SECURITY;
-- nothing of a tenant's stands in it
CREATE POLICY known ON view_version FOR SELECT
  TO {service}_app, {service}_reader, {service}_relay USING (true);
CREATE POLICY moved ON view_version TO {service}_owner USING (true) WITH CHECK (true);
GRANT SELECT ON view_version TO {service}_app, {service}_reader, {service}_relay;

-- consumers of other services ask how far this one's index by subject has come
CREATE POLICY asked ON lane_cursor FOR SELECT TO {service}_relay USING (true);
GRANT SELECT ON lane_cursor TO {service}_relay;
