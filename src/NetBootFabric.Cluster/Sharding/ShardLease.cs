using System.Globalization;
using Akka.Coordination;
using NetBootFabric.Cluster.Membership;

namespace NetBootFabric.Cluster.Sharding;

/// <summary>One shard's lease as Cluster Sharding asks for it: the store gives it, or, where a head node is alone, whoever opens what the shard's clients need.</summary>
public sealed class ShardLease : Lease
{
    private readonly IShardLeases _leases;
    private readonly int _shard;

    /// <exception cref="ArgumentException">The lease is no shard's.</exception>
    public ShardLease(LeaseSettings settings, ExtendedActorSystem system) : base(settings)
    {
        // Sharding's names: fabric-shard-client-12.
        var name = settings.LeaseName.AsSpan();
        if (!int.TryParse(name[(name.LastIndexOf('-') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out _shard)) throw new ArgumentException($"'{settings.LeaseName}' names no shard", nameof(settings));
        _leases = MembershipExtension.Of(system) is { } state ? new MemberLeases(state) : system.Settings.Setup.Get<ShardLeaseSetup>().Value.Leases;
    }

    public override Task<bool> Acquire() => Acquire(static _ => { });

    public override Task<bool> Acquire(Action<Exception> leaseLostCallback) => _leases.AcquireAsync(_shard, leaseLostCallback);

    public override Task<bool> Release()
    {
        _leases.Release(_shard);
        return Task.FromResult(true);
    }

    public override bool CheckLease() => _leases.Owns(_shard);
}

/// <summary>The leases of a head node among others: the store's.</summary>
internal sealed class MemberLeases(MembershipState state) : IShardLeases
{
    public async Task<bool> AcquireAsync(int shard, Action<Exception> lost)
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        (await state.Keeper.ConfigureAwait(false)).Tell(new AcquireShard(shard, lost, done), ActorRefs.NoSender);
        return await done.Task.ConfigureAwait(false);
    }

    public void Release(int shard)
    {
        if (state.Keeper is { IsCompletedSuccessfully: true } keeper) keeper.Result.Tell(new ReleaseShard(shard), ActorRefs.NoSender);
    }

    public bool Owns(int shard) => state.Owns(shard);
}
