namespace NetBootFabric.AdminApi;

/// <param name="Leader">A head node; null: none is agreed upon now.</param>
/// <param name="Seen">By which head node.</param>
public sealed record LeaderView(string? Leader, string Seen);

/// <summary>Where one kind of sharded actors is on one head node.</summary>
/// <param name="Type">The shard type's name.</param>
/// <param name="Node">The head node.</param>
public sealed record RegionView(string Type, string Node, IReadOnlyList<RegionShardView> Shards);

/// <param name="Entities">Actors in memory.</param>
public sealed record RegionShardView(string Shard, int Entities);

/// <summary>One actor of a tree that is told from the top, a parent before its children.</summary>
/// <param name="Depth">0: a start.</param>
/// <param name="Type">Of its code.</param>
/// <param name="Children">How many it has; of many, only some follow.</param>
public sealed record ActorLine(int Depth, string Name, string Type, int Children);
