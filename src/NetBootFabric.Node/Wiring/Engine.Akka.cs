using NetBootFabric.Storage;

namespace NetBootFabric.Node.Wiring;

/// <summary>Which actors these are: Akka.NET's.</summary>
internal static class Engine
{
    public const string Name = "akka";

    /// <summary>Not asked of Akka's journal: a client shows with its next packet.</summary>
    public static IEnumerable<string> PersistenceIds(INodeStore store) => [];
}
