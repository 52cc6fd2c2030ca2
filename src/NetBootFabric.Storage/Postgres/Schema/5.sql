-- A client may have a lease in each of several subnets: what is unique is the address. A move within a subnet is a commit and a release behind it.
ALTER TABLE lease DROP CONSTRAINT lease_pkey;
ALTER TABLE lease DROP CONSTRAINT lease_address_key;
ALTER TABLE lease ADD PRIMARY KEY (address);
CREATE INDEX lease_mac ON lease (mac);

-- Outcomes: 0 committed, 1 another client holds the address, 2 the epoch is not the right one, or the group was refused.
CREATE OR REPLACE FUNCTION commit_lease(m bigint, a bigint, t bigint, e bigint, h text, s integer, moment bigint) RETURNS smallint LANGUAGE plpgsql AS $$
BEGIN
  UPDATE lease SET expires = t, epoch = e, hostname = h, shard = s WHERE address = a AND mac = m AND epoch <= e;
  IF FOUND THEN RETURN 0; END IF;
  IF EXISTS (SELECT FROM lease WHERE mac = m AND epoch > e) THEN RETURN 2; END IF;
  DELETE FROM lease WHERE address = a AND mac <> m AND expires <= moment;
  -- Does nothing where another client's lease runs, or another node took the address meanwhile.
  INSERT INTO lease (address, mac, expires, epoch, hostname, shard) VALUES (a, m, t, e, h, s) ON CONFLICT DO NOTHING;
  IF FOUND THEN RETURN 0; END IF;
  RETURN 1;
END $$;
