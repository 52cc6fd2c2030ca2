-- Head nodes on Akka.NET. Which run of a member's actor system a row stands for, and in which order the members have joined: the first of those that only join begins a cluster.
ALTER TABLE member
  ADD COLUMN uid    bigint NOT NULL DEFAULT 0,
  ADD COLUMN joined bigint NOT NULL DEFAULT 0;
CREATE SEQUENCE member_joins;

DROP FUNCTION join_cluster(text, text, text, integer, text[], text);
CREATE FUNCTION join_cluster(m text, a text, f text, w integer, r text[], u bigint, sessions text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  begun bigint;
BEGIN
  PERFORM lock_exclusive(NULL);
  PERFORM lock_to_end(m, sessions, '');
  INSERT INTO member VALUES (m, a, f, w, r, 1, 0, 0, clock_timestamp(), u, nextval('member_joins'))
    ON CONFLICT (name) DO UPDATE SET address = a, fingerprint = f, weight = w, roles = r, uid = u, joined = excluded.joined,
      incarnation = member.incarnation + 1, status = 0, beat = 0, heartbeat = clock_timestamp()
    RETURNING incarnation INTO begun;
  UPDATE shard SET epoch = epoch + 1 WHERE owner = m;
  PERFORM end_sessions(sessions, '');
  RETURN begun;
END $$;

-- As take_shards, and those that the member owns already: an answer that was lost left them so. A shard's first epoch is higher than those of the leases that a head node which was alone has written.
CREATE FUNCTION acquire_shards(m text, i bigint, wanted integer[]) RETURNS SETOF shard LANGUAGE plpgsql AS $$
BEGIN
  PERFORM lock_exclusive(NULL);
  PERFORM lock_exclusive(m);
  IF NOT lives(m, i) THEN RETURN; END IF;
  IF EXISTS (SELECT FROM unnest(wanted) w WHERE w NOT IN (SELECT id FROM shard)) THEN
    INSERT INTO shard SELECT DISTINCT w, NULL, (SELECT coalesce(max(lease.epoch), 0) FROM lease) FROM unnest(wanted) w ON CONFLICT DO NOTHING;
  END IF;
  RETURN QUERY UPDATE shard s SET owner = m, epoch = epoch + 1
    WHERE id = ANY (wanted) AND (s.owner = m OR NOT EXISTS (SELECT FROM member o WHERE o.name = s.owner AND o.status < 3))
    RETURNING s.*;
END $$;

-- Shards that the incarnation owns, under the epochs named, are nobody's.
CREATE FUNCTION release_shards(m text, i bigint, given integer[], epochs bigint[]) RETURNS SETOF shard LANGUAGE plpgsql AS $$
BEGIN
  PERFORM lock_exclusive(NULL);
  PERFORM lock_exclusive(m);
  IF NOT lives(m, i) THEN RETURN; END IF;
  RETURN QUERY UPDATE shard s SET owner = NULL, epoch = s.epoch + 1
    FROM unnest(given, epochs) g (id, epoch) WHERE s.id = g.id AND s.epoch = g.epoch AND s.owner = m
    RETURNING s.*;
END $$;
