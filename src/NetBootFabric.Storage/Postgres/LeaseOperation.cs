using NetBootFabric.Boot.Leases;
using NetBootFabric.Wire;

namespace NetBootFabric.Storage.Postgres;

/// <summary>A change of a lease, or a quarantine.</summary>
internal sealed class LeaseOperation : PostgresItem
{
    public override string What => "lease";

    private readonly Action<LeaseCommit> _completed;
    private LeaseCommit _outcome;
    private int _place;

    private LeaseOperation(Action<LeaseCommit> completed) => _completed = completed;

    private LeaseKind Kind { get; init; }
    private MacAddress Client { get; init; }
    private Ipv4Address Address { get; init; }
    private DateTimeOffset Time { get; init; }
    private long Epoch { get; init; }
    private string Text { get; init; } = "";
    private int Shard { get; init; } = -1;

    public static LeaseOperation Commit(Lease lease, long epoch, Action<LeaseCommit> completed) =>
        new(completed)
        {
            Kind = LeaseKind.Commit,
            Client = lease.Client,
            Address = lease.Address,
            Time = lease.ExpiresAt,
            Epoch = epoch,
            Text = lease.HostName,
            Shard = lease.Shard,
        };

    public static LeaseOperation Release(MacAddress client, Ipv4Address address, Action<LeaseCommit> completed) =>
        new(completed) { Kind = LeaseKind.Release, Client = client, Address = address };

    public static LeaseOperation Quarantine(Quarantine quarantine, Action<LeaseCommit> completed) =>
        new(completed) { Kind = LeaseKind.Quarantine, Address = quarantine.Address, Time = quarantine.Until, Text = quarantine.Reason };

    public override void AddTo(PostgresGroup group) => _place = group.Leases.Add(Kind, (long)Client.Value, Address.Value, Time.UtcTicks, Epoch, Text, Shard);

    protected override Exception? Take(PostgresGroup group)
    {
        _outcome = group.LeaseOutcomes[_place] switch
        {
            0 => LeaseCommit.Committed,
            1 => LeaseCommit.AddressTaken,
            _ => LeaseCommit.StaleEpoch,
        };
        return null;
    }

    protected override void End(Exception? failure) => _completed(failure is null ? _outcome : LeaseCommit.Unavailable);
}
