using NetBootFabric.Storage.Sqlite;

namespace NetBootFabric.Storage.Tests;

/// <summary>A folder of its own for a test's database; gone afterwards.</summary>
public sealed class StoreFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netboot-store-");

    public string Database => Path.Combine(_folder.FullName, "fabric.db");

    public SqliteStore Open(TimeProvider? time = null) => SqliteStore.Open(Database, time ?? TimeProvider.System);

    public void Dispose() => _folder.Delete(recursive: true);
}
