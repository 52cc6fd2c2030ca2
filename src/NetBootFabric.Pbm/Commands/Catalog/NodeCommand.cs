using System.CommandLine;
using NetBootFabric.AdminApi.Catalog;
using NetBootFabric.Pbm.Api;
using NetBootFabric.Pbm.Show;

namespace NetBootFabric.Pbm.Commands.Catalog;

internal static class NodeCommand
{
    private const string Nodes = "Names, MAC addresses, n[001-128], @group, rack=r12 or any other variable, all; several with commas";

    public static Command Build(CommonOptions common) => new("node", "Nodes: what the operator says of each machine")
    {
        List(common),
        Show(common),
        Add(common),
        Set(common),
        ReplaceNic(common),
        Remove(common),
        NodeImportCommand.Build(common),
    };

    private static Command List(CommonOptions common)
    {
        var select = new Argument<string>("nodes") { Description = Nodes, DefaultValueFactory = _ => "all" };
        var command = new Command("list", "A table of nodes, with what their groups say") { select };
        command.SetAction((parsed, cancellation) => common.ShowAsync(parsed, $"{CatalogRoutes.Nodes}?select={Uri.EscapeDataString(parsed.GetValue(select)!)}", CatalogJson.Default.IReadOnlyListNodeView, NodeTable.Render, cancellation));
        return command;
    }

    private static Command Show(CommonOptions common)
    {
        var who = new Argument<string>("node") { Description = "MAC address or name" };
        var command = new Command("show", "One node: what it says itself, and what counts with its groups") { who };
        command.SetAction((parsed, cancellation) => common.ShowAsync(parsed, CatalogRoutes.Node + Uri.EscapeDataString(parsed.GetValue(who)!), CatalogJson.Default.NodeView, NodePage.Render, cancellation));
        return command;
    }

    private static Command Add(CommonOptions common)
    {
        var mac = new Argument<string>("mac") { Description = "MAC address" };
        var (settings, dryRun) = (Change.Settings(), Change.DryRun());
        var command = new Command("add", "A new node: pbm node add 52:54:00:77:00:01 name=n001 ip=10.77.0.11 group=rack1") { mac, settings, dryRun };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, (client, json) =>
        {
            var node = new NodePatch();
            foreach (var (key, value) in Change.Pairs(parsed.GetValue(settings)!))
                if (value is not null) node.Set(key, value);
            var body = Change.Text(node.ToJson(), "application/json");
            return Change.SendNewAsync(client, json, Change.Path(CatalogRoutes.Node, parsed.GetValue(mac)!, parsed.GetValue(dryRun)), body, cancellation);
        }));
        return command;
    }

    private static Command Set(CommonOptions common)
    {
        var select = new Argument<string>("nodes") { Description = Nodes };
        var (settings, dryRun, revision) = (Change.Settings(), Change.DryRun(), Change.IfRevision());
        var command = new Command("set", "Changes nodes, all of them or none: pbm node set 'n[001-128]' profile=rescue vars.rack=r1 intent=hold") { select, settings, dryRun, revision };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, (client, json) =>
        {
            var change = new NodePatch();
            foreach (var (key, value) in Change.Pairs(parsed.GetValue(settings)!)) change.Set(key, value);
            return PatchAsync(client, json, parsed.GetValue(select)!, change, parsed.GetValue(dryRun), parsed.GetValue(revision), cancellation);
        }));
        return command;
    }

    private static Command ReplaceNic(CommonOptions common)
    {
        var who = new Argument<string>("node") { Description = "MAC address or name" };
        var mac = new Argument<string>("mac") { Description = "The new card's MAC address" };
        var (dryRun, revision) = (Change.DryRun(), Change.IfRevision());
        var command = new Command("replace-nic", "A node's card was replaced: the new one is the node, and gets its address when the old one is silent") { who, mac, dryRun, revision };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, (client, json) =>
        {
            var change = new NodePatch();
            change.Set("mac", parsed.GetValue(mac)!);
            return PatchAsync(client, json, parsed.GetValue(who)!, change, parsed.GetValue(dryRun), parsed.GetValue(revision), cancellation);
        }));
        return command;
    }

    private static Command Remove(CommonOptions common)
    {
        var select = new Argument<string>("nodes") { Description = Nodes };
        var (dryRun, revision) = (Change.DryRun(), Change.IfRevision());
        var command = new Command("rm", "Removes nodes: the machines are unknown then") { select, dryRun, revision };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, (client, json) =>
            Change.SendAsync(client, json, HttpMethod.Delete, Query(parsed.GetValue(select)!, parsed.GetValue(dryRun)), null, parsed.GetValue(revision), cancellation)));
        return command;
    }

    public static Task<int> PatchAsync(AdminClient client, bool json, string select, NodePatch change, bool dryRun, string? ifRevision, CancellationToken cancellation) =>
        Change.SendAsync(client, json, HttpMethod.Patch, Query(select, dryRun), Change.Text(change.ToJson(), "application/json"), ifRevision, cancellation);

    private static string Query(string select, bool dryRun) => $"{CatalogRoutes.Nodes}?select={Uri.EscapeDataString(select)}{(dryRun ? "&dryRun=true" : "")}";
}
