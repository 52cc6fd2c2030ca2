using System.Globalization;
using NetBootFabric.Cluster.Messages;
using NetBootFabric.Storage;
using NetBootFabric.Wire;

namespace NetBootFabric.Node.Wiring;

/// <summary>Clients that the journal knows from before this start: each is woken once, so that lists show it and a silence that began earlier is noticed.</summary>
internal static class KnownClients
{
    private const string Prefix = "client-";

    /// <returns>How many there are.</returns>
    public static int Wake(IActorRef region, INodeStore store)
    {
        var count = 0;
        foreach (var id in Engine.PersistenceIds(store))
        {
            if (!id.StartsWith(Prefix, StringComparison.Ordinal) || !ulong.TryParse(id.AsSpan(Prefix.Length), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var mac)) continue;
            region.Tell(new Wake(new MacAddress(mac)), ActorRefs.NoSender);
            count++;
        }
        return count;
    }
}
