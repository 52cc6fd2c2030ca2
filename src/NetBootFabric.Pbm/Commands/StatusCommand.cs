using System.CommandLine;
using System.Text.Json;
using NetBootFabric.AdminApi;
using NetBootFabric.Pbm.Show;

namespace NetBootFabric.Pbm.Commands;

internal static class StatusCommand
{
    public static Command Build(CommonOptions common)
    {
        var command = new Command("status", "One head node at a glance: interfaces, pools, clients by phase, counters, warnings");
        command.SetAction((parsed, cancellation) => common.RunAsync(parsed, async (client, json) =>
        {
            var status = await client.GetAsync(AdminRoutes.Status, AdminJson.Default.StatusView, cancellation);
            if (json) CommonOptions.PrintJson(JsonSerializer.Serialize(status, AdminJson.Default.StatusView));
            else CommonOptions.Print(StatusTable.Render(status));
            return 0;
        }));
        return command;
    }
}
