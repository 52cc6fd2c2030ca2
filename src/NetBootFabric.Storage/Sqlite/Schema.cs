using NetBootFabric.Storage.Writing;

namespace NetBootFabric.Storage.Sqlite;

/// <summary>The tables, and the steps from each version of them to the next. A step, once released, is never changed.</summary>
internal static class Schema
{
    /// <summary>"NBFb" in SQLite's header: tells our files from others.</summary>
    private const long ApplicationId = 0x4E424662;

    /// <summary>
    /// Step n makes version n + 1. A lease's address and MAC are integers, so that the primary key, the address, is the row id and rows take some 40 octets; times are
    /// UTC ticks. Events stand in the order written, so that a group of them fills a few pages; their index finds a stream's own. Streams' names have no index: all are in
    /// memory, where they are looked up, and a file has one writer. The shard table says which head node owns a slice of the clients; a file has one node, so it stays empty here.
    /// </summary>
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE lease (
          mac      INTEGER PRIMARY KEY,
          address  INTEGER NOT NULL UNIQUE,
          expires  INTEGER NOT NULL,
          epoch    INTEGER NOT NULL,
          hostname TEXT    NOT NULL
        );
        CREATE TABLE quarantine (
          address INTEGER PRIMARY KEY,
          until   INTEGER NOT NULL,
          reason  TEXT    NOT NULL
        );
        CREATE TABLE shard (
          shard INTEGER PRIMARY KEY,
          owner TEXT    NOT NULL,
          epoch INTEGER NOT NULL
        );
        CREATE TABLE stream (
          id      INTEGER PRIMARY KEY,
          name    TEXT    NOT NULL,
          highest INTEGER NOT NULL
        );
        CREATE TABLE event (
          id         INTEGER PRIMARY KEY,
          stream     INTEGER NOT NULL,
          seq        INTEGER NOT NULL,
          serializer INTEGER NOT NULL,
          manifest   TEXT    NOT NULL,
          payload    BLOB    NOT NULL,
          written    INTEGER NOT NULL,
          UNIQUE (stream, seq)
        );
        CREATE TABLE snapshot (
          stream     INTEGER NOT NULL,
          seq        INTEGER NOT NULL,
          serializer INTEGER NOT NULL,
          manifest   TEXT    NOT NULL,
          payload    BLOB    NOT NULL,
          written    INTEGER NOT NULL,
          PRIMARY KEY (stream, seq)
        ) WITHOUT ROWID;
        """,
        "ALTER TABLE lease ADD COLUMN shard INTEGER NOT NULL DEFAULT -1", // -1: not known, until it is renewed
        """
        CREATE TABLE catalog (
          kind     INTEGER NOT NULL,
          key      TEXT    NOT NULL,
          body     TEXT,
          revision INTEGER NOT NULL,
          PRIMARY KEY (kind, key)
        );
        CREATE INDEX catalog_by_revision ON catalog (revision);
        """,
        """
        ALTER TABLE lease RENAME TO lease_by_mac;
        CREATE TABLE lease (
          address  INTEGER PRIMARY KEY,
          mac      INTEGER NOT NULL,
          expires  INTEGER NOT NULL,
          epoch    INTEGER NOT NULL,
          hostname TEXT    NOT NULL,
          shard    INTEGER NOT NULL
        );
        INSERT INTO lease SELECT address, mac, expires, epoch, hostname, shard FROM lease_by_mac ORDER BY address;
        DROP TABLE lease_by_mac;
        CREATE INDEX lease_by_mac ON lease (mac);
        CREATE TABLE lease_clock (
          id     INTEGER PRIMARY KEY,
          wall   INTEGER NOT NULL,
          uptime INTEGER NOT NULL,
          boot   TEXT    NOT NULL
        );
        """, // a client may have a lease in each of several subnets
    ];

    /// <exception cref="StoreUnavailableException">Not our file, or one that a newer version wrote.</exception>
    public static void Migrate(SqliteConnection connection, string path) => Migrate(connection, path, Steps.Length);

    /// <param name="newest">The version to stop at.</param>
    internal static void Migrate(SqliteConnection connection, string path, int newest)
    {
        connection.Execute("BEGIN IMMEDIATE");
        RefuseOtherFiles(connection, path);
        connection.Execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, made TEXT NOT NULL)");
        var version = connection.Scalar("SELECT max(version) FROM schema_version");
        if (version > Steps.Length) throw new StoreUnavailableException($"{path} has schema version {version}; this program knows up to {Steps.Length}: run the newer one");
        for (var step = version; step < newest; step++)
        {
            connection.Execute(Steps[step]);
            connection.Execute($"INSERT INTO schema_version VALUES ({step + 1}, datetime('now'))");
        }
        connection.Execute($"PRAGMA application_id={ApplicationId}");
        connection.Execute("COMMIT");
    }

    private static void RefuseOtherFiles(SqliteConnection connection, string path)
    {
        var isOurs = connection.Scalar("PRAGMA application_id") == ApplicationId;
        var isEmpty = connection.Scalar("SELECT count(*) FROM sqlite_schema") == 0;
        if (!isOurs && !isEmpty) throw new StoreUnavailableException($"{path} is another program's database: name a file that does not exist yet");
    }
}
