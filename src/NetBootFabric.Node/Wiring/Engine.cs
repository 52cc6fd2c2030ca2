using NetBootFabric.Storage;
using NetBootFabric.Storage.Sqlite;

namespace NetBootFabric.Node.Wiring;

/// <summary>Which actors these are: Akka.NET's.</summary>
internal static class Engine
{
    public const string Name = "akka";

    /// <summary>Every persistence id that was ever written; null: not known.</summary>
    public static IEnumerable<string>? PersistenceIds(INodeStore store) => store is SqliteStore file ? LedgerFile.PersistenceIds(file.Path) : null;
}
