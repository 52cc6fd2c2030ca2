namespace NetBootFabric.Cluster.Lanes;

/// <summary>This engine's dispatcher gathers what it wakes by itself.</summary>
internal static class Turn
{
    public static IDisposable? Begin() => null;
}
