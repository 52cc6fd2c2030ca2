namespace NetBootFabric.Cluster.Heads;

/// <param name="Status">joining, up, leaving, unreachable or gone.</param>
/// <param name="Address">host:port.</param>
public sealed record HeadMember(string Name, string Status, string Address, int Weight, IReadOnlyList<string> Roles, long Incarnation);

public sealed record HeadShard(int Shard, string? Owner, long Epoch);
