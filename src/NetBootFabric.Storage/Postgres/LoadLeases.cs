using NetBootFabric.Boot.Leases;
using NetBootFabric.Wire;

namespace NetBootFabric.Storage.Postgres;

/// <param name="shards">Null: all.</param>
/// <param name="completed">The inventory, or why there is none.</param>
internal sealed class LoadLeases(IReadOnlyList<int>? shards, Action<LeaseInventory?, Exception?> completed) : PostgresItem, IGroupRead
{
    private const string Every = "SELECT mac, address, expires, hostname, shard FROM lease";

    /// <summary>-1: the row was written before shards were noted.</summary>
    private const string OfShards = Every + " WHERE shard = ANY ($1 || -1)";

    private readonly List<Lease> _leases = [];
    private readonly List<Quarantine> _quarantines = [];

    public override void AddTo(PostgresGroup group) => group.Reads.Add(this);

    public void AddTo(PostgresBatch batch)
    {
        _leases.Clear();
        _quarantines.Clear();
        var parameters = batch.Add(shards is null ? Every : OfShards, row => _leases.Add(new Lease
        {
            Client = new MacAddress((ulong)row.GetInt64(0)),
            Address = new Ipv4Address((uint)row.GetInt64(1)),
            ExpiresAt = new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero),
            HostName = row.GetString(3),
            Shard = row.GetInt32(4),
        }));
        if (shards is not null) PostgresBatch.Add(parameters, shards.ToArray());
        batch.Add("SELECT address, until, reason FROM quarantine WHERE until > (SELECT clock())", row =>
            _quarantines.Add(new Quarantine(new Ipv4Address((uint)row.GetInt64(0)), new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero), row.GetString(2))));
    }

    protected override void End(Exception? failure) => completed(failure is null ? new LeaseInventory(_leases, _quarantines) : null, failure);
}
