-- The shard under whose epoch a lease was written; -1: by a version that did not note it, until it is renewed.
ALTER TABLE lease ADD COLUMN shard integer NOT NULL DEFAULT -1;
CREATE INDEX lease_shard ON lease (shard);

DROP FUNCTION commit_lease(bigint, bigint, bigint, bigint, text, bigint);
DROP FUNCTION write_group(
  uuid, bigint, smallint[], bigint[], bigint[], bigint[], bigint[], text[],
  smallint[], text[], bigint[], integer[], bigint[], integer[], text[], bytea[], bigint[]);

-- Outcomes: 0 committed, 1 another client holds the address, 2 the epoch is an older one.
CREATE FUNCTION commit_lease(m bigint, a bigint, t bigint, e bigint, h text, s integer, moment bigint) RETURNS smallint LANGUAGE plpgsql AS $$
DECLARE
  held lease;
BEGIN
  UPDATE lease SET expires = t, epoch = e, hostname = h, shard = s WHERE mac = m AND address = a AND epoch <= e;
  IF FOUND THEN RETURN 0; END IF;
  SELECT * INTO held FROM lease WHERE mac = m FOR UPDATE;
  IF held.epoch > e THEN RETURN 2; END IF;
  DELETE FROM lease WHERE address = a AND mac <> m AND expires <= moment;
  IF EXISTS (SELECT FROM lease WHERE address = a AND mac <> m) THEN RETURN 1; END IF;
  -- Not an update, which would end the whole transaction if another node took the address meanwhile.
  IF held.mac IS NOT NULL THEN DELETE FROM lease WHERE mac = m; END IF;
  INSERT INTO lease (mac, address, expires, epoch, hostname, shard) VALUES (m, a, t, e, h, s) ON CONFLICT DO NOTHING;
  IF FOUND THEN RETURN 0; END IF;
  IF held.mac IS NOT NULL THEN INSERT INTO lease SELECT (held).*; END IF;
  RETURN 1;
END $$;

-- Writes one group, in order. Lease kinds: 0 commit, 1 release, 2 quarantine. Journal kinds: 0 append, 1 snapshot, 2 delete events, 3 delete snapshots;
-- an item of the first two owns the next j_count entries of the e_ arrays, j_to is the number that the other two delete to.
-- Journal outcomes: 0 done, 1 the events do not follow the stream's highest.
CREATE FUNCTION write_group(
  w uuid, n bigint,
  l_kind smallint[], l_mac bigint[], l_address bigint[], l_time bigint[], l_epoch bigint[], l_text text[], l_shard integer[],
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
      WHEN 0 THEN lease_outcomes[i] := commit_lease(l_mac[i], l_address[i], l_time[i], l_epoch[i], l_text[i], l_shard[i], moment);
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
