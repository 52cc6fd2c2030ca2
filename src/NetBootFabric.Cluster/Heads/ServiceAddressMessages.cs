namespace NetBootFabric.Cluster.Heads;

/// <summary>To a <see cref="ServiceAddressKeeper"/>: members, or what this node may hold, changed.</summary>
public sealed record LookNow
{
    public static LookNow Instance { get; } = new();
}

/// <summary>
/// To a <see cref="ServiceAddressKeeper"/>, before this node leaves or stops: gives every address to who is up, or to nobody, and takes none any more. Answered
/// with <see cref="AddressesGivenUp"/>.
/// </summary>
public sealed record GiveUpAddresses
{
    public static GiveUpAddresses Instance { get; } = new();
}

/// <summary>None is on this machine any more; the store knows it, if it could be reached.</summary>
public sealed record AddressesGivenUp
{
    public static AddressesGivenUp Instance { get; } = new();
}
