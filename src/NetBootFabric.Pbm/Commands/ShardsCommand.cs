using System.CommandLine;
using NetBootFabric.AdminApi;
using NetBootFabric.Pbm.Show;

namespace NetBootFabric.Pbm.Commands;

internal static class ShardsCommand
{
    public static Command Build(CommonOptions common)
    {
        var command = new Command("shards", "Each shard of the clients: its owner, epoch and clients");
        command.SetAction((parsed, cancellation) => common.ShowAsync(parsed, AdminRoutes.Shards, AdminJson.Default.IReadOnlyListShardView, ShardTable.Render, cancellation));
        return command;
    }
}
