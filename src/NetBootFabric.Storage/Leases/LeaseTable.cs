using NetBootFabric.Boot.Leases;
using NetBootFabric.Storage.Sqlite;
using NetBootFabric.Wire;

namespace NetBootFabric.Storage.Leases;

/// <summary>Leases and quarantines in SQLite. Every SQL statement about them stands here.</summary>
/// <param name="clock">Rows have its times.</param>
internal sealed class LeaseTable(SqliteConnection connection, LeaseClock clock)
{
    private readonly SqliteStatement _epoch = connection.Prepare("SELECT epoch FROM lease WHERE mac = ?1 ORDER BY epoch DESC LIMIT 1");

    private readonly SqliteStatement _renew = connection.Prepare(
        "UPDATE lease SET expires = ?3, hostname = ?4, epoch = ?5, shard = ?6 WHERE address = ?2 AND mac = ?1 AND epoch <= ?5");

    private readonly SqliteStatement _giveWay = connection.Prepare("DELETE FROM lease WHERE address = ?2 AND mac <> ?1 AND expires <= ?3");

    private readonly SqliteStatement _put = connection.Prepare(
        "INSERT INTO lease (mac, address, expires, hostname, epoch, shard) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");

    private readonly SqliteStatement _release = connection.Prepare("DELETE FROM lease WHERE mac = ?1 AND address = ?2");

    private readonly SqliteStatement _quarantine = connection.Prepare(
        "INSERT INTO quarantine (address, until, reason) VALUES (?1, ?2, ?3) ON CONFLICT (address) DO UPDATE SET until = ?2, reason = ?3");

    private readonly SqliteStatement _endQuarantines = connection.Prepare("DELETE FROM quarantine WHERE until <= ?1");

    private readonly SqliteStatement _allLeases = connection.Prepare("SELECT mac, address, expires, hostname, shard FROM lease");

    private readonly SqliteStatement _allQuarantines = connection.Prepare("SELECT address, until, reason FROM quarantine");

    /// <summary>A renewal is one statement. On another address an expired lease gives way; the key keeps a running one. The client's leases elsewhere are not touched.</summary>
    public LeaseCommit Commit(Lease lease, long epoch, DateTimeOffset now)
    {
        if (BindLease(_renew, lease, epoch).Run() > 0) return LeaseCommit.Committed;
        if (_epoch.Bind(1, (long)lease.Client.Value).ReadScalar(long.MinValue) > epoch) return LeaseCommit.StaleEpoch;
        _giveWay.Bind(1, (long)lease.Client.Value).Bind(2, lease.Address.Value).Bind(3, clock.ToRow(now)).Run();
        return BindLease(_put, lease, epoch).TryRun(out _) ? LeaseCommit.Committed : LeaseCommit.AddressTaken;
    }

    public void Release(MacAddress client, Ipv4Address address) => _release.Bind(1, (long)client.Value).Bind(2, address.Value).Run();

    public void Quarantine(Quarantine quarantine) =>
        _quarantine.Bind(1, quarantine.Address.Value).Bind(2, clock.ToRow(quarantine.Until)).Bind(3, quarantine.Reason).Run();

    /// <summary>Quarantines that are over are deleted on the way.</summary>
    /// <param name="shards">Null: all. A file has one node, which owns them all, so that a walk over the table serves.</param>
    public LeaseInventory Load(DateTimeOffset now, IReadOnlySet<int>? shards)
    {
        _endQuarantines.Bind(1, clock.ToRow(now)).Run();
        var leases = new List<Lease>();
        while (_allLeases.Read())
        {
            var lease = ReadLease();
            if (shards is null || lease.Shard < 0 || shards.Contains(lease.Shard)) leases.Add(lease);
        }
        var quarantines = new List<Quarantine>();
        while (_allQuarantines.Read()) quarantines.Add(new Quarantine(Address(_allQuarantines, 0), Time(_allQuarantines, 1), _allQuarantines.Text(2)));
        return new LeaseInventory(leases, quarantines) { Clock = clock.Finding };
    }

    private SqliteStatement BindLease(SqliteStatement statement, Lease lease, long epoch) => statement
        .Bind(1, (long)lease.Client.Value).Bind(2, lease.Address.Value).Bind(3, clock.ToRow(lease.ExpiresAt)).Bind(4, lease.HostName).Bind(5, epoch).Bind(6, lease.Shard);

    private Lease ReadLease() => new()
    {
        Client = new MacAddress((ulong)_allLeases.Integer(0)),
        Address = Address(_allLeases, 1),
        ExpiresAt = Time(_allLeases, 2),
        HostName = _allLeases.Text(3),
        Shard = (int)_allLeases.Integer(4),
    };

    private static Ipv4Address Address(SqliteStatement row, int column) => new((uint)row.Integer(column));

    private DateTimeOffset Time(SqliteStatement row, int column) => clock.FromRow(row.Integer(column));
}
