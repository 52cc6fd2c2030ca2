using NetBootFabric.Cluster.Messages;
using NetBootFabric.Simulation.Tests.Clients;
using NetBootFabric.Simulation.Tests.Nodes;
using NetBootFabric.Wire;

namespace NetBootFabric.Simulation.Tests;

/// <summary>Of several head nodes: who is whose.</summary>
internal sealed partial class World
{
    private static readonly ClientMessageExtractor Shards = new();

    /// <summary>A node that came or went is noticed, its shards are taken and prepared: within this.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);

    private DateTimeOffset _changedAt;

    /// <summary>Calm for so long that everybody has found his place.</summary>
    public bool IsSettled => IsCalm && Now - _changedAt > Settling && Heads.All(head => head.Serves);

    /// <summary>When a head node came, went or stood still, or trouble ended.</summary>
    public void NoteChange(string what)
    {
        Note(what);
        _changedAt = Now;
    }

    public static int ShardOf(MacAddress client)
    {
        var entity = client.Value.ToString("x12", System.Globalization.CultureInfo.InvariantCulture);
        return int.Parse(Shards.ShardId(entity), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The running head node that a machine is the business of by what the database says; null: none.</summary>
    public HeadNode? NodeOf(Machine machine)
    {
        if (!Plan.IsCluster) return Heads[0].Running;
        var owner = Database.Members.Find(ShardOf(machine.Mac))?.Owner;
        return Heads.FirstOrDefault(head => head.Name == owner)?.Running;
    }

    /// <summary>Which head node serves an address now: its own, or a survivor after a while; null: nobody.</summary>
    public Head? HolderOf(Ipv4Address server)
    {
        var home = Heads.FirstOrDefault(head => head.Server == server);
        if (home is null || home.Serves) return home;
        return home.IsReplaced ? Heads.FirstOrDefault(head => head.Serves) : null;
    }
}
