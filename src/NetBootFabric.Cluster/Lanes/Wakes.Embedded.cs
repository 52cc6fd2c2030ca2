using NetBootFabric.Actors.Dispatch;

namespace NetBootFabric.Cluster.Lanes;

/// <summary>The actors that one batch of packets wakes, run in one go on the thread that brought them.</summary>
internal static class Wakes
{
    /// <summary>Until the value is disposed. Null: one has begun already.</summary>
    public static IDisposable? Gather() => DispatchBatch.Begin();
}
