-- What the operator says of nodes, groups and profiles, and the tokens of the admin API: rows of text that only their reader understands.
-- A row that was deleted stays, without a body, so that a head node that knows an older revision hears of it.
CREATE TABLE catalog (
  kind     smallint NOT NULL,
  key      text     NOT NULL,
  body     text,
  revision bigint   NOT NULL,
  change   uuid     NOT NULL,
  PRIMARY KEY (kind, key)
);
CREATE INDEX catalog_by_revision ON catalog (revision);
CREATE INDEX catalog_by_change ON catalog (change);

-- One row: the newest revision. Who changes the catalog locks it.
CREATE TABLE catalog_state (revision bigint NOT NULL);
INSERT INTO catalog_state VALUES (0);

-- All the changes under one new revision, or none, when a row is not at the revision that its change expects (0: that there is none), or the catalog not at its basis. A change that is sent again has its number in the rows.
CREATE FUNCTION commit_catalog(number uuid, basis bigint, kinds smallint[], keys text[], bodies text[], expected bigint[],
  OUT made bigint, OUT refused_kind smallint, OUT refused_key text, OUT refused_body text, OUT refused_revision bigint) LANGUAGE plpgsql AS $$
DECLARE newest bigint;
BEGIN
  SELECT s.revision INTO STRICT newest FROM catalog_state s FOR UPDATE;
  SELECT c.revision INTO made FROM catalog c WHERE c.change = number LIMIT 1;
  IF FOUND THEN RETURN; END IF;
  made := 0;
  IF basis <> newest THEN RETURN; END IF;
  SELECT a.kind, a.key, c.body, coalesce(c.revision, 0) INTO refused_kind, refused_key, refused_body, refused_revision
    FROM unnest(kinds, keys, expected) WITH ORDINALITY a (kind, key, expected, place) LEFT JOIN catalog c ON c.kind = a.kind AND c.key = a.key
    WHERE a.expected <> CASE WHEN c.body IS NULL THEN 0 ELSE c.revision END
    ORDER BY a.place LIMIT 1;
  IF FOUND THEN RETURN; END IF;
  made := newest + 1;
  UPDATE catalog_state SET revision = made;
  INSERT INTO catalog (kind, key, body, revision, change)
    SELECT a.kind, a.key, a.body, made, number FROM unnest(kinds, keys, bodies) a (kind, key, body)
    ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body, revision = excluded.revision, change = excluded.change;
END $$;
