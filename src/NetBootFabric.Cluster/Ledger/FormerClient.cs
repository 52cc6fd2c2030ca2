using NetBootFabric.Boot.Clients;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Messages;

namespace NetBootFabric.Cluster.Ledger;

/// <summary>A client as its former stream tells it.</summary>
/// <param name="IsDamaged">An event or the snapshot could not be read: what it said is lost, the rest is not.</param>
internal sealed record FormerClient(FormerStream Stream, ClientState State, bool IsDamaged)
{
    public static FormerClient Of(FormerItems former, FabricSerializer serializer)
    {
        var client = new FormerClient(former.Stream, new ClientState { Mac = former.Stream.Client }, IsDamaged: false);
        foreach (var item in former.Items) client = client.After(item, serializer);
        return client;
    }

    /// <summary>Damaged octets may be well-formed JSON of what can't be: whatever fails, fails for this item.</summary>
    private FormerClient After(FormerItem item, FabricSerializer serializer)
    {
        try
        {
            var next = serializer.FromBinary(item.Payload, item.Manifest) switch
            {
                ClientState whole => whole with { Mac = Stream.Client },
                BootAdvanced stored => Milestones.Apply(State, stored),
                _ => State,
            };
            return this with { State = PackedClient.Read(Stream.Client, PackedClient.Write(next)) };
        }
        catch (Exception damaged) when (damaged is not OutOfMemoryException)
        {
            return this with { IsDamaged = true };
        }
    }
}
