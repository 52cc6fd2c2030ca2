namespace NetBootFabric.Cluster.Lanes;

/// <summary>This engine's dispatcher gathers what it wakes by itself.</summary>
internal static class Wakes
{
    public static IDisposable? Gather() => null;
}
