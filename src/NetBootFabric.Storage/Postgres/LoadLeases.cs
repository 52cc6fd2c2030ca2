using NetBootFabric.Boot.Leases;
using NetBootFabric.Wire;

namespace NetBootFabric.Storage.Postgres;

internal sealed class LoadLeases : PostgresItem, IGroupRead
{
    private readonly TaskCompletionSource<LeaseInventory> _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Lease> _leases = [];
    private readonly List<Quarantine> _quarantines = [];

    public Task<LeaseInventory> Loaded => _loaded.Task;

    public override void AddTo(PostgresGroup group) => group.Reads.Add(this);

    public void AddTo(PostgresBatch batch)
    {
        _leases.Clear();
        _quarantines.Clear();
        batch.Add("SELECT mac, address, expires, hostname FROM lease", row => _leases.Add(new Lease
        {
            Client = new MacAddress((ulong)row.GetInt64(0)),
            Address = new Ipv4Address((uint)row.GetInt64(1)),
            ExpiresAt = new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero),
            HostName = row.GetString(3),
        }));
        batch.Add("SELECT address, until, reason FROM quarantine WHERE until > (SELECT clock())", row =>
            _quarantines.Add(new Quarantine(new Ipv4Address((uint)row.GetInt64(0)), new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero), row.GetString(2))));
    }

    protected override void End(Exception? failure)
    {
        if (failure is null) _loaded.SetResult(new LeaseInventory(_leases, _quarantines));
        else _loaded.SetException(failure);
    }
}
