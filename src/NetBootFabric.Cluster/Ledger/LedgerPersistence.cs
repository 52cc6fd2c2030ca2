using Akka.Configuration;
using Akka.Persistence.Sql;

namespace NetBootFabric.Cluster.Ledger;

/// <summary>
/// Akka.Persistence.Sql as the ledgers use it: few writers, each a large event now and then, all recovered at the start. Its defaults are for another use: see the remarks at each setting.
/// </summary>
public static class LedgerPersistence
{
    /// <summary>The schema in PostgreSQL, made by the store's own migration.</summary>
    public const string Schema = "netboot_fabric";

    /// <param name="connectionString">As ADO.NET wants it: of <c>Microsoft.Data.Sqlite</c>, or of Npgsql.</param>
    /// <param name="isPostgres">False: SQLite.</param>
    public static Config Configuration(string connectionString, bool isPostgres) => ConfigurationFactory.ParseString($$"""
        akka.persistence {
          max-concurrent-recoveries = {{(isPostgres ? 8 : 4)}} # each takes a connection; more only wait for each other
          journal {
            plugin = "akka.persistence.journal.sql"
            sql {
              {{Common(connectionString, isPostgres)}}
              parallelism = {{(isPostgres ? 3 : 1)}} # SQLite has one writer: more wait for its lock, a second at a time
              batch-size = 128 # all the ledgers' events of a moment in one transaction
              db-round-trip-max-batch-size = 128
              max-row-by-row-size = 128 # events are large: a statement for many of them at once is no gain
              tag-write-mode = Csv # no tags, and no table for them
              replay-filter.mode = off # a ledger that lost its shard is stopped by the unique sequence number
              # The plugin's breaker: refuse at once after a few failures, and try again soon.
              circuit-breaker { max-failures = 5, call-timeout = 10s, reset-timeout = 2s }
              default {
                {{(isPostgres ? $"schema-name = \"{Schema}\"" : "")}}
                journal.table-name = "ledger_event"
                metadata.table-name = "ledger_metadata"
                tag.table-name = "ledger_tag"
              }
            }
          }
          snapshot-store {
            plugin = "akka.persistence.snapshot-store.sql"
            sql {
              {{Common(connectionString, isPostgres)}}
              circuit-breaker { max-failures = 5, call-timeout = 20s, reset-timeout = 2s }
              default {
                {{(isPostgres ? $"schema-name = \"{Schema}\"" : "")}}
                snapshot.table-name = "ledger_snapshot"
              }
            }
          }
        }
        """).WithFallback(SqlPersistence.DefaultConfiguration);

    private static string Common(string connectionString, bool isPostgres) => $$"""
        connection-string = "{{connectionString.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}}"
              provider-name = "{{(isPostgres ? "PostgreSQL.15" : "SQLite.MS")}}"
              auto-initialize = on
              plugin-dispatcher = "akka.persistence.dispatchers.default-plugin-dispatcher"
        """;
}
