namespace NetBootFabric.Cluster.Heads;

public enum ServiceStanding
{
    /// <summary>Keeps what stands under its name; gets nothing.</summary>
    Joining,
    Up,

    /// <summary>Gives away what it holds.</summary>
    Leaving,
}

/// <summary>A head node that may still act. One that is fenced or gone is no member: what it held is free.</summary>
/// <param name="Weight">Its share of what has no home that is up.</param>
public sealed record ServiceMember(string Name, int Weight, ServiceStanding Standing);
