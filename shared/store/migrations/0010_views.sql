-- Which version of each view readers see, and how fresh the views are that must not be stale.
CREATE TABLE view_version (
    name text PRIMARY KEY,
    active int NOT NULL,
    building int,
    previous int
);
CREATE TABLE freshness (
    consumer text NOT NULL,
    source text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (consumer, source)
);
-- Neither holds anything of a tenant's; every runtime role may know them.
GRANT SELECT ON view_version, freshness TO {service}_app, {service}_reader, {service}_relay;
GRANT INSERT, UPDATE ON freshness TO {service}_reader;
