using NetBootFabric.Boot.Clients;

namespace NetBootFabric.Cluster.Messages;

/// <summary>
/// What a ledger keeps of a client's boot: the boot as it stands at a milestone. The whole boot rather than a difference: it is small,
/// and reading the last one is enough to know the client.
/// </summary>
public sealed record BootAdvanced(BootRecord Boot, ClientAttributes Attributes, bool OnceServed)
{
    /// <summary>As of <see cref="ClientState.OnceOrder"/>.</summary>
    public long OnceOrder { get; init; }

    /// <summary>As of <see cref="ClientState.NextServed"/>.</summary>
    public long NextServed { get; init; }
}
