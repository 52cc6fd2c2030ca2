namespace NetBootFabric.Simulation.Tests.Nodes;

internal static class Journals
{
    public static JournalStore New(TimeProvider time) => new(time);
}
