using System.CommandLine;
using NetBootFabric.AdminApi;
using NetBootFabric.Pbm.Show;

namespace NetBootFabric.Pbm.Commands;

internal static class StatusCommand
{
    public static Command Build(CommonOptions common)
    {
        var command = new Command("status", "One head node at a glance: interfaces, pools, clients by phase, counters, warnings");
        command.SetAction((parsed, cancellation) => common.ShowAsync(parsed, AdminRoutes.Status, AdminJson.Default.StatusView, StatusTable.Render, cancellation));
        return command;
    }
}
