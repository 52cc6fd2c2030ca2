using NetBootFabric.Boot.Clients;
using NetBootFabric.Storage.History;
using NetBootFabric.Storage.Sqlite;

namespace NetBootFabric.Storage.Tests.History;

/// <summary>Beside the store, which has the file open.</summary>
public sealed class SqliteFormerHistoryTests : FormerHistoryCases, IDisposable
{
    private readonly StoreFolder _folder = new();
    private readonly SqliteStore _store;

    public SqliteFormerHistoryTests() => _store = _folder.Open();

    protected override IFormerHistory History => new SqliteFormerHistory(_folder.Database);

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    protected override void Execute(string statements)
    {
        using var connection = SqliteConnection.Open(_folder.Database);
        connection.Execute(statements);
    }
}
