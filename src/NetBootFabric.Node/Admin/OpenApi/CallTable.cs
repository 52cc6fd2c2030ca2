using NetBootFabric.AdminApi;
using NetBootFabric.AdminApi.Access;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.AdminApi.Doctor;
using NetBootFabric.AdminApi.Import;
using NetBootFabric.AdminApi.Live;
using NetBootFabric.AdminApi.Packets;
using NetBootFabric.AdminApi.Power;
using NetBootFabric.AdminApi.Storms;
using NetBootFabric.AdminApi.Why;

namespace NetBootFabric.Node.Admin.OpenApi;

/// <summary>Each call of the admin API in a line: what it does, takes and answers. A call that is not here fails a test.</summary>
internal static class CallTable
{
    private const string Yaml = "application/yaml";
    private const string Stream = "text/event-stream";

    public static readonly IReadOnlyDictionary<string, CallText> Calls = new Dictionary<string, CallText>
    {
        ["GET " + AdminRoutes.Status] = new("This head node at a glance", Answers: AdminJson.Default.StatusView),
        ["GET " + AdminRoutes.Clients] = new("All clients, or those in one phase", Answers: AdminJson.Default.IReadOnlyListClientSummary),
        ["GET " + AdminRoutes.Client + "{who}"] = new("One client, by MAC address or name", Answers: AdminJson.Default.ClientDetail),
        ["GET " + AdminRoutes.Client + "{who}" + PacketsRoutes.Packets] = new("The last packets of a client, decoded, and what was decided about them", Answers: PacketsJson.Default.PacketsView),
        ["GET " + AdminRoutes.Client + "{who}" + PacketsRoutes.Capture] = new("The same packets as a capture file", Media: "application/vnd.tcpdump.pcap"),
        ["GET " + AdminRoutes.Client + "{who}" + WhyRoutes.Suffix] = new("Why a client does not boot, or that it does: a sentence, the evidence, what to do", Answers: WhyJson.Default.WhyView),
        ["GET " + WhyRoutes.All] = new("Every client that does not get on, by cause", Answers: WhyJson.Default.WhyReport),
        ["GET " + AdminRoutes.Metrics] = new("Metrics of this head node, for Prometheus", Media: "text/plain"),
        ["GET " + AdminRoutes.Watch] = new("Each phase as it is entered, as server-sent events", Answers: AdminJson.Default.WatchEvent, Media: Stream),
        ["GET " + AdminRoutes.Cluster] = new("The head nodes", Answers: AdminJson.Default.ClusterView),
        ["GET " + AdminRoutes.Shards] = new("Each shard's owner, epoch and clients", Answers: AdminJson.Default.IReadOnlyListShardView),
        ["GET " + AdminRoutes.Leader] = new("Which head node leads the cluster of the actor systems", Answers: AdminJson.Default.LeaderView),
        ["GET " + AdminRoutes.Regions] = new("The regions of sharded actors, and how many each shard has in memory", Answers: AdminJson.Default.IReadOnlyListRegionView),
        ["GET " + AdminRoutes.Actors] = new("The tree of this head node's actors", Answers: AdminJson.Default.IReadOnlyListActorLine),
        ["POST " + AdminRoutes.Leave + "{name}"] = new("Has a head node give its clients to the others and leave", Answers: AdminJson.Default.LeaveResult),
        ["POST " + AdminRoutes.Reload] = new("Reads the configuration again", Answers: AdminJson.Default.ReloadResult),
        ["GET " + AdminRoutes.Live] = new("Whether this head node is alive: 503 when it is to be restarted", Answers: AdminJson.Default.HealthView),
        ["GET " + AdminRoutes.Ready] = new("Whether this head node serves clients: 503 when it does not, as while it starts or drains", Answers: AdminJson.Default.HealthView),
        ["GET " + DoctorRoutes.Doctor] = new("Whether hosts and networks of the head nodes are fit", Answers: DoctorJson.Default.DoctorView),
        ["GET " + CatalogRoutes.Nodes] = new("Node entries: all, or those that a selector names", Answers: CatalogJson.Default.IReadOnlyListNodeView),
        ["GET " + CatalogRoutes.Node + "{who}"] = new("One node entry; its ETag is its revision", Answers: CatalogJson.Default.NodeView),
        ["PUT " + CatalogRoutes.Node + "{mac}"] = new("Writes one node entry; If-Match takes the revision it was made from", CatalogJson.Default.NodeSpec, CatalogJson.Default.ApplyResult),
        ["DELETE " + CatalogRoutes.Node + "{who}"] = new("Removes one node entry", Answers: CatalogJson.Default.ApplyResult),
        ["PATCH " + CatalogRoutes.Nodes] = new("Changes fields of all nodes that a selector names", CatalogJson.Default.NodeSpec, CatalogJson.Default.ApplyResult),
        ["DELETE " + CatalogRoutes.Nodes] = new("Removes all node entries that a selector names", Answers: CatalogJson.Default.ApplyResult),
        ["GET " + CatalogRoutes.Groups] = new("All groups", Answers: CatalogJson.Default.IReadOnlyListGroupView),
        ["GET " + CatalogRoutes.Group + "{name}"] = new("One group; its ETag is its revision", Answers: CatalogJson.Default.GroupView),
        ["PUT " + CatalogRoutes.Group + "{name}"] = new("Writes one group", CatalogJson.Default.GroupSpec, CatalogJson.Default.ApplyResult),
        ["DELETE " + CatalogRoutes.Group + "{name}"] = new("Removes one group", Answers: CatalogJson.Default.ApplyResult),
        ["GET " + CatalogRoutes.Profiles] = new("All profiles", Answers: CatalogJson.Default.IReadOnlyListProfileView),
        ["GET " + CatalogRoutes.Profile + "{name}"] = new("One profile; its ETag is its revision", Answers: CatalogJson.Default.ProfileView),
        ["PUT " + CatalogRoutes.Profile + "{name}"] = new("Writes one profile", CatalogJson.Default.ProfileSpec, CatalogJson.Default.ApplyResult),
        ["DELETE " + CatalogRoutes.Profile + "{name}"] = new("Removes one profile", Answers: CatalogJson.Default.ApplyResult),
        ["POST " + CatalogRoutes.Apply] = new("Puts a set of entries in force, all or nothing; the answer is what changed. Takes YAML as well", CatalogJson.Default.CatalogDocument, CatalogJson.Default.ApplyResult),
        ["GET " + CatalogRoutes.Export] = new("All entries, as apply takes them", Media: Yaml),
        ["GET " + CatalogRoutes.Leases] = new("The leases", Answers: CatalogJson.Default.IReadOnlyListLeaseRow),
        ["DELETE " + CatalogRoutes.Lease + "{who}"] = new("Ends the lease on an address, or all leases of a MAC address; all head nodes hear of it", Answers: CatalogJson.Default.IReadOnlyListLeaseRow),
        ["GET " + StormRoutes.Storm] = new("The storm: how far it is, who is behind, what failed", Answers: StormJson.Default.StormView),
        ["GET " + RoomRoutes.Room] = new("The room at a glance, a short line a client", Answers: RoomJson.Default.RoomView),
        ["GET " + RoomRoutes.Stream] = new("The room as server-sent events: all of it, then each second what changed", Answers: RoomJson.Default.RoomDelta, Media: Stream),
        ["POST " + ImportRoutes.Import] = new("Adds what another system's configuration says; lists what it could not carry over", Answers: ImportJson.Default.ImportView),
        ["POST " + PowerRoutes.Power] = new("Switches machines; server-sent events tell of each", PowerJson.Default.PowerWish, PowerJson.Default.PowerEvent, Stream),
        ["GET " + AccessRoutes.Tokens] = new("The tokens, without their secrets", Answers: AccessJson.Default.IReadOnlyListTokenView),
        ["POST " + AccessRoutes.Tokens] = new("Makes a token; its secret is in this answer alone", AccessJson.Default.TokenWish, AccessJson.Default.TokenMade, Status: 201),
        ["DELETE " + AccessRoutes.Token + "{name}"] = new("Removes a token; what runs by it ends", Answers: AccessJson.Default.TokenView),
        ["GET " + AccessRoutes.Session] = new("Who is asking, and what the token allows", Answers: AccessJson.Default.SessionView),
        ["POST " + AccessRoutes.Session] = new("Signs a browser in: the token becomes a cookie", AccessJson.Default.SessionWish, AccessJson.Default.SessionView),
        ["DELETE " + AccessRoutes.Session] = new("Signs a browser out", Status: 204),
        ["GET " + AccessRoutes.OpenApi] = new("This document", Media: "application/json"),
    };
}
