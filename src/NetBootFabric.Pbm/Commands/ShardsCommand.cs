using System.CommandLine;
using System.Text.Json;
using NetBootFabric.AdminApi;
using NetBootFabric.Pbm.Show;

namespace NetBootFabric.Pbm.Commands;

internal static class ShardsCommand
{
    public static Command Build(CommonOptions common)
    {
        var command = new Command("shards", "Each shard of the clients: its owner, epoch and clients");
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, async (client, json) =>
        {
            var shards = await client.GetAsync(AdminRoutes.Shards, AdminJson.Default.IReadOnlyListShardView, cancellation);
            if (json) CommonOptions.PrintJson(JsonSerializer.Serialize(shards, AdminJson.Default.IReadOnlyListShardView));
            else CommonOptions.Print(ShardTable.Render(shards));
            return 0;
        }));
        return command;
    }
}
