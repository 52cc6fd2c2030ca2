using System.CommandLine;
using NetBootFabric.AdminApi;

namespace NetBootFabric.Pbm.Commands;

internal static class Root
{
    public static RootCommand Build()
    {
        var server = new Option<string>("--server")
        {
            Description = $"Admin API of any head node, host:port. Default: $PBM_SERVER, else 127.0.0.1:{AdminRoutes.DefaultPort}",
            Recursive = true,
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("PBM_SERVER") is { Length: > 0 } named ? named : $"127.0.0.1:{AdminRoutes.DefaultPort}",
        };
        var json = new Option<bool>("--json") { Description = "JSON for scripts instead of a table; watch writes a line an event", Recursive = true };
        var common = new CommonOptions(server, json);
        return new RootCommand("Asks a NetBoot Fabric what its clients do.")
        {
            server,
            json,
            StatusCommand.Build(common),
            ClientsCommand.Build(common),
            ClientCommand.Build(common),
            WatchCommand.Build(common),
            ClusterCommand.Build(common),
            ShardsCommand.Build(common),
            ReloadCommand.Build(common),
        };
    }
}
