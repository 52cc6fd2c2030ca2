using System.Diagnostics.Metrics;
using NetBootFabric.AdminApi.Storms;
using NetBootFabric.Boot.Clients;
using NetBootFabric.Boot.Heads;
using NetBootFabric.Boot.Leases;
using NetBootFabric.Boot.Rooms;
using NetBootFabric.Cluster.Clients;
using NetBootFabric.Cluster.Heads;
using NetBootFabric.Cluster.Lanes;
using NetBootFabric.Storage;

namespace NetBootFabric.Node.Metrics;

/// <summary>Where the gauges of a head node look.</summary>
internal sealed record GaugeSources
{
    public required string Node { get; init; }
    public required string Engine { get; init; }
    public required ClientBoard Board { get; init; }
    public required ILeaseBook Leases { get; init; }
    public required IRoomSource Rooms { get; init; }
    public required INodeStore Store { get; init; }
    public required DhcpLane Lane { get; init; }
    public required TimeProvider Time { get; init; }

    /// <summary>Datagrams that found the DHCP sockets' buffers full.</summary>
    public required Func<long> DhcpDrops { get; init; }

    /// <summary>How many sentences pbm status warns with.</summary>
    public required Func<int> Warnings { get; init; }

    public required Func<long> CatalogRevision { get; init; }

    public required Func<UplinkView> Uplink { get; init; }

    /// <summary>Null: this head node is alone.</summary>
    public FabricMembership? Membership { get; init; }
}

/// <summary>What a head node is and has at the moment, asked at each scrape: instruments of the meter <c>NetBootFabric.Node</c>.</summary>
internal sealed class FabricGauges
{
    public const string MeterName = "NetBootFabric.Node";

    private static readonly BootPhase[] Phases = Enum.GetValues<BootPhase>();
    private readonly GaugeSources _from;

    public FabricGauges(Meter meter, GaugeSources from)
    {
        _from = from;
        meter.CreateObservableGauge("netboot.build.info", () => new Measurement<int>(1, Tag("version", Wiring.Product.Version), Tag("engine", from.Engine), Tag("node", from.Node)), description: "Always 1; which release this is");
        meter.CreateObservableGauge("netboot.warnings", from.Warnings, "{warning}", "Sentences that pbm status warns with");
        meter.CreateObservableGauge("netboot.catalog.revision", from.CatalogRevision, description: "Revision of the nodes, groups and profiles in force here");
        meter.CreateObservableGauge("netboot.clients", Clients, "{client}", "Clients whose last boot is in this phase");
        meter.CreateObservableGauge("netboot.pool.addresses", Pools, "{address}", "Addresses of a subnet's pool, by state (leased, offered, quarantined, free)");
        meter.CreateObservableGauge("netboot.dhcp.queue", Queue, "{packet}", "Packets that wait to be answered, and those that are being answered");
        meter.CreateObservableCounter("netboot.dhcp.socket_drops", from.DhcpDrops, "{packet}", "Packets that found the sockets' receive buffers full");
        Uplink(meter);
        Store(meter);
        Fabric(meter, from.Membership);
    }

    private void Uplink(Meter meter)
    {
        var uplink = _from.Uplink;
        meter.CreateObservableGauge("netboot.uplink.rate", () => uplink().OctetsPerSecond, "By/s", "Octets of content that clients got, over the last two seconds");
        meter.CreateObservableGauge("netboot.uplink.backlog", () => uplink().Backlog, "By", "Octets that running downloads have yet to move");
        meter.CreateObservableGauge("netboot.uplink.waiting", () => Waiting(uplink()), "{client}", "Who waits for room on the uplink: requests for files (transfers), and clients that were told their place in the queue (turns)");
    }

    private static Measurement<int>[] Waiting(UplinkView uplink) => [new(uplink.Waiting, Tag("kind", "transfers")), new(uplink.Turns, Tag("kind", "turns"))];

    private void Store(Meter meter)
    {
        var store = _from.Store;
        meter.CreateObservableGauge("netboot.store.writable", () => store.Status.FailingSince is null ? 1 : 0, description: "1: the last transaction was committed; 0: the store can't be written");
        meter.CreateObservableGauge("netboot.store.queue", () => store.Status.Waiting, "{write}", "Writes that wait, or are being written");
        meter.CreateObservableCounter("netboot.store.commits", () => store.Status.Commits, "{transaction}", "Transactions that were committed");
        meter.CreateObservableCounter("netboot.store.writes", () => store.Status.Items, "{write}", "Writes in them");
        meter.CreateObservableCounter("netboot.store.failures", () => store.Status.Failures, "{transaction}", "Transactions that failed");
        meter.CreateObservableCounter("netboot.store.turned_away", () => store.Status.TurnedAway, "{write}", "Writes refused because too many waited");
    }

    /// <summary>A head node that is alone says so in the same series: it has all shards, and is its only member.</summary>
    private static void Fabric(Meter meter, FabricMembership? membership)
    {
        meter.CreateObservableGauge("netboot.shards.owned", () => membership is null ? SoleOwner.Instance.Shards : Enumerable.Range(0, membership.Shards).Count(membership.Owns), "{shard}", "Shards of the clients that this head node answers for");
        meter.CreateObservableGauge("netboot.shards.unowned", () => membership is null ? 0 : Unowned(membership), "{shard}", "Shards that no head node answers for, as this one sees it");
        meter.CreateObservableGauge("netboot.members", () => Members(membership), "{node}", "Head nodes of the fabric by status, as this one sees them");
        meter.CreateObservableGauge("netboot.database.contact", () => new Measurement<int>(1, Tag("contact", membership?.Contact ?? "Alone")), description: "Always 1; how this head node stands with the database (Current, Joining, DownForAll, CutOff, Left, Alone)");
    }

    private static IEnumerable<Measurement<int>> Members(FabricMembership? membership) =>
        membership is null ? [new(1, Tag("status", "up"))] : membership.Members.CountBy(member => member.Status).Select(each => new Measurement<int>(each.Value, Tag("status", each.Key)));

    private static int Unowned(FabricMembership membership)
    {
        var live = membership.Live.ToHashSet();
        return membership.Shards - membership.Table.Count(shard => shard.Owner is { } owner && live.Contains(owner));
    }

    /// <summary>Phases that nobody is in are there too, so that a rate or an alert never lacks a series.</summary>
    private IEnumerable<Measurement<int>> Clients()
    {
        var counts = new Dictionary<BootPhase, int>();
        _from.Board.Glance(client =>
        {
            if (client.HasBoot) counts[client.Phase] = counts.GetValueOrDefault(client.Phase) + 1;
        });
        return Phases.Select(phase => new Measurement<int>(counts.GetValueOrDefault(phase), Tag("phase", phase)));
    }

    private IEnumerable<Measurement<int>> Pools()
    {
        var now = _from.Time.GetUtcNow();
        foreach (var subnet in _from.Rooms.Current.Subnets)
        {
            var (use, name) = (_from.Leases.Use(subnet, now), Tag("subnet", subnet.Network.ToString()));
            yield return new(use.Leased, name, Tag("state", "leased"));
            yield return new(use.Offered, name, Tag("state", "offered"));
            yield return new(use.Quarantined, name, Tag("state", "quarantined"));
            yield return new(use.Free, name, Tag("state", "free"));
        }
    }

    private IEnumerable<Measurement<int>> Queue()
    {
        var (waiting, underWay) = _from.Lane.Load;
        yield return new(waiting, Tag("state", "waiting"));
        yield return new(underWay, Tag("state", "under_way"));
    }

    private static KeyValuePair<string, object?> Tag(string name, object value) => new(name, value);
}
