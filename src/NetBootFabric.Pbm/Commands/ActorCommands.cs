using System.CommandLine;
using System.Globalization;
using NetBootFabric.AdminApi;
using NetBootFabric.Pbm.Show;

namespace NetBootFabric.Pbm.Commands;

/// <summary>Petabridge.Cmd's words for sharded actors and for the tree of actors.</summary>
internal static class ActorCommands
{
    public static Command Sharding(CommonOptions common) => new("cluster-sharding", "The regions of sharded actors, as Akka.NET has them; pbm shards shows the clients' shards")
    {
        Regions("list-regions", "Each kind of sharded actor, and the head nodes that have a region of it", common, ActorTable.Regions),
        Regions("region-stats", "How many actors each shard has in memory", common, ActorTable.Shards),
    };

    public static Command Actor(CommonOptions common) => new("actor", "The actors of a head node") { Hierarchy(common) };

    private static Command Regions(string name, string description, CommonOptions common, Func<IReadOnlyList<RegionView>, Spectre.Console.Rendering.IRenderable> render)
    {
        var type = new Option<string?>("--type", "-t") { Description = "Of this kind only, as client" };
        var command = new Command(name, description) { type };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, async (client, json) =>
        {
            var all = await client.GetAsync(AdminRoutes.Regions, AdminJson.Default.IReadOnlyListRegionView, cancellation);
            IReadOnlyList<RegionView> chosen = [.. all.Where(region => parsed.GetValue(type) is not { } only || region.Type == only)];
            CommonOptions.Print(chosen, AdminJson.Default.IReadOnlyListRegionView, json, render);
            return 0;
        }));
        return command;
    }

    private static Command Hierarchy(CommonOptions common)
    {
        var start = new Option<string?>("--start", "-s") { Description = "The actor to begin with, as /system/sharding/client" };
        var depth = new Option<int>("--depth", "-d") { Description = "Levels below it", DefaultValueFactory = _ => 4 };
        var command = new Command("hierarchy", "The tree of actors of the head node that is asked") { start, depth };
        command.SetAction((parsed, cancellation) =>
        {
            var query = $"?depth={parsed.GetValue(depth).ToString(CultureInfo.InvariantCulture)}{(parsed.GetValue(start) is { } from ? $"&start={Uri.EscapeDataString(from)}" : "")}";
            return common.ShowAsync(parsed, AdminRoutes.Actors + query, AdminJson.Default.IReadOnlyListActorLine, ActorTable.Tree, cancellation);
        });
        return command;
    }
}
