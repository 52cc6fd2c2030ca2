-- Several head nodes on one database.
--
-- Two advisory locks keep the cluster's changes and the groups of writes apart. Advisory, since a waiter has its turn before those that come after it, which a row lock
-- does not give, and since they write nothing: a group costs one of them, however many shards it touches.
--   A member's lock: shared in each of its groups and while it takes shards; exclusive where an incarnation ends or gives a shard away (join, fence, hand over, leave).
--   The shards' lock: exclusive in what changes the shard table (join, take, hand over, leave); shared in the groups of a head node that is alone. Taken before a member's.
-- While a group runs, its member's incarnation can therefore not end, nor can a shard of that member change its owner or its epoch: what the group reads of them once, holds
-- until it is committed. A member's heart beats without either lock.

-- The shard under whose epoch a lease was written; -1: by a version that did not note it, until it is renewed.
ALTER TABLE lease ADD COLUMN shard integer NOT NULL DEFAULT -1;
CREATE INDEX lease_shard ON lease (shard);

-- Nothing was ever written to these in version 1.
DROP TABLE member, shard;

-- Status: 0 joining, 1 up, 2 leaving, 3 unreachable, 4 gone. The first three live. Beat and heartbeat change several times a second: room for that on the page.
CREATE TABLE member (
  name        text PRIMARY KEY,
  address     text NOT NULL,
  fingerprint text NOT NULL,
  weight      integer NOT NULL,
  roles       text[] NOT NULL,
  incarnation bigint NOT NULL,
  status      smallint NOT NULL,
  beat        bigint NOT NULL,
  heartbeat   timestamptz NOT NULL
) WITH (fillfactor = 20);

-- A shard has a row once it had an owner.
CREATE TABLE shard (
  id    integer PRIMARY KEY,
  owner text,
  epoch bigint NOT NULL
) WITH (fillfactor = 50);

-- Epochs come from a sequence, so that an address that was forgotten and comes back has a higher one.
CREATE TABLE service_address (
  address bigint PRIMARY KEY,
  home    text NOT NULL,
  holder  text,
  epoch   bigint NOT NULL
);
CREATE SEQUENCE service_address_epoch;

-- "NBFb", and the member's name; no name (a head node that is alone) and 0 stand for the shards' lock. Two names that share a hash only wait for each other.
CREATE FUNCTION lock_shared(m text) RETURNS void LANGUAGE sql VOLATILE AS
$$ SELECT pg_advisory_xact_lock_shared(1312966242, coalesce(hashtext(m), 0)) $$;
CREATE FUNCTION lock_exclusive(m text) RETURNS void LANGUAGE sql VOLATILE AS
$$ SELECT pg_advisory_xact_lock(1312966242, coalesce(hashtext(m), 0)) $$;

CREATE FUNCTION lives(m text, i bigint) RETURNS boolean LANGUAGE sql VOLATILE AS
$$ SELECT EXISTS (SELECT FROM member WHERE name = m AND incarnation = i AND status < 3) $$;

