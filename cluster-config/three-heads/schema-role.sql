-- Role and database of the head nodes, once, as a superuser of the PostgreSQL server (15 or newer). A second run changes the password and nothing else.
--   sudo -u postgres psql -v password=change-me -f schema-role.sql
-- netbootd makes and migrates its tables itself. Besides, the server needs
--   in postgresql.conf:  listen_addresses = '10.0.0.9'     where the head nodes reach it
--                        fsync, synchronous_commit         left on: an acknowledged lease has to survive a power cut
--   in pg_hba.conf:      host netboot netboot 10.0.0.0/24 scram-sha-256
-- Each head node keeps a handful of connections.
\set ON_ERROR_STOP on
SELECT 'CREATE ROLE netboot LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'netboot') \gexec
ALTER ROLE netboot PASSWORD :'password';
SELECT 'CREATE DATABASE netboot OWNER netboot TEMPLATE template0 ENCODING ''UTF8'' LC_COLLATE ''C'' LC_CTYPE ''C'''
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'netboot') \gexec
REVOKE CONNECT ON DATABASE netboot FROM PUBLIC;
