using System.CommandLine;

namespace NetBootFabric.Pbm.Commands;

internal static class Root
{
    public static RootCommand Build()
    {
        var common = new CommonOptions();
        var root = new RootCommand("Asks a NetBoot Fabric what its clients do, and steers it.")
        {
            StatusCommand.Build(common),
            ClientsCommand.Build(common),
            ClientCommand.Build(common),
            PacketsCommand.Build(common),
            WhyCommand.Build(common),
            WatchCommand.Build(common),
            ClusterCommand.Build(common),
            ShardsCommand.Build(common),
            StormCommand.Build(common),
            DoctorCommand.Build(common),
            new Command("node", "Nodes: what the operator says of clients") { NodeImportCommand.Build(common) },
            PowerCommand.Build(common),
            ReloadCommand.Build(common),
            TokenCommand.Build(common),
            PageCommand.Build(common),
            CompletionCommand.Build(),
        };
        foreach (var option in common.All) root.Add(option);
        Examples.AddTo(root);
        return root;
    }
}
