using NetBootFabric.Boot.Heads;
using NetBootFabric.Wire;

namespace NetBootFabric.Cluster.Heads;

/// <summary>What a <see cref="ServiceAddressKeeper"/> works with.</summary>
public sealed record ServiceDuty
{
    /// <summary>This head node's name.</summary>
    public required string Self { get; init; }

    /// <summary>The addresses whose home it is.</summary>
    public required IReadOnlyList<Ipv4Address> Own { get; init; }

    public required IServiceAddressStore Store { get; init; }

    public required IAddressHolder Holder { get; init; }

    /// <summary>The members that may act, this one too, as they are known now: without those that are fenced or gone. Asked on any of the keeper's looks.</summary>
    public required Func<IReadOnlyList<ServiceMember>> Members { get; init; }

    /// <summary>The incarnation under which this node may hold addresses now; 0 while it may hold none: fenced, cut off, not joined.</summary>
    public required Func<long> Tenure { get; init; }

    /// <summary>Whether clients load from this node by that address now. One that can wait is given back to its home only when they do not, or after <see cref="Patience"/>.</summary>
    public Func<Ipv4Address, bool> IsBusy { get; init; } = _ => false;

    /// <summary>Since the home is up again.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Between two looks; several to an address's lifetime.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMilliseconds(250);
}
