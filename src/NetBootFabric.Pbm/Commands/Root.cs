using System.CommandLine;
using NetBootFabric.Pbm.Commands.Catalog;

namespace NetBootFabric.Pbm.Commands;

internal static class Root
{
    /// <summary>With @rack1 as the word that it is: a group of nodes, and no file of arguments.</summary>
    public static ParseResult Parse(IReadOnlyList<string> arguments) => Build().Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });

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
            ActorCommands.Sharding(common),
            ActorCommands.Actor(common),
            StormCommand.Build(common),
            DoctorCommand.Build(common),
            PowerCommand.Build(common),
            NodeCommand.Build(common),
            GroupCommand.Build(common),
            ProfileCommand.Build(common),
            BootCommand.Build(common),
            ApplyCommand.Build(common),
            ExportCommand.Build(common),
            LeasesCommand.Build(common),
            LeaseCommand.Build(common),
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
