namespace NetBootFabric.Storage.Postgres;

/// <summary>As whom a head node writes: an incarnation of a member, as the cluster's store began it. When it is fenced, nothing more is written for it.</summary>
public sealed record StoreIncarnation(string Member, long Number);
