using NetBootFabric.Actors.Dispatch;

namespace NetBootFabric.Storage.Writing;

/// <summary>The actors that one commit wakes, run in one go by one other thread.</summary>
internal static class Wakes
{
    /// <summary>Until the value is disposed.</summary>
    public static IDisposable? Gather() => DispatchBatch.BeginForOthers();
}
