using System.CommandLine;
using NetBootFabric.AdminApi;
using NetBootFabric.Pbm.Show;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace NetBootFabric.Pbm.Commands;

internal static class ClusterCommand
{
    public static Command Build(CommonOptions common) => new("cluster", "The head nodes: who is there, who serves what")
    {
        Show("show", "The fabric at a glance: head nodes, shards, what is wrong", common, ClusterTable.Render),
        Show("members", "Each head node: status, shards, clients, downloads, service addresses", common, view => ClusterTable.Members(view)),
        Leave(common),
        ClusterWords.Leader(common),
        ClusterWords.Status(common),
        ClusterWords.Join(common),
        ClusterWords.Down(common),
    };

    private static Command Show(string name, string description, CommonOptions common, Func<ClusterView, IRenderable> render)
    {
        var command = new Command(name, description);
        command.SetAction((parsed, cancellation) => common.ShowAsync(parsed, AdminRoutes.Cluster, AdminJson.Default.ClusterView, render, cancellation));
        return command;
    }

    private static Command Leave(CommonOptions common)
    {
        var node = new Argument<string>("node") { Description = "Name of the head node, as pbm cluster members shows it" };
        var command = new Command("leave", "Has a head node give its clients to the others and leave; it comes back at its next start") { node };
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, async (client, json) =>
        {
            var result = await client.PostAsync(AdminRoutes.Leave + Uri.EscapeDataString(parsed.GetValue(node)!), AdminJson.Default.LeaveResult, cancellation);
            CommonOptions.Print(result, AdminJson.Default.LeaveResult, json, done => new Text(done.Done + "\n"));
            return 0;
        }));
        return command;
    }
}