-- Ends the other sessions whose application name begins so, as far as that is allowed.
CREATE FUNCTION end_sessions(prefix text, except_name text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  session integer;
BEGIN
  PERFORM pg_stat_clear_snapshot();
  FOR session IN SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND starts_with(application_name, prefix) AND application_name <> except_name AND pid <> pg_backend_pid()
  LOOP
    BEGIN
      PERFORM pg_terminate_backend(session);
    EXCEPTION WHEN insufficient_privilege THEN
      NULL; -- another user's: it is refused by its incarnation
    END;
  END LOOP;
END $$;

-- A member's lock, to end what its sessions do: a group that runs has a moment to end by itself; one that hangs half-sent is ended.
CREATE FUNCTION lock_to_end(m text, prefix text, except_name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('lock_timeout', '60ms', true);
  PERFORM lock_exclusive(m);
  PERFORM set_config('lock_timeout', '500ms', true);
EXCEPTION WHEN lock_not_available THEN
  PERFORM end_sessions(prefix, except_name);
  PERFORM set_config('lock_timeout', '500ms', true);
  PERFORM lock_exclusive(m);
END $$;

CREATE FUNCTION join_cluster(m text, a text, f text, w integer, r text[], sessions text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  begun bigint;
BEGIN
  PERFORM lock_exclusive(NULL);
  PERFORM lock_to_end(m, sessions, '');
  INSERT INTO member VALUES (m, a, f, w, r, 1, 0, 0, clock_timestamp())
    ON CONFLICT (name) DO UPDATE SET address = a, fingerprint = f, weight = w, roles = r,
      incarnation = member.incarnation + 1, status = 0, beat = 0, heartbeat = clock_timestamp()
    RETURNING incarnation INTO begun;
  UPDATE shard SET epoch = epoch + 1 WHERE owner = m;
  PERFORM end_sessions(sessions, '');
  RETURN begun;
END $$;

-- The row's own lock decides between a beat and this: whoever is second sees the other.
CREATE FUNCTION fence(m text, i bigint, b bigint, session text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM member WHERE name = m AND incarnation = i AND beat = b AND status < 3) THEN RETURN false; END IF;
  PERFORM lock_to_end(m, session, '');
  UPDATE member SET status = 3 WHERE name = m AND incarnation = i AND beat = b AND status < 3;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM end_sessions(session, '');
  RETURN true;
END $$;

-- A shard's first epoch is higher than those of the leases that a head node which was alone has written.
CREATE FUNCTION take_shards(m text, i bigint, wanted integer[]) RETURNS SETOF shard LANGUAGE plpgsql AS $$
BEGIN
  PERFORM lock_exclusive(NULL);
  PERFORM lock_shared(m);
  IF NOT lives(m, i) THEN RETURN; END IF;
  IF EXISTS (SELECT FROM unnest(wanted) w WHERE w NOT IN (SELECT id FROM shard)) THEN
    INSERT INTO shard SELECT DISTINCT w, NULL, (SELECT coalesce(max(lease.epoch), 0) FROM lease) FROM unnest(wanted) w ON CONFLICT DO NOTHING;
  END IF;
  RETURN QUERY UPDATE shard s SET owner = m, epoch = epoch + 1
    WHERE id = ANY (wanted) AND NOT EXISTS (SELECT FROM member o WHERE o.name = s.owner AND o.status < 3)
    RETURNING s.*;
END $$;

CREATE FUNCTION hand_over_shards(m text, i bigint, given integer[], epochs bigint[], heir text) RETURNS SETOF shard LANGUAGE plpgsql AS $$
BEGIN
  PERFORM lock_exclusive(NULL);
  PERFORM lock_exclusive(m);
  IF NOT lives(m, i) THEN RETURN; END IF;
  RETURN QUERY UPDATE shard s SET owner = heir, epoch = s.epoch + 1
    FROM unnest(given, epochs) g (id, epoch) WHERE s.id = g.id AND s.epoch = g.epoch AND s.owner = m
    RETURNING s.*;
END $$;

CREATE FUNCTION leave_cluster(m text, i bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM lock_exclusive(NULL);
  PERFORM lock_exclusive(m);
  UPDATE member SET status = 4 WHERE name = m AND incarnation = i AND status < 3;
  IF FOUND THEN UPDATE shard SET owner = NULL, epoch = epoch + 1 WHERE owner = m; END IF;
END $$;

-- The address that is another node's home already; null: done.
CREATE FUNCTION declare_service_addresses(h text, wanted bigint[], OUT foreign_address bigint, OUT foreign_home text) LANGUAGE plpgsql AS $$
BEGIN
  LOCK TABLE service_address IN SHARE ROW EXCLUSIVE MODE;
  SELECT address, home INTO foreign_address, foreign_home FROM service_address WHERE address = ANY (wanted) AND home <> h ORDER BY address LIMIT 1;
  IF FOUND THEN RETURN; END IF;
  DELETE FROM service_address WHERE home = h AND address <> ALL (wanted);
  INSERT INTO service_address SELECT w, h, NULL, nextval('service_address_epoch') FROM unnest(wanted) w ON CONFLICT DO NOTHING;
END $$;

DROP FUNCTION commit_lease(bigint, bigint, bigint, bigint, text, bigint);
DROP FUNCTION write_group(
  uuid, bigint, smallint[], bigint[], bigint[], bigint[], bigint[], text[],
  smallint[], text[], bigint[], integer[], bigint[], integer[], text[], bytea[], bigint[]);

-- Outcomes: 0 committed, 1 another client holds the address, 2 the epoch is not the right one, or the group was refused.
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
-- Journal outcomes: 0 done, 1 the events do not follow the stream's highest, 2 the group was refused.
-- The writer is an incarnation of a member (null and 0: a head node that is alone): when that one has ended, the whole group is refused, and nothing of it written. A lease of
-- a shard that has a row is committed under that row's epoch, by the owner, or not at all.
CREATE FUNCTION write_group(
  w uuid, n bigint, by_member text, by_incarnation bigint,
  l_kind smallint[], l_mac bigint[], l_address bigint[], l_time bigint[], l_epoch bigint[], l_text text[], l_shard integer[],
  j_kind smallint[], j_name text[], j_to bigint[], j_count integer[],
  e_seq bigint[], e_serializer integer[], e_manifest text[], e_payload bytea[], e_written bigint[],
  OUT lease_outcomes smallint[], OUT journal_outcomes smallint[]) LANGUAGE plpgsql AS $$
DECLARE
  earlier writer;
  moment bigint;
  stale boolean[];
  row_id bigint;
  place integer := 0;
  first bigint;
  done boolean;
BEGIN
  -- First: who can take this lock alone knows that no group of this member holds any other.
  PERFORM lock_shared(by_member);
  -- Waits for an earlier connection of the same writer that the server still works for.
  SELECT * INTO STRICT earlier FROM writer WHERE id = w FOR UPDATE;
  IF n = earlier.number THEN
    lease_outcomes := earlier.leases;
    journal_outcomes := earlier.journal;
    RETURN;
  END IF;
  IF n < earlier.number THEN RAISE EXCEPTION 'group % comes after group %', n, earlier.number; END IF;
  IF by_member IS NOT NULL AND NOT lives(by_member, by_incarnation) THEN
    lease_outcomes := array_fill(2::smallint, ARRAY[cardinality(l_kind)]);
    journal_outcomes := array_fill(2::smallint, ARRAY[cardinality(j_kind)]);
    RETURN;
  END IF;
  moment := clock();
  lease_outcomes := array_fill(0::smallint, ARRAY[cardinality(l_kind)]);
  journal_outcomes := array_fill(0::smallint, ARRAY[cardinality(j_kind)]);
  SELECT array_agg(s.id IS NOT NULL AND (s.epoch <> l.epoch OR s.owner IS DISTINCT FROM coalesce(by_member, s.owner)) ORDER BY l.place) INTO stale
    FROM unnest(l_shard, l_epoch) WITH ORDINALITY l (shard, epoch, place) LEFT JOIN shard s ON s.id = l.shard;

  FOR i IN 1 .. cardinality(l_kind) LOOP
    CASE l_kind[i]
      WHEN 0 THEN lease_outcomes[i] := CASE WHEN stale[i] THEN 2
        ELSE commit_lease(l_mac[i], l_address[i], l_time[i], l_epoch[i], l_text[i], l_shard[i], moment) END;
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
