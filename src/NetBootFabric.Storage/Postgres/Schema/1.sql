-- MACs and addresses are integers and times UTC ticks (100 ns since the year 1), as in the file of a single node.

-- One row a lease: fillfactor leaves room for a renewal on the same page, which then touches no index.
CREATE TABLE lease (
  mac      bigint PRIMARY KEY,
  address  bigint NOT NULL UNIQUE,
  expires  bigint NOT NULL,
  epoch    bigint NOT NULL,
  hostname text   NOT NULL
) WITH (fillfactor = 80);

CREATE TABLE quarantine (
  address bigint PRIMARY KEY,
  until   bigint NOT NULL,
  reason  text   NOT NULL
);

-- The head nodes, and which of them owns a slice of the clients.
CREATE TABLE member (
  name        text PRIMARY KEY,
  address     text NOT NULL,
  fingerprint text NOT NULL,
  status      text NOT NULL,
  weight      integer NOT NULL,
  heartbeat   timestamptz NOT NULL
);
CREATE TABLE shard (
  id    integer PRIMARY KEY,
  owner text   NOT NULL,
  epoch bigint NOT NULL
);

-- One row a persistence id. Its highest sequence number counts deleted events too; who changes the stream locks the row.
CREATE TABLE stream (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name    text   NOT NULL UNIQUE,
  highest bigint NOT NULL
) WITH (fillfactor = 80);
CREATE TABLE event (
  stream     bigint  NOT NULL,
  seq        bigint  NOT NULL,
  serializer integer NOT NULL,
  manifest   text    NOT NULL,
  payload    bytea   NOT NULL,
  written    bigint  NOT NULL,
  PRIMARY KEY (stream, seq)
);
CREATE TABLE snapshot (
  stream     bigint  NOT NULL,
  seq        bigint  NOT NULL,
  serializer integer NOT NULL,
  manifest   text    NOT NULL,
  payload    bytea   NOT NULL,
  written    bigint  NOT NULL,
  PRIMARY KEY (stream, seq)
);

-- One row an open store: the last group that it wrote, and what came of it, so that a group sent again is not done twice.
CREATE TABLE writer (
  id       uuid PRIMARY KEY,
  number   bigint NOT NULL,
  leases   smallint[] NOT NULL,
  journal  smallint[] NOT NULL,
  last     timestamptz NOT NULL
) WITH (fillfactor = 50);

-- The clock that leases expire by: the database's, the same for every head node.
CREATE FUNCTION clock() RETURNS bigint LANGUAGE sql VOLATILE AS
$$ SELECT 621355968000000000 + (extract(epoch FROM clock_timestamp()) * 10000000)::bigint $$;

-- Outcomes: 0 committed, 1 another client holds the address, 2 the epoch is an older one.
CREATE FUNCTION commit_lease(m bigint, a bigint, t bigint, e bigint, h text, moment bigint) RETURNS smallint LANGUAGE plpgsql AS $$
DECLARE
  held lease;
BEGIN
  UPDATE lease SET expires = t, epoch = e, hostname = h WHERE mac = m AND address = a AND epoch <= e;
  IF FOUND THEN RETURN 0; END IF;
  SELECT * INTO held FROM lease WHERE mac = m FOR UPDATE;
  IF held.epoch > e THEN RETURN 2; END IF;
  DELETE FROM lease WHERE address = a AND mac <> m AND expires <= moment;
  IF EXISTS (SELECT FROM lease WHERE address = a AND mac <> m) THEN RETURN 1; END IF;
  -- Not an update, which would end the whole transaction if another node took the address meanwhile.
  IF held.mac IS NOT NULL THEN DELETE FROM lease WHERE mac = m; END IF;
  INSERT INTO lease (mac, address, expires, epoch, hostname) VALUES (m, a, t, e, h) ON CONFLICT DO NOTHING;
  IF FOUND THEN RETURN 0; END IF;
  IF held.mac IS NOT NULL THEN INSERT INTO lease SELECT (held).*; END IF;
  RETURN 1;
END $$;

