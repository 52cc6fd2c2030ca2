namespace NetBootFabric.Simulation.Tests.Nodes;

internal static class Journals
{
    /// <summary>A client boots, whatever of its history can be read.</summary>
    public static JournalStore New(TimeProvider time) => new(time) { UnreadIsEmpty = true };
}
