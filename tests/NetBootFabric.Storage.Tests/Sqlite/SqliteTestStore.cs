using NetBootFabric.Storage.Sqlite;

namespace NetBootFabric.Storage.Tests.Sqlite;

public sealed class SqliteTestStore : TestStore
{
    private readonly StoreFolder _folder = new();
    private readonly FixedTime _time = new();

    public override DateTimeOffset Now
    {
        get => _time.Now;
        set => _time.Now = value;
    }

    public override string Location => $"sqlite:{_folder.Database}";

    public override INodeStore Open() => SqliteStore.Open(_folder.Database, _time);

    public override void Dispose() => _folder.Dispose();
}