-- The row of a stream, locked; made when there is none.
CREATE FUNCTION stream_row(n text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE row_id bigint;
BEGIN
  LOOP
    SELECT id INTO row_id FROM stream WHERE name = n FOR UPDATE;
    IF FOUND THEN RETURN row_id; END IF;
    INSERT INTO stream (name, highest) VALUES (n, 0) ON CONFLICT DO NOTHING RETURNING id INTO row_id;
    IF FOUND THEN RETURN row_id; END IF;
  END LOOP;
END $$;

-- Writes one group, in order. Lease kinds: 0 commit, 1 release, 2 quarantine. Journal kinds: 0 append, 1 snapshot, 2 delete events, 3 delete snapshots;
-- an item of the first two owns the next j_count entries of the e_ arrays, j_to is the number that the other two delete to.
-- Journal outcomes: 0 done, 1 the events do not follow the stream's highest.
CREATE FUNCTION write_group(
  w uuid, n bigint,
  l_kind smallint[], l_mac bigint[], l_address bigint[], l_time bigint[], l_epoch bigint[], l_text text[],
  j_kind smallint[], j_name text[], j_to bigint[], j_count integer[],
  e_seq bigint[], e_serializer integer[], e_manifest text[], e_payload bytea[], e_written bigint[],
  OUT lease_outcomes smallint[], OUT journal_outcomes smallint[]) LANGUAGE plpgsql AS $$
DECLARE
  earlier writer;
  moment bigint;
  row_id bigint;
  place integer := 0;
  first bigint;
  done boolean;
BEGIN
  -- Waits for an earlier connection of the same writer that the server still works for.
  SELECT * INTO STRICT earlier FROM writer WHERE id = w FOR UPDATE;
  IF n = earlier.number THEN
    lease_outcomes := earlier.leases;
    journal_outcomes := earlier.journal;
    RETURN;
  END IF;
  IF n < earlier.number THEN RAISE EXCEPTION 'group % comes after group %', n, earlier.number; END IF;
  moment := clock();
  lease_outcomes := array_fill(0::smallint, ARRAY[cardinality(l_kind)]);
  journal_outcomes := array_fill(0::smallint, ARRAY[cardinality(j_kind)]);

  FOR i IN 1 .. cardinality(l_kind) LOOP
    CASE l_kind[i]
      WHEN 0 THEN lease_outcomes[i] := commit_lease(l_mac[i], l_address[i], l_time[i], l_epoch[i], l_text[i], moment);
      WHEN 1 THEN DELETE FROM lease WHERE mac = l_mac[i] AND address = l_address[i];
      WHEN 2 THEN INSERT INTO quarantine (address, until, reason) VALUES (l_address[i], l_time[i], l_text[i])
        ON CONFLICT (address) DO UPDATE SET until = excluded.until, reason = excluded.reason;
    END CASE;
  END LOOP;

  FOR i IN 1 .. cardinality(j_kind) LOOP
    CASE j_kind[i]
      WHEN 0 THEN
        first := e_seq[place + 1];
        UPDATE stream SET highest = first + j_count[i] - 1 WHERE name = j_name[i] AND highest = first - 1 RETURNING id INTO row_id;
        done := FOUND;
        IF NOT done AND first = 1 THEN
          INSERT INTO stream (name, highest) VALUES (j_name[i], j_count[i]) ON CONFLICT DO NOTHING RETURNING id INTO row_id;
          done := FOUND;
        END IF;
        IF done THEN
          FOR e IN place + 1 .. place + j_count[i] LOOP
            INSERT INTO event VALUES (row_id, e_seq[e], e_serializer[e], e_manifest[e], e_payload[e], e_written[e]);
          END LOOP;
        ELSE
          journal_outcomes[i] := 1;
        END IF;
        place := place + j_count[i];
      WHEN 1 THEN
        place := place + 1;
        row_id := stream_row(j_name[i]);
        UPDATE stream SET highest = greatest(highest, e_seq[place]) WHERE id = row_id;
        INSERT INTO snapshot VALUES (row_id, e_seq[place], e_serializer[place], e_manifest[place], e_payload[place], e_written[place])
          ON CONFLICT (stream, seq) DO UPDATE SET serializer = excluded.serializer, manifest = excluded.manifest,
            payload = excluded.payload, written = excluded.written;
      WHEN 2 THEN DELETE FROM event WHERE stream = (SELECT id FROM stream WHERE name = j_name[i]) AND seq <= j_to[i];
      WHEN 3 THEN DELETE FROM snapshot WHERE stream = (SELECT id FROM stream WHERE name = j_name[i]) AND seq <= j_to[i];
    END CASE;
  END LOOP;

  UPDATE writer SET number = n, leases = lease_outcomes, journal = journal_outcomes, last = now() WHERE id = w;
END $$;
